import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { sha256 } from '../../core/crypto/digest.js'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import type { SessionKind } from '../../http/access/principals.js'

/**
 * A session lasts three days, used or not. The mini-program logs in again by itself, and no session key is needed
 * beyond the sessions of its viewer.
 */
export const SESSION_MS = 3 * DAY

/**
 * How a session is found by its token. The kind is part of it: a cookie's token finds nothing as a bearer token, and a
 * bearer token nothing as a cookie.
 */
export const tokenHash = (kind: SessionKind, token: string): string =>
  sha256(kind === 'web' ? `web ${token}` : token, 'base64url')

/** A login of ours. Of the token only a SHA-256 is kept. */
@Entity('sessions')
@DataPolicy<SessionEntity>({
  until: 'session',
  retention: [{ name: 'sessions', due: [{ since: 'expiresAt', ms: 0, latest: SESSION_MS + DAY }] }],
  erasure: 'delete',
})
@Index('ux_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ix_sessions_created', ['createdAt', 'id'])
@Index('ix_sessions_of_viewer', ['viewerId', 'createdAt', 'id'])
@Index('ix_sessions_expires_at', ['expiresAt'])
export class SessionEntity {
  @Purpose('names the session in the audit', { personal: true })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_sessions' })
  id: string

  @Purpose('finds the session of a bearer token', { personal: true })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Purpose('who is logged in', { person: 'id' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Purpose('in which app', { personal: true })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Purpose('counts logins per minute', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('when the session ends by itself', { personal: true })
  @Column(epoch('expires_at'))
  expiresAt: number

  @Purpose('when it was ended before that', { personal: true })
  @Column(epoch('ended_at', { nullable: true }))
  endedAt: number | null
}
