import { Inject, Injectable } from '@nestjs/common'
import { NO_ID } from '../core/ids.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import type { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { newTotpSecret, totpStep } from './totp.js'

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
