import { In, IsNull, MoreThan, type EntityManager } from 'typeorm'
import { HOUR } from '../../core/time.js'
import { CardEntity, CardViewerEntity } from '../cards/card.entity.js'
import type { LimitMove } from '../sessions/limit-moves.js'
import { OpeningEntity } from './opening.entity.js'

/** For how long a rejected proof counts against a person: see `RejectionLimits`. */
const REJECTED_MS = HOUR
/** Rows of one statement. */
const BATCH = 500

/**
 * An erasure must not give anybody their limits anew: who erases themselves and logs in again has the views of a card
 * left that they had, and as many rejected proofs behind them. So these rows go over to a keyed hash of the person, from
 * which nobody is found, and to the person who comes back under the name that it is of. They have their own end: with
 * the card's, or after an hour.
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
    const limited = await limitedOf(manager, ids, now)
    if (limited.length === 0) continue
    const there = await manager.findBy(CardViewerEntity, { viewerId: to, cardId: In(limited) })
    const free = limited.filter((id) => !there.some(({ cardId }) => cardId === id))
    await manager.update(CardViewerEntity, { viewerId: from, cardId: In(free) }, { viewerId: to })
  }
  const rejected = { viewerId: from, outcome: 'rejected', at: MoreThan(now - REJECTED_MS) } as const
  await manager.update(OpeningEntity, rejected, { viewerId: to, sessionId: to })
}

/** Those that can be opened, and not as often as one likes. */
const limitedOf = async (manager: EntityManager, ids: string[], now: number): Promise<string[]> => {
  const cards = await manager.find(CardEntity, {
    select: { id: true, policy: true },
    where: [
      { id: In(ids), revokedAt: IsNull(), expiresAt: IsNull() },
      { id: In(ids), revokedAt: IsNull(), expiresAt: MoreThan(now) },
    ],
  })
  return cards
    .filter(({ policy }) => (policy.maxViewers ?? policy.maxOpensPerViewer) !== undefined)
    .map(({ id }) => id)
}
