import { Injectable } from '@nestjs/common'
import { Job } from '../../core/jobs/job.js'
import { SECOND } from '../../core/time.js'
import { Bots } from '../registry/bots.service.js'
import { AppMessages } from './app-messages.js'
import { NoticeFinder } from './notice-finder.js'

/** Finds what happened to cards and sends it to their owners. Any number of processes may. */
@Injectable()
export class NoticeWorker {
  constructor(
    private readonly bots: Bots,
    private readonly finder: NoticeFinder,
    private readonly messages: AppMessages,
  ) {}

  @Job({ name: 'bot-notices', everyMs: 5 * SECOND })
  async run(signal: AbortSignal): Promise<void> {
    if (this.bots.sending().length === 0) return
    try {
      await this.finder.find()
    } finally {
      // Earlier notices go out even when the search fails.
      await this.messages.sendDue(() => signal.aborted)
    }
  }
}
