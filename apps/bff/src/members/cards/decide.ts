/**
 * The decision. One pure, ordered, total function. Only this function makes a `Granted`, and only a `Granted` releases a
 * card's body (see members/cards/card-content.ts).
 *
 * The order of RULES is the contract. The session's rules come first. All rules marked UNPROVEN are one refusal on the
 * wire. The viewer learns the cause of a later rule, because by then they are a proven recipient.
 */

/**
 * Why an opening was refused. No client and no metric shows the causes that are one refusal: only the audit and
 * administrators see them.
 */
export type Reason =
  | 'session_not_live'
  | 'no_proof'
  | 'no_such_share'
  | 'proof_not_opened'
  | 'proof_of_another_share'
  | 'not_the_receiver'
  | 'proof_used'
  | 'verify_window_closed'
  | 'card_revoked'
  | 'card_expired'
  | 'view_limit'

/** What the wire answers for a refusal. */
export type RefusalCode =
  | 'ERR_SESSION'
  | 'ERR_PROOF_REJECTED'
  | 'ERR_VERIFY_WINDOW_CLOSED'
  | 'ERR_CARD_REVOKED'
  | 'ERR_CARD_EXPIRED'
  | 'ERR_VIEW_LIMIT'

/** Everything the decision depends on; times are milliseconds UTC. */
export interface Facts {
  readonly now: number
  readonly sessionLive: boolean
  /** False for the empty proof, which a client sends when the platform itself denied it a proof. */
  readonly proofGiven: boolean
  /** The share is there and belongs to the session's app. */
  readonly shareInApp: boolean
  /** The proof opened under the session's current or just-previous key and has the platform's form. */
  readonly proofOpened: boolean
  /** The activityId or state inside equals the share's, whole, compared in constant time. */
  readonly valueMatches: boolean
  /** `unstated` where the platform's proof names no receiver (WeChat); WeCom names one. */
  readonly receiver: 'viewer' | 'another' | 'unstated'
  /** `reused`: seen before, from another person or too long ago. `resent`: the same viewer within the grace. */
  readonly proof: 'new' | 'resent' | 'reused'
  readonly verifyUntil: number
  readonly revokedAt: number | null
  readonly expiresAt: number | null
  /** `untried` before the claim; `held` when a re-sent proof already has its opening. */
  readonly claim: 'untried' | 'won' | 'lost' | 'held'
}

declare const granted: unique symbol

/** Made here only. Carries no data: it is the permission, not the content. */
export interface Granted {
  readonly outcome: 'granted'
  readonly [granted]: true
}

export interface Refused {
  readonly outcome: 'refused'
  readonly reason: Reason
  readonly code: RefusalCode
  /** Whether the viewer had proven to be a recipient. */
  readonly proven: boolean
}

/** Every other rule holds: claim a view and ask again. */
export interface ClaimNeeded {
  readonly outcome: 'claim'
}

export type Decision = Granted | Refused | ClaimNeeded

interface Rule {
  readonly reason: Reason
  readonly code: RefusalCode
  readonly refuses: (facts: Facts) => boolean
}

/** In force from its first millisecond, over at its last: `now >= end` is too late. */
const over = (end: number | null, now: number) => end !== null && now >= end

export const RULES: readonly Rule[] = [
  { reason: 'session_not_live', code: 'ERR_SESSION', refuses: (f) => !f.sessionLive },
  { reason: 'no_proof', code: 'ERR_PROOF_REJECTED', refuses: (f) => !f.proofGiven },
  { reason: 'no_such_share', code: 'ERR_PROOF_REJECTED', refuses: (f) => !f.shareInApp },
  { reason: 'proof_not_opened', code: 'ERR_PROOF_REJECTED', refuses: (f) => !f.proofOpened },
  { reason: 'proof_of_another_share', code: 'ERR_PROOF_REJECTED', refuses: (f) => !f.valueMatches },
  {
    reason: 'not_the_receiver',
    code: 'ERR_PROOF_REJECTED',
    refuses: (f) => f.receiver === 'another',
  },
  { reason: 'proof_used', code: 'ERR_PROOF_REJECTED', refuses: (f) => f.proof === 'reused' },
  {
    reason: 'verify_window_closed',
    code: 'ERR_VERIFY_WINDOW_CLOSED',
    refuses: (f) => over(f.verifyUntil, f.now),
  },
  { reason: 'card_revoked', code: 'ERR_CARD_REVOKED', refuses: (f) => f.revokedAt !== null },
  { reason: 'card_expired', code: 'ERR_CARD_EXPIRED', refuses: (f) => over(f.expiresAt, f.now) },
  { reason: 'view_limit', code: 'ERR_VIEW_LIMIT', refuses: (f) => f.claim === 'lost' },
]

/** How many of RULES come before the viewer counts as a proven recipient. */
const UNPROVEN = RULES.findIndex((rule) => rule.reason === 'verify_window_closed')

const issued = new WeakSet<Granted>()

/** @param facts what is known, see {@link Facts} @returns the first rule that refuses, or the grant */
export const decide = (facts: Facts): Decision => {
  // Every rule is evaluated, whatever the outcome, so that an early refusal does no less work than a late one.
  const refusals = RULES.map((rule) => rule.refuses(facts))
  const first = refusals.indexOf(true)
  const rule = RULES[first]
  if (rule) {
    return { outcome: 'refused', reason: rule.reason, code: rule.code, proven: first >= UNPROVEN }
  }
  if (facts.claim === 'untried') return { outcome: 'claim' }
  const grant = { outcome: 'granted' } as Granted
  issued.add(grant)
  return grant
}

/** A cast is not a grant: only what `decide` returned passes. @throws TypeError for anything else */
export const assertGranted = (grant: Granted): void => {
  if (!issued.has(grant)) throw new TypeError('not granted by decide()')
}
