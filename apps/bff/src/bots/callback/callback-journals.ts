import { Injectable, type BeforeApplicationShutdown, Inject } from '@nestjs/common'
import { settledAtShutdown } from '../../core/concurrency/deadline.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { MINUTE } from '../../core/time.js'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import { type Bot, Bots } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'
import { BotRefusalRepository } from '../storage/bot-refusal.repository.js'
import type { Inbound } from '../wire/inbound.js'

/** Reports feedback, and kinds of callbacks that this version does not know, to the operator. */
@Injectable()
export class InboundJournal {
  constructor(
    private readonly log: BotLog,
    private readonly metrics: BotMetrics,
  ) {}

  record({ id }: Bot, inbound: Inbound): void {
    if (inbound.kind === 'unknown') this.log.unknownKind(id, inbound.type)
    if (inbound.kind === 'feedback') {
      this.log.feedback(id, inbound.type)
      this.metrics.feedback(id, inbound.type)
    }
  }
}

/** Refusals of one bot and cause. There is one of these for each pair. */
interface Counted {
  readonly botId: string | undefined
  readonly cause: Cause
  loggedAt: number
  /** Refusals since `loggedAt`. */
  times: number
  lastAt: number
  seconds: number | undefined
}

/**
 * Reports to the operator why callbacks are refused. Each bot and cause gets one log line a minute, which counts the
 * others, and a number in the database. No answer and no metric shows the cause: with the Token and the change from `key`
 * to `receiveid`, an attacker has an oracle for the ciphertext.
 */
@Injectable()
export class RefusalJournal implements BeforeApplicationShutdown {
  readonly #counted = new Map<string, Counted>()
  readonly #writing = new Set<Promise<void>>()

  constructor(
    private readonly bots: Bots,
    private readonly refusals: BotRefusalRepository,
    private readonly log: BotLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  /** Does not wait. @param name of the bot in the URL; the log leaves out a name that is not configured */
  record(name: string, { refused, seconds }: Refused): void {
    const botId = this.bots.find(name)?.id
    const cause = botId === undefined ? 'bot' : refused
    const key = `${cause} ${botId ?? ''}`
    const nothing = { botId, cause, loggedAt: -Infinity, times: 0, lastAt: 0, seconds: undefined }
    const counted: Counted = this.#counted.get(key) ?? nothing
    this.#counted.set(key, counted)
    counted.times += 1
    counted.lastAt = this.clock.now()
    counted.seconds = seconds
    this.#line(counted)
  }

  /** Logs the refusals since the last line of each bot and cause. */
  @Job({ name: 'bot-refusals', everyMs: MINUTE })
  flush(): void {
    for (const counted of this.#counted.values()) if (counted.times > 0) this.#line(counted)
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const counted of this.#counted.values()) if (counted.times > 0) this.#write(counted)
    await settledAtShutdown(this.timers, this.written())
  }

  /** Resolves when the counts are in the database, or the writes failed. */
  async written(): Promise<void> {
    await Promise.all(this.#writing)
  }

  #line(counted: Counted): void {
    const now = this.clock.now()
    if (now - counted.loggedAt < MINUTE) return
    counted.loggedAt = now
    const { botId, cause, seconds, times } = counted
    this.log.refused(botId, cause, seconds, times - 1)
    this.#write(counted)
  }

  #write(counted: Counted): void {
    const { botId, cause, times, lastAt, seconds = 0 } = counted
    counted.times = 0
    // Anyone can send any number of callbacks to bots that do not exist.
    if (botId === undefined) return
    const write = this.refusals
      .add({ botId, cause, times, lastAt, seconds })
      .catch((error: unknown) => this.log.refusalsFailed(error))
      .finally(() => this.#writing.delete(write))
    this.#writing.add(write)
  }
}
