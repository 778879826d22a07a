import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'

/** Whose holder may set a password, once. One for each account at most; a new one takes the place of the one before. */
@Entity('admin_setup_tokens')
@DataPolicy<SetupTokenEntity>({
  until: 'adminSetup',
  retention: [{ name: 'admin_setup_tokens', due: [{ since: 'expiresAt', ms: 0 }] }],
  administrators: true,
})
@Index('ux_admin_setup_tokens_token_hash', ['tokenHash'], { unique: true })
@Index('ix_admin_setup_tokens_expires_at', ['expiresAt'])
export class SetupTokenEntity {
  /** The id of the account, or `first`. */
  @Purpose('for which account', { personal: true })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'account_id',
    primaryKeyConstraintName: 'pk_admin_setup_tokens',
  })
  accountId: string

  @Purpose('recognises the token')
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  /** `admin:<id>`, `token:<id>`, `cli` or `setup`; null when a process of an older version made it. */
  @Purpose('it ends with whoever made it', { personal: true })
  @Column({ type: 'varchar', length: 64, name: 'created_by', nullable: true })
  createdBy: string | null

  @Purpose('when it ends')
  @Column(epoch('expires_at'))
  expiresAt: number

  @Purpose('it works once')
  @Column(epoch('used_at', { nullable: true }))
  usedAt: number | null
}
