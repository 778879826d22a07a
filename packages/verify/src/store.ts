/** A share as it was declared. Times are milliseconds UTC. */
export interface DeclaredShare {
  readonly id: string
  readonly app: string
  /** What the share is about, by your own name for it. Views are counted, and revoked, by card. */
  readonly cardId: string
  /** SHA-256 of the activityId or state, base64url. The value itself is not kept. */
  readonly valueHash: string
  /** From then on the client declares the card anew before it shares. */
  readonly shareUntil: number
  /** From then on no person opens it. */
  readonly verifyUntil: number
  readonly expiresAt: number | null
  /** null: no limit. */
  readonly maxViewers: number | null
  /** null: no limit. */
  readonly maxOpensPerViewer: number | null
}

export interface StoredShare extends DeclaredShare {
  /** When its card was revoked. */
  readonly revokedAt: number | null
}

export interface Claim {
  readonly app: string
  /** See `proofName`. */
  readonly proof: string
  readonly cardId: string
  readonly viewerId: string
  readonly at: number
  readonly maxViewers: number | null
  readonly maxOpensPerViewer: number | null
}

/** Only `won` changed anything: it used the proof and counted the view. */
export type ClaimOutcome = 'won' | 'proof_used' | 'card_revoked' | 'view_limit'

/**
 * Where shares, used proofs and views are kept. `@sealcard/verify/testing` has the suite that an implementation must pass.
 * Whatever a method throws refuses the opening. What a method answered is durable.
 */
export interface VerifyStore {
  /** @throws for an id that there is in this app */
  declare(share: DeclaredShare): Promise<void>
  /** @returns null for an id of no share of this app */
  find(app: string, shareId: string): Promise<StoredShare | null>
  /** All shares of the card, also those that are declared later. The first time counts. */
  revoke(app: string, cardId: string, at: number): Promise<void>
  /**
   * One atomic step. It asks, in this order: was the proof used in this app; is the card revoked; has the viewer
   * `maxOpensPerViewer` views of the card; is this a new viewer, and has the card `maxViewers` viewers. If nothing refuses,
   * it takes the proof and counts the view. Of claims that run at once, each finds what the others took.
   */
  claim(claim: Claim): Promise<ClaimOutcome>
}
