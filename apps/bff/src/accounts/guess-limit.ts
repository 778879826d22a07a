import { Inject, Injectable } from '@nestjs/common'
import { ANYBODY, Bulkhead } from '../core/concurrency/bulkhead.js'
import { CONFIG, type Config } from '../core/config/config.js'
import { ApiError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { MINUTE } from '../core/time.js'
import { FixedWindow } from '../http/limits/fixed-window.js'
import { HASHED_AT_ONCE } from '../http/server/load-shedding.js'

/** Seconds. */
const RETRY_AFTER = 5
/** Of them at once; the other seats are for administrators who are known. */
const AT_ONCE = HASHED_AT_ONCE + 8
const EVERYBODY = ''

/**
 * Limits the guesses of all browsers that are not known, taken together: each costs a processor for half a second, and
 * addresses and names are cheap. Counted by each process for itself, because it is the process that is protected.
 */
@Injectable()
export class GuessLimit {
  readonly #guesses: FixedWindow
  readonly #bulkhead = new Bulkhead(AT_ONCE, 0)

  constructor(@Inject(CONFIG) { limits }: Config, @Inject(CLOCK) clock: Clock) {
    this.#guesses = new FixedWindow(clock, limits.adminGuessesPerMinute, MINUTE)
  }

  /** Before anything is done or counted. @throws ApiError ERR_RATE_LIMITED */
  refuseWhenSpent(): void {
    if (!this.#bulkhead.hasRoom(ANYBODY) || !this.#guesses.hasRoom(EVERYBODY)) {
      throw new ApiError('ERR_RATE_LIMITED', { retryAfter: RETRY_AFTER })
    }
  }

  /** @param judge hashes a password @throws ApiError ERR_RATE_LIMITED */
  async count<T>(judge: () => Promise<T>): Promise<T> {
    this.refuseWhenSpent()
    this.#guesses.take(EVERYBODY)
    return this.#bulkhead.run(ANYBODY, judge)
  }

  /** It was right, and does not count. */
  giveBack(): void {
    this.#guesses.giveBack(EVERYBODY)
  }
}
