import { Injectable } from '@nestjs/common'
import { Job } from '../../core/jobs/job.js'
import { SECOND } from '../../core/time.js'
import { Bots } from '../registry/bots.service.js'
import { AppMessages } from './app-messages.js'
import { NoticeFinder } from './notice-finder.js'
import { SubscribedApps } from './subscribed-apps.js'
import { SubscriptionMessages } from './subscription-messages.js'

/** Finds what happened to cards and sends it to their owners. Any number of processes may. */
@Injectable()
export class NoticeWorker {
  constructor(
    private readonly bots: Bots,
    private readonly subscribed: SubscribedApps,
    private readonly finder: NoticeFinder,
    private readonly messages: AppMessages,
    private readonly subscriptions: SubscriptionMessages,
  ) {}

  @Job({ name: 'bot-notices', everyMs: 5 * SECOND })
  async run(signal: AbortSignal): Promise<void> {
    const stopped = () => signal.aborted
    const isSending = this.bots.sending().length > 0
    const isSubscribed = this.subscribed.appIds().length > 0
    if (!isSending && !isSubscribed) return
    try {
      await this.finder.find()
    } finally {
      // Earlier notices go out even when the search fails.
      if (isSending) await this.messages.sendDue(stopped)
      if (isSubscribed) await this.subscriptions.sendDue(stopped)
    }
  }
}
