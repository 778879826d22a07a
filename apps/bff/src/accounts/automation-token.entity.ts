import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../core/time.js'
import { epoch } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'
import type { TokenRole } from '../http/access/principals.js'

/** A bearer token for machines, of which only the SHA-256 is kept. */
@Entity('automation_tokens')
@DataPolicy<AutomationTokenEntity>({
  until: 'automationToken',
  retention: [
    {
      name: 'automation_tokens',
      due: [
        { since: 'expiresAt', ms: 180 * DAY },
        { since: 'revokedAt', ms: 180 * DAY },
      ],
    },
  ],
  administrators: true,
})
@Index('ux_automation_tokens_token_hash', ['tokenHash'], { unique: true })
@Index('ix_automation_tokens_created_at', ['createdAt'])
@Index('ix_automation_tokens_expires_at', ['expiresAt'])
export class AutomationTokenEntity {
  @Purpose('names the token in the audit')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_automation_tokens' })
  id: string

  @Purpose('what it is for')
  @Column({ type: 'varchar', length: 64 })
  name: string

  @Purpose('recognises it')
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Purpose('what it may do')
  @Column({ type: 'varchar', length: 16 })
  role: TokenRole

  /** Null for every role but `server`. */
  @Purpose('which app it is bound to')
  @Column({ type: 'varchar', length: 64, name: 'app_id', nullable: true })
  appId: string | null

  @Purpose('when it was made')
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('who made it', { personal: true })
  @Column({ type: 'varchar', length: 64, name: 'created_by' })
  createdBy: string

  @Purpose('when it ends')
  @Column(epoch('expires_at'))
  expiresAt: number

  @Purpose('shows whether it is in use')
  @Column(epoch('last_used_at', { nullable: true }))
  lastUsedAt: number | null

  @Purpose('when it was revoked')
  @Column(epoch('revoked_at', { nullable: true }))
  revokedAt: number | null
}
