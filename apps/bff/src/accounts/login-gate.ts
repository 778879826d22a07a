import { Inject, Injectable } from '@nestjs/common'
import { ANYBODY, Bulkhead } from '../core/concurrency/bulkhead.js'
import { CONFIG, type Config } from '../core/config/config.js'
import { ApiError } from '../core/errors/api-error.js'
import { addressKey } from '../core/net/address.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { MINUTE, SECOND } from '../core/time.js'
import { FixedWindow } from '../http/limits/fixed-window.js'
import { HASHED_AT_ONCE } from '../http/server/load-shedding.js'
import type { AdminAccountEntity } from './admin-account.entity.js'
import { LoginJournal, type RefusedLogin } from './login-journal.js'
import { LoginThrottle, type ThrottleKey } from './login-throttle.js'

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

/** One try to log in. */
export interface LoginAttempt {
  /** Null: the name is unknown. */
  readonly account: AdminAccountEntity | null
  readonly address: string
  readonly keys: readonly ThrottleKey[]
}

/** Lets a login attempt in when its name, address or device has waited long enough. Every refusal goes to the journal. */
@Injectable()
export class LoginGate {
  constructor(
    private readonly throttle: LoginThrottle,
    private readonly journal: LoginJournal,
  ) {}

  /**
   * Turns away an attempt that comes too early before anything is written: a flood fills no table.
   * @throws ApiError ERR_LOGIN_REJECTED; ERR_RATE_LIMITED for an address
   */
  async admit(attempt: LoginAttempt): Promise<void> {
    for (const key of attempt.keys) await this.#check(await this.throttle.wait(key), key, attempt)
    for (const key of attempt.keys) await this.#check(await this.throttle.take(key), key, attempt)
  }

  /** The attempt became a login. */
  async succeeded({ keys }: LoginAttempt): Promise<void> {
    for (const key of keys) {
      await (key.kind === 'address' ? this.throttle.refund(key) : this.throttle.clear(key))
    }
  }

  /** @throws ApiError ERR_LOGIN_REJECTED, always */
  async refuse(attempt: LoginAttempt, why: RefusedLogin['why']): Promise<never> {
    await this.#note(attempt, why)
    throw new ApiError('ERR_LOGIN_REJECTED')
  }

  async #check(wait: number, { kind }: ThrottleKey, attempt: LoginAttempt): Promise<void> {
    if (wait === 0) return
    if (kind === 'address') {
      await this.#note(attempt, 'blocked_address')
      throw new ApiError('ERR_RATE_LIMITED', { retryAfter: wait / SECOND })
    }
    await this.refuse(attempt, kind === 'device' ? 'blocked_device' : 'blocked_name')
  }

  #note({ account, address }: LoginAttempt, why: RefusedLogin['why']): Promise<void> {
    return this.journal.refused({ accountId: account?.id, address, why })
  }
}

/** A browser that logged in before is counted by itself, everything else by name and by address. */
export const throttleKeysOf = (
  name: string,
  address: string,
  device: string | undefined,
): readonly ThrottleKey[] =>
  device === undefined
    ? [
        { kind: 'address', value: addressKey(address) },
        { kind: 'name', value: name },
      ]
    : [{ kind: 'device', value: device }]
