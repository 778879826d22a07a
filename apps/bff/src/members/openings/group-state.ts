import type { Principal } from '../../http/access/principals.js'
import type { CardEntity } from '../cards/card.entity.js'
import type { SessionEntity } from '../sessions/session.entity.js'
import type { Newest } from './newest.js'
import type { OpeningEntity } from './opening.entity.js'
import type { Evidence } from './proof-verifier.js'

/** A person who asks for a card, and what their proof shows. */
export interface Attempt {
  readonly me: Principal
  readonly evidence: Evidence
  /** They only ask what they would open. */
  readonly peek?: boolean
}

/** A card as a decision needs it; its viewers grow while the group is judged. */
export type CardState = Pick<
  CardEntity,
  | 'id'
  | 'ownerId'
  | 'sealedTitle'
  | 'sealedBody'
  | 'sealedReference'
  | 'sealedData'
  | 'policy'
  | 'expiresAt'
  | 'revokedAt'
> & { viewerCount: number }

export type SessionState = Pick<SessionEntity, 'expiresAt'> & {
  endedAt: number | null
  /** Rejected proofs that count against it, at most as many as end it. */
  rejected: number
}

export interface PersonState {
  /** Rejected proofs that count against them. */
  readonly rejected: Newest
  /** Openings that count against them. */
  readonly opened: Newest
}

export interface UsedProof {
  readonly usedAt: number
  /** What it opened; null when that is not kept any more. */
  readonly opening: UsedOpening | null
}

export type UsedOpening = Pick<OpeningEntity, 'id' | 'viewerId' | 'outcome' | 'shareId' | 'at'>

/** What the database holds about a group, and what those of its members that were judged before have changed. */
export interface GroupState {
  readonly sessions: Map<string, SessionState>
  /** Erased people are not here. */
  readonly people: Map<string, PersonState>
  readonly cards: Map<string, CardState>
  /** By every name that a member's proof may have. */
  readonly proofs: Map<string, UsedProof>
  /** How often a person opened a card, by `viewKey`. */
  readonly views: Map<string, number>
}

export const viewKey = (cardId: string, viewerId: string): string => `${cardId} ${viewerId}`
