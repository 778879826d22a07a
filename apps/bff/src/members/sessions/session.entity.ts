import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** A login of ours. Of the bearer token only the SHA-256 is kept. */
@Entity('sessions')
@Index('ux_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ix_sessions_created', ['createdAt', 'id'])
@Index('ix_sessions_of_viewer', ['viewerId', 'createdAt', 'id'])
@Index('ix_sessions_expires_at', ['expiresAt'])
export class SessionEntity {
  @Retain({ purpose: 'names the session in the audit', personal: true, until: 'session' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_sessions' })
  id: string

  @Retain({ purpose: 'finds the session of a bearer token', personal: true, until: 'session' })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Retain({ purpose: 'who is logged in', personal: true, until: 'session' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Retain({ purpose: 'in which app', personal: true, until: 'session' })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Retain({ purpose: 'counts logins per minute', personal: true, until: 'session' })
  @Column(epoch('created_at'))
  createdAt: number

  @Retain({ purpose: 'when the session ends by itself', personal: true, until: 'session' })
  @Column(epoch('expires_at'))
  expiresAt: number

  @Retain({ purpose: 'when it was ended before that', personal: true, until: 'session' })
  @Column(epoch('ended_at', { nullable: true }))
  endedAt: number | null
}
