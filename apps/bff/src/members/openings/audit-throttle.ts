import type { Principal } from '../../http/access/principals.js'
import { type Committing, OnceAMinute } from '../../http/limits/once-a-minute.js'
import type { Evidence } from './proof-verifier.js'

/**
 * Says what the audit hears: one entry a minute of each kind, so that a flood fills no disk. An entry counts once its
 * transaction commits: when the group runs again, the same request is recorded again.
 */
export class AuditThrottle {
  readonly #limited = new OnceAMinute()
  readonly #sent = new OnceAMinute()
  readonly #denied = new OnceAMinute()

  /** What one transaction may record. @param now milliseconds UTC */
  during(transaction: Committing, now: number): TransactionThrottle {
    return {
      limited: ({ viewerId }) => this.#limited.allows(viewerId, now, transaction),
      sent: (what) => this.#sent.allows(what, now, transaction),
      denied: ({ viewerId }, { asked }) =>
        this.#denied.allows(`${viewerId} ${asked}`, now, transaction),
    }
  }
}

export interface TransactionThrottle {
  /** Whether to record that a person has to wait. */
  limited(person: Principal): boolean
  /** Whether to record that a proof was sent again. @param what became of it, and of which */
  sent(what: string): boolean
  /** Whether to record that the platform denied a person this share. */
  denied(person: Principal, evidence: Evidence): boolean
}
