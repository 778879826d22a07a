import { type EntityManager, MoreThan, Raw } from 'typeorm'
import { DAY } from '../../core/time.js'
import type { LimitMove } from '../sessions/limit-moves.js'
import { AccessRequestEntity } from './access-request.entity.js'

/** Requests of one person within that time. */
export const ASKS = 3
export const ASKS_MS = DAY

/** What says nothing to anyone, and still counts. */
const COUNTED = { cardId: null, sealedNote: null, shareId: '' } as const

/** An erasure must not reset the limit: see `moveLimits`. What still counts keeps neither words nor card. */
export const moveAsks = async (
  manager: EntityManager,
  { from, to, now }: LimitMove,
): Promise<void> => {
  const counting = { viewerId: from, at: MoreThan(now - ASKS_MS) }
  await manager.update(AccessRequestEntity, counting, { viewerId: to, ...COUNTED })
}

/** The owner is erased: what others wrote to them goes, and still counts. */
export const forgetAsked = async (manager: EntityManager, ownerId: string): Promise<void> => {
  const theirs = 'SELECT cards.id FROM cards WHERE cards.owner_id'
  const cardId = Raw((column) => `${column} IN (${theirs} = :ownerId)`, { ownerId })
  await manager.update(AccessRequestEntity, { cardId }, COUNTED)
}
