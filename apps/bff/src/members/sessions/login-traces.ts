import { MoreThan, type EntityManager } from 'typeorm'
import { sha256 } from '../../core/crypto/digest.js'
import { base62 } from '../../core/ids.js'
import { MINUTE } from '../../core/time.js'
import type { LimitMove } from './move-limits.js'
import { SessionEntity } from './session.entity.js'

/** For how long a login counts against a person: see `SessionService`. */
const LOGINS_MS = MINUTE

/**
 * The logins of the last minute, which count against the next ones, as rows that open nothing and are over in a minute.
 * Without them whoever erases themselves after each login has no limit at all, of whatever is counted for a person.
 */
export const leaveLogins = async (
  manager: EntityManager,
  { from, to, now }: LimitMove,
): Promise<void> => {
  const recent = { viewerId: from, createdAt: MoreThan(now - LOGINS_MS) }
  for (const login of await manager.findBy(SessionEntity, recent)) {
    await manager.insert(SessionEntity, {
      ...login,
      id: base62(Buffer.from(sha256(`erased ${login.id}`), 'hex').subarray(0, 16)),
      tokenHash: sha256(`erased ${login.tokenHash}`, 'base64url'),
      viewerId: to,
      endedAt: now,
      expiresAt: now + LOGINS_MS,
    })
  }
}

/** They are of whoever comes back. */
export const takeLogins = async (
  manager: EntityManager,
  { from, to, now }: LimitMove,
): Promise<void> => {
  const left = { viewerId: from, expiresAt: MoreThan(now) }
  await manager.update(SessionEntity, left, { viewerId: to })
}
