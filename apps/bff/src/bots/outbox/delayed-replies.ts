import { Inject, Injectable } from '@nestjs/common'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { PlatformUnreachable } from '../../platforms/calls/platform-error.js'
import { PlatformClients } from '../../platforms/registry/platforms.js'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import { Bots, type Bot } from '../registry/bots.service.js'
import { ReplyBuilder } from '../replies/reply-builder.js'
import type { BotJobEntity } from '../storage/bot-job.entity.js'
import { BotJobRepository } from '../storage/bot-job.repository.js'
import { readInbound } from '../wire/inbound.js'

const AT_ONCE = 20
const RETRY_MS = 15_000

/** Sends answers that no poll fetches to the response_url of the message: once, within its hour. */
@Injectable()
export class DelayedReplies {
  constructor(
    private readonly jobs: BotJobRepository,
    private readonly bots: Bots,
    private readonly forms: ReplyBuilder,
    private readonly platforms: PlatformClients,
    private readonly log: BotLog,
    private readonly metrics: BotMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async deliverDue(): Promise<void> {
    for (const job of await this.jobs.deliverable(AT_ONCE)) await this.#deliver(job)
  }

  async #deliver(job: BotJobEntity): Promise<void> {
    const bot = this.bots.find(job.botId)
    const opened = this.#open(job)
    const { inbound, answer } = opened ?? {}
    const query = bot && inbound && bot.platform.bots.replyQuery(bot.app, inbound.responseUrl ?? '')
    // Durable before the request leaves. After a crash it is unknown whether it left, and it must not leave twice.
    const next = query && answer && !this.jobs.isTooLate(job) ? 'sending' : 'over'
    if (!(await this.jobs.move(job, ['later'], next))) return
    if (next === 'over' || !query || !answer) {
      this.metrics.later(job.botId, opened ? 'too_late' : 'lost')
      return
    }
    const outcome = await this.#send(bot, query, this.forms.later(bot, inbound, answer))
    this.metrics.later(bot.id, outcome)
    if (outcome === 'retried') {
      await this.jobs.move(job, ['sending'], 'later', undefined, this.clock.now() + RETRY_MS)
    } else await this.jobs.move(job, ['sending'], 'over')
  }

  /** @returns undefined when no key opens the row: one bad row must not stop the others */
  #open(job: BotJobEntity) {
    try {
      const inbound = readInbound(this.jobs.plaintextOf(job)).inbound
      return { inbound, answer: this.jobs.answerOf(job) }
    } catch (error) {
      this.log.laterFailed(job.botId, error)
      return undefined
    }
  }

  /** `retried` only when the request certainly did not leave. */
  async #send(
    bot: Bot,
    query: Record<string, string>,
    body: object,
  ): Promise<'sent' | 'retried' | 'lost'> {
    try {
      await this.platforms.botsOf(bot.app).reply(bot.app, query, { ...body })
      return 'sent'
    } catch (error) {
      this.log.laterFailed(bot.id, error)
      if (!(error instanceof PlatformUnreachable)) return 'lost'
      return error.reason === 'refused' || error.reason === 'open' ? 'retried' : 'lost'
    }
  }
}
