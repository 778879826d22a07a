/** Why an opening is refused. Only the server's own log hears it. */
export type Reason =
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

/** Everything the decision depends on; times are milliseconds UTC. */
export interface Facts {
  readonly now: number
  /** False for the empty proof, which a client sends when the platform itself denied it a proof. */
  readonly proofGiven: boolean
  readonly shareInApp: boolean
  /** The proof opened under the person's current or previous key and has the platform's form. */
  readonly proofOpened: boolean
  /** The activityId or state inside equals the share's, whole. */
  readonly valueMatches: boolean
  /** `unstated` where the platform's proof names no receiver (WeChat); WeCom names one. */
  readonly receiver: 'viewer' | 'another' | 'unstated'
  readonly proof: 'new' | 'reused'
  readonly verifyUntil: number
  readonly revokedAt: number | null
  readonly expiresAt: number | null
  readonly claim: 'untried' | 'won' | 'lost'
}

export type Decision =
  | { readonly outcome: 'granted' }
  /** Every other rule holds: claim the proof and a view, and ask again. */
  | { readonly outcome: 'claim' }
  | { readonly outcome: 'refused'; readonly reason: Reason }

interface Rule {
  readonly reason: Reason
  readonly refuses: (facts: Facts) => boolean
}

/** In force from its first millisecond, over at its last: `now >= end` is too late. */
const over = (end: number | null, now: number) => end !== null && now >= end

/** In this order. The service has the same rules, and a test of it compares every verdict: docs/adr/0020. */
const RULES: readonly Rule[] = [
  { reason: 'no_proof', refuses: (f) => !f.proofGiven },
  { reason: 'no_such_share', refuses: (f) => !f.shareInApp },
  { reason: 'proof_not_opened', refuses: (f) => !f.proofOpened },
  { reason: 'proof_of_another_share', refuses: (f) => !f.valueMatches },
  { reason: 'not_the_receiver', refuses: (f) => f.receiver === 'another' },
  { reason: 'proof_used', refuses: (f) => f.proof === 'reused' },
  { reason: 'verify_window_closed', refuses: (f) => over(f.verifyUntil, f.now) },
  { reason: 'card_revoked', refuses: (f) => f.revokedAt !== null },
  { reason: 'card_expired', refuses: (f) => over(f.expiresAt, f.now) },
  { reason: 'view_limit', refuses: (f) => f.claim === 'lost' },
]

/** Pure, ordered, total. @returns the first rule that refuses, a claim that is needed, or the grant */
export const decide = (facts: Facts): Decision => {
  // Every rule is evaluated, so that an early refusal does no less work than a late one.
  const refusals = RULES.map((rule) => rule.refuses(facts))
  const rule = RULES[refusals.indexOf(true)]
  if (rule) return { outcome: 'refused', reason: rule.reason }
  return { outcome: facts.claim === 'untried' ? 'claim' : 'granted' }
}
