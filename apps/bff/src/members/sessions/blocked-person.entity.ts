import { type EntityManager, Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import type { LimitMove } from './limit-moves.js'
import { ViewerEntity } from './viewer.entity.js'

/** A person who was erased while blocked. Without the row, an erasure would let the person in again. */
@Entity('blocked_people')
@DataPolicy({ until: 'block' })
export class BlockedPersonEntity {
  /** See `ViewerLookups.traceOf`. */
  @Purpose('knows a blocked person again who was erased; it leads to no row')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_blocked_people' })
  trace: string

  @Purpose('since when the person is blocked')
  @Column(epoch('blocked_at'))
  blockedAt: number
}

/** Before an erasure: a block of the person stays. */
export const leaveBlock = async (
  manager: EntityManager,
  { from, to }: Pick<LimitMove, 'from' | 'to'>,
): Promise<void> => {
  const row = await manager.findOneBy(ViewerEntity, { id: from })
  const blockedAt = row?.blockedAt ?? null
  if (blockedAt === null) return
  await manager.delete(BlockedPersonEntity, { trace: to })
  await manager.insert(BlockedPersonEntity, { trace: to, blockedAt })
}

/** The person who comes back gets it. @returns whether there was one */
export const takeBlock = async (
  manager: EntityManager,
  { from, to }: Pick<LimitMove, 'from' | 'to'>,
): Promise<boolean> => {
  const left = await manager.findOneBy(BlockedPersonEntity, { trace: from })
  if (!left) return false
  await manager.update(ViewerEntity, { id: to }, { blockedAt: left.blockedAt })
  await manager.delete(BlockedPersonEntity, { trace: from })
  return true
}
