import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { DAY, MINUTE } from '../../core/time.js'
import type { Committing } from './once-a-minute.js'

/** People remembered at once; beyond it the oldest are forgotten, and asked about in the database again. */
const MAX_KNOWN = 10_000

export type Made = 'cards' | 'shares'

interface Quota {
  readonly limit: number
  readonly windowMs: number
}

/** After the one and until the other, ms UTC. What is from later was made by a wrong clock, and would count until then. */
export interface Span {
  readonly after: number
  readonly until: number
}

/** The span that ends now and has that length, ms. */
export const spanBefore = (now: number, ms: number): Span => ({
  after: now - ms,
  until: now + CLOCK_SKEW_MS,
})

/** @returns when the n-th newest of those made in that span was made */
export type FindMade = (span: Span, n: number) => Promise<number | undefined>

/** By a clock that only goes forward, `at` is in the past. */
interface Waiting {
  readonly at: number
  readonly until: number
}

/** Of a refusal that no transaction records. */
const AT_ONCE: Committing = { afterCommit: (note) => note() }

/**
 * How much one person makes. Counted in the rows of what was made, so a restart or another process forgets none; what
 * was refused, and what is asked again, does not count.
 */
@Injectable()
export class PersonLimits {
  readonly #quotas: Record<Made, readonly Quota[]>
  /** Until when a person has to wait, ms: further requests then cost the database nothing. */
  readonly #waiting = new Map<string, Waiting>()

  constructor(
    @Inject(CONFIG) { limits }: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#quotas = {
      cards: [
        { limit: limits.cardsPerPersonPerMinute, windowMs: MINUTE },
        { limit: limits.cardsPerPersonPerDay, windowMs: DAY },
      ],
      shares: [{ limit: limits.sharesPerPersonPerMinute, windowMs: MINUTE }],
    }
  }

  /**
   * Runs under the lock on the person's row.
   * @param transaction records the refusal: the wait is remembered once it commits, so that a rollback loses no entry
   * @returns seconds until the person may make another; 0 is now
   */
  async wait(
    made: Made,
    viewerId: string,
    find: FindMade,
    transaction: Committing = AT_ONCE,
  ): Promise<number> {
    const now = this.clock.now()
    let wait = 0
    for (const { limit, windowMs } of this.#quotas[made]) {
      const at = await find(spanBefore(now, windowMs), limit)
      if (at !== undefined) wait = Math.max(wait, at + windowMs - now)
    }
    const waiting = { at: now, until: now + wait }
    if (wait > 0) transaction.afterCommit(() => this.#remember(`${made} ${viewerId}`, waiting))
    return wait / 1000
  }

  /** Before anything is done. @throws ApiError ERR_RATE_LIMITED when this process knows that they have to wait */
  refuseKnown(made: Made, viewerId: string): void {
    const key = `${made} ${viewerId}`
    const waiting = this.#waiting.get(key)
    const now = this.clock.now()
    if (waiting && waiting.at <= now && now < waiting.until)
      throw limited((waiting.until - now) / 1000)
    this.#waiting.delete(key)
  }

  #remember(key: string, waiting: Waiting): void {
    this.#waiting.delete(key)
    this.#waiting.set(key, waiting)
    if (this.#waiting.size <= MAX_KNOWN) return
    const [oldest] = this.#waiting.keys()
    if (oldest !== undefined) this.#waiting.delete(oldest)
  }
}

/** @param retryAfter seconds */
export const limited = (retryAfter: number) => new ApiError('ERR_RATE_LIMITED', { retryAfter })
