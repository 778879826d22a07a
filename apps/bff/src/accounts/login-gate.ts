import { Injectable } from '@nestjs/common'
import { ApiError } from '../core/errors/api-error.js'
import { addressKey } from '../core/net/address.js'
import { SECOND } from '../core/time.js'
import type { AdminAccountEntity } from './admin-account.entity.js'
import { LoginJournal, type RefusedLogin } from './login-journal.js'
import { LoginThrottle, type ThrottleKey } from './login-throttle.js'

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
