import { type EntityManager, MoreThan } from 'typeorm'
import { sha256 } from '../../core/crypto/digest.js'
import { base62 } from '../../core/ids.js'
import { MINUTE } from '../../core/time.js'
import { SessionEntity } from './session.entity.js'

/** Whose rows, whose they become, and when, in ms UTC. */
export interface LimitMove {
  readonly from: string
  readonly to: string
  readonly now: number
}

/** Moves what limits count from one id to another. It lies with openings and requests, which come after sessions. */
export interface LimitMoves {
  /** Tables whose `viewer_id` it moves. Few people come back after an erasure: for all others nothing is moved. */
  readonly tables: readonly string[]
  readonly move: (manager: EntityManager, move: LimitMove) => Promise<void>
}

/** Injection token of `LimitMoves`. */
export const LIMIT_MOVES = Symbol('LimitMoves')

/** For how long a login counts against a person: see `LoginGroups`. */
const LOGINS_MS = MINUTE

/**
 * Keeps the logins of the last minute, which count against the next ones. Their rows open nothing and end in a minute.
 * Without them, a person who erases themselves after each login would have no limit at all.
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

/** The person who comes back gets them. */
export const takeLogins = async (
  manager: EntityManager,
  { from, to, now }: LimitMove,
): Promise<void> => {
  const left = { viewerId: from, expiresAt: MoreThan(now) }
  await manager.update(SessionEntity, left, { viewerId: to })
}
