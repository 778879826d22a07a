import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Keep } from '../../database/columns.js'

/** A login of ours. Of the bearer token only the SHA-256 is kept. */
@Entity('sessions')
@Index('ux_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ix_sessions_created', ['createdAt', 'id'])
@Index('ix_sessions_of_viewer', ['viewerId', 'createdAt', 'id'])
@Index('ix_sessions_expires_at', ['expiresAt'])
export class SessionEntity {
  @Keep({ purpose: 'names the session in the audit', personal: true, until: 'session' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_sessions' })
  id: string

  @Keep({ purpose: 'finds the session of a bearer token', personal: true, until: 'session' })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Keep({ purpose: 'who is logged in', personal: true, until: 'session' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  @Keep({ purpose: 'in which app', personal: true, until: 'session' })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  @Keep({ purpose: 'counts logins per minute', personal: true, until: 'session' })
  @Column(epoch('created_at'))
  createdAt: number

  @Keep({ purpose: 'when the session ends by itself', personal: true, until: 'session' })
  @Column(epoch('expires_at'))
  expiresAt: number

  @Keep({ purpose: 'when it was ended before that', personal: true, until: 'session' })
  @Column(epoch('ended_at', { nullable: true }))
  endedAt: number | null
}
