import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common'
import { settledAtShutdown } from '../../core/concurrency/deadline.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { MINUTE } from '../../core/time.js'
import { BotLog } from '../registry/bot-log.js'
import { Bots } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'
import { BotRefusalRepository } from '../storage/bot-refusal.repository.js'

/** Of one bot and cause; there are no more of these than bots and causes. */
interface Counted {
  readonly botId: string | undefined
  readonly cause: Cause
  toldAt: number
  /** Since then. */
  times: number
  lastAt: number
  seconds: number | undefined
}

/**
 * Tells the operator why callbacks are refused: for each bot and cause one line a minute with how many more there were, and
 * the number in the database. Neither in an answer nor in a metric: whoever has the Token and can see `key` turn into
 * `receiveid` has an oracle for the ciphertext.
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

  /** Waits for nothing. @param name of the bot, as in the URL: one that is not configured is not told */
  tell(name: string, { refused, seconds }: Refused): void {
    const botId = this.bots.find(name)?.id
    const cause = botId === undefined ? 'bot' : refused
    const key = `${cause} ${botId ?? ''}`
    const nothing = { botId, cause, toldAt: -Infinity, times: 0, lastAt: 0, seconds: undefined }
    const counted: Counted = this.#counted.get(key) ?? nothing
    this.#counted.set(key, counted)
    counted.times += 1
    counted.lastAt = this.clock.now()
    counted.seconds = seconds
    this.#line(counted)
  }

  /** Tells what came since the last line of each bot and cause. */
  @Job({ name: 'bot-refusals', everyMs: MINUTE })
  flush(): void {
    for (const counted of this.#counted.values()) if (counted.times > 0) this.#line(counted)
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const counted of this.#counted.values()) if (counted.times > 0) this.#write(counted)
    await settledAtShutdown(this.timers, this.written())
  }

  /** Resolves when what was told is in the database, or could not be written. */
  async written(): Promise<void> {
    await Promise.all(this.#writing)
  }

  #line(counted: Counted): void {
    const now = this.clock.now()
    // The distance, not the difference: a clock that was ahead must not silence it.
    if (Math.abs(now - counted.toldAt) < MINUTE) return
    counted.toldAt = now
    const { botId, cause, seconds, times } = counted
    this.log.refused(botId, cause, seconds, times - 1)
    this.#write(counted)
  }

  #write(counted: Counted): void {
    const { botId, cause, times, lastAt, seconds = 0 } = counted
    counted.times = 0
    // Of no bot, whoever likes to makes as many as they like.
    if (botId === undefined) return
    const write = this.refusals
      .add({ botId, cause, times, lastAt, seconds })
      .catch((error: unknown) => this.log.refusalsFailed(error))
      .finally(() => this.#writing.delete(write))
    this.#writing.add(write)
  }
}
