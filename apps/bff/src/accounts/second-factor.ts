import { Inject, Injectable } from '@nestjs/common'
import { Secret, TOTP } from 'otpauth'
import { NO_ID } from '../core/ids.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import type { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 seconds. RFC 4226 asks for 160 bits. */
const FORM = { issuer: 'Sealcard', algorithm: 'SHA1', digits: 6, period: 30 } as const
const SECRET_BYTES = 20
/** Clocks may be one step apart, either way. */
const WINDOW = 1

/** @returns base32 */
export const newTotpSecret = (random: Random): string =>
  new Secret({ buffer: Uint8Array.from(random.bytes(SECRET_BYTES)).buffer }).base32

/** @param secret base32 @param name of the account @returns `otpauth://totp/…` */
export const totpUri = (secret: string, name: string): string =>
  new TOTP({ ...FORM, label: name, secret }).toString()

/** The step that a code belongs to; null if the code is not valid in the current window. Compares in constant time. */
export const totpStep = (secret: string, code: string, now: number): number | null => {
  const totp = new TOTP({ ...FORM, secret })
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? null : Math.floor(now / (FORM.period * 1000)) + delta
}

/** Judges the code of an account's second factor. */
@Injectable()
export class SecondFactor {
  /** Sealed; stands in for the secret of an account that has none. */
  readonly #nobody: string

  constructor(
    private readonly accounts: AdminAccountsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    this.#nobody = accounts.seal(NO_ID, 'totp', newTotpSecret(random))
  }

  /**
   * Opens a secret and compares it, also where there is none.
   * @returns the step to be used up; 0 for an account without a second factor; null for a wrong code, or no account
   */
  step(account: AdminAccountEntity | null, code = ''): number | null {
    const sealed = account?.sealedTotp ?? null
    const [row, envelope] = account && sealed ? [account.id, sealed] : [NO_ID, this.#nobody]
    const step = totpStep(this.accounts.unseal(row, 'totp', envelope), code, this.clock.now())
    if (sealed !== null) return step
    return account === null ? null : 0
  }
}
