import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../database/columns.js'
import type { Role } from '../http/access/roles.js'

/** A bearer token for machines, of which only the SHA-256 is kept. */
@Entity('automation_tokens')
@Index('ux_automation_tokens_token_hash', ['tokenHash'], { unique: true })
@Index('ix_automation_tokens_created_at', ['createdAt'])
@Index('ix_automation_tokens_expires_at', ['expiresAt'])
export class AutomationTokenEntity {
  @Retain({ purpose: 'names the token in the audit', personal: false, until: 'automationToken' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_automation_tokens' })
  id: string

  @Retain({ purpose: 'what it is for', personal: false, until: 'automationToken' })
  @Column({ type: 'varchar', length: 64 })
  name: string

  @Retain({ purpose: 'recognises it', personal: false, until: 'automationToken' })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Retain({ purpose: 'what it may do', personal: false, until: 'automationToken' })
  @Column({ type: 'varchar', length: 16 })
  role: Role

  @Retain({ purpose: 'when it was made', personal: false, until: 'automationToken' })
  @Column(epoch('created_at'))
  createdAt: number

  @Retain({ purpose: 'who made it', personal: true, until: 'automationToken' })
  @Column({ type: 'varchar', length: 64, name: 'created_by' })
  createdBy: string

  @Retain({ purpose: 'when it ends', personal: false, until: 'automationToken' })
  @Column(epoch('expires_at'))
  expiresAt: number

  @Retain({ purpose: 'shows whether it is in use', personal: false, until: 'automationToken' })
  @Column(epoch('last_used_at', { nullable: true }))
  lastUsedAt: number | null

  @Retain({ purpose: 'when it was revoked', personal: false, until: 'automationToken' })
  @Column(epoch('revoked_at', { nullable: true }))
  revokedAt: number | null
}
