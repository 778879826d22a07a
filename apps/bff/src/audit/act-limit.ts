import { Between, type EntityManager } from 'typeorm'
import { CLOCK_SKEW_MS } from '../core/ports/clock.js'
import { AuditEntryEntity } from './audit.entities.js'

/** How often an actor may do something. */
export interface ActLimit {
  /** The kind of the audit entry that each time leaves. */
  readonly kind: string
  readonly most: number
  /** The window, ms. */
  readonly ms: number
}

/**
 * Counts what an actor did, by the audit. Entries of a process whose clock is a little ahead count, too.
 * @param now ms UTC, taken when the actor's row is held: entries that were recorded while the transaction waited count
 * @returns milliseconds until the actor may do it again; 0 is now
 */
export const waitOf = async (
  manager: EntityManager,
  actor: string,
  { kind, most, ms }: ActLimit,
  now: number,
): Promise<number> => {
  const recent = await manager.find(AuditEntryEntity, {
    select: { at: true, chainId: true, seq: true },
    where: { actor, kind, at: Between(now - ms + 1, now + CLOCK_SKEW_MS) },
    order: { at: 'DESC' },
    take: most,
  })
  const oldest = recent[most - 1]
  return oldest ? oldest.at + ms - now : 0
}
