import { In, IsNull, MoreThan, Not, type EntityManager } from 'typeorm'
import { HOUR } from '../../core/time.js'
import { CardEntity, CardViewerEntity } from '../cards/card.entity.js'
import type { LimitMove, LimitMoves } from '../sessions/limit-moves.js'
import { OpeningEntity } from './opening.entity.js'

/** For how long a rejected proof counts against a person: see `RejectionLimits`. */
const REJECTED_MS = HOUR
/** Rows of one statement. */
const BATCH = 500

/**
 * An erasure must not reset a person's limits. After a new login they have the same views of a card left, and their
 * rejected proofs still count. So an erasure moves these rows to a keyed hash of the person, which leads back to no person.
 * When the same person logs in again, the rows move to their new id. The rows end with their card, or after an hour.
 */
export const moveLimits = async (
  manager: EntityManager,
  { from, to, now }: LimitMove,
): Promise<void> => {
  const read = await manager.find(CardViewerEntity, {
    select: { cardId: true, viewerId: true },
    where: { viewerId: from },
  })
  for (let at = 0; at < read.length; at += BATCH) {
    const ids = read.slice(at, at + BATCH).map(({ cardId }) => cardId)
    const limited = await limitedOf(manager, ids)
    if (limited.length === 0) continue
    const there = await manager.findBy(CardViewerEntity, { viewerId: to, cardId: In(limited) })
    const free = limited.filter((id) => !there.some(({ cardId }) => cardId === id))
    await manager.update(CardViewerEntity, { viewerId: from, cardId: In(free) }, { viewerId: to })
  }
  const rejected = { viewerId: from, outcome: 'rejected', at: MoreThan(now - REJECTED_MS) } as const
  await manager.update(OpeningEntity, rejected, { viewerId: to, sessionId: to })
}

/** What `moveLimits` moves, and where. */
export const OPENING_LIMITS: LimitMoves = { tables: ['card_viewers', 'openings'], move: moveLimits }

/** The cards that can still be opened and that limit their openings. An expired card comes back while its words are kept. */
const limitedOf = async (manager: EntityManager, ids: string[]): Promise<string[]> => {
  const cards = await manager.find(CardEntity, {
    select: { id: true, policy: true },
    where: { id: In(ids), revokedAt: IsNull(), sealedBody: Not(IsNull()) },
  })
  return cards
    .filter(({ policy }) => (policy.maxViewers ?? policy.maxOpensPerViewer) !== undefined)
    .map(({ id }) => id)
}
