import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common'
import { Interval } from '@nestjs/schedule'
import { settledAtShutdown } from '../../core/concurrency/deadline.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { BotLog } from '../registry/bot-log.js'
import { Bots } from '../registry/bots.service.js'
import { AppMessages } from './app-messages.js'
import { NoticeFinder } from './notice-finder.js'

const EVERY_MS = 5_000

/** Looks for what happened to cards and has their owners told. Any number of processes may. */
@Injectable()
export class NoticeWorker implements BeforeApplicationShutdown {
  #look: Promise<void> | undefined
  #stopped = false

  constructor(
    private readonly bots: Bots,
    private readonly finder: NoticeFinder,
    private readonly messages: AppMessages,
    private readonly log: BotLog,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  @Interval('bot-notices', EVERY_MS)
  async tick(): Promise<void> {
    if (this.bots.sending().length === 0 || this.#stopped) return
    this.#look ??= this.#once().finally(() => (this.#look = undefined))
    await this.#look
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true
    if (this.#look) await settledAtShutdown(this.timers, this.#look)
  }

  /** What was found before goes out even where nothing can be found now. */
  async #once(): Promise<void> {
    await this.finder.look().catch((error: unknown) => this.log.noticesFailed(error))
    const stopped = () => this.#stopped
    await this.messages.sendDue(stopped).catch((error: unknown) => this.log.noticesFailed(error))
  }
}
