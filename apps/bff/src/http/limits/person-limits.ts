import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, MINUTE } from '../../core/time.js'
import type { Committing } from './once-a-minute.js'

/** People remembered at once; beyond it the oldest are forgotten, and asked about in the database again. */
const MAX_KNOWN = 10_000

export type Made = 'cards' | 'shares'

interface Quota {
  readonly limit: number
  readonly windowMs: number
}

/** @returns when the n-th newest of those made after that time was made */
export type FindMade = (after: number, n: number) => Promise<number | undefined>

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
  readonly #until = new Map<string, number>()

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
      const at = await find(now - windowMs, limit)
      if (at !== undefined) wait = Math.max(wait, at + windowMs - now)
    }
    if (wait > 0) transaction.afterCommit(() => this.#remember(`${made} ${viewerId}`, now + wait))
    return wait / 1000
  }

  /** Before anything is done. @throws ApiError ERR_RATE_LIMITED when this process knows that they have to wait */
  refuseKnown(made: Made, viewerId: string): void {
    const key = `${made} ${viewerId}`
    const wait = (this.#until.get(key) ?? 0) - this.clock.now()
    if (wait > 0) throw limited(wait / 1000)
    this.#until.delete(key)
  }

  #remember(key: string, until: number): void {
    this.#until.delete(key)
    this.#until.set(key, until)
    if (this.#until.size <= MAX_KNOWN) return
    const [oldest] = this.#until.keys()
    if (oldest !== undefined) this.#until.delete(oldest)
  }
}

/** @param retryAfter seconds */
export const limited = (retryAfter: number) => new ApiError('ERR_RATE_LIMITED', { retryAfter })
