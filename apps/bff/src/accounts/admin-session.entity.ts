import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../database/columns.js'

/** An administrator's login. Of the cookie only the SHA-256 is kept, and the CSRF token follows from the cookie. */
@Entity('admin_sessions')
@Index('ux_admin_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ix_admin_sessions_account_id', ['accountId'])
@Index('ix_admin_sessions_created_at', ['createdAt'])
export class AdminSessionEntity {
  @Retain({ purpose: 'names the login in the audit', personal: true, until: 'adminSession' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_admin_sessions' })
  id: string

  @Retain({ purpose: 'finds the login of a cookie', personal: true, until: 'adminSession' })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Retain({ purpose: 'who is logged in', personal: true, until: 'adminSession' })
  @Column({ type: 'varchar', length: 22, name: 'account_id' })
  accountId: string

  @Retain({ purpose: 'ends it after 12 hours', personal: true, until: 'adminSession' })
  @Column(epoch('created_at'))
  createdAt: number

  @Retain({ purpose: 'ends it after 30 idle minutes', personal: true, until: 'adminSession' })
  @Column(epoch('seen_at'))
  seenAt: number

  @Retain({ purpose: 'when it was ended before that', personal: true, until: 'adminSession' })
  @Column(epoch('ended_at', { nullable: true }))
  endedAt: number | null
}
