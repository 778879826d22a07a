import type { Principal } from '../../http/access/principals.js'
import { OnceAMinute } from '../../http/limits/once-a-minute.js'
import type { Evidence } from './proof-verifier.js'

/**
 * Says what the audit hears: one entry a minute of each kind, so that a flood fills no disk. The evidence stands for its
 * request: when the group runs again, the same request is recorded again.
 */
export class AuditThrottle {
  readonly #limited = new OnceAMinute()
  readonly #sent = new OnceAMinute()
  readonly #denied = new OnceAMinute()

  /** Whether to record that a person has to wait. */
  limited({ viewerId }: Principal, evidence: Evidence, now: number): boolean {
    return this.#limited.allows(viewerId, now, evidence)
  }

  /** Whether to record that a proof was sent again. @param what became of it, and of which */
  sent(what: string, evidence: Evidence, now: number): boolean {
    return this.#sent.allows(what, now, evidence)
  }

  /** Whether to record that the platform denied a person this share. */
  denied({ viewerId }: Principal, evidence: Evidence, now: number): boolean {
    return this.#denied.allows(`${viewerId} ${evidence.asked}`, now, evidence)
  }
}
