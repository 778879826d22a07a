import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../database/columns.js'

/** Whose holder may set a password, once. One for each account at most; a new one takes the place of the one before. */
@Entity('admin_setup_tokens')
@Index('ux_admin_setup_tokens_token_hash', ['tokenHash'], { unique: true })
@Index('ix_admin_setup_tokens_expires_at', ['expiresAt'])
export class SetupTokenEntity {
  /** The id of the account, or `first`. */
  @Retain({ purpose: 'for which account', personal: true, until: 'adminSetup' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'account_id',
    primaryKeyConstraintName: 'pk_admin_setup_tokens',
  })
  accountId: string

  @Retain({ purpose: 'recognises the token', personal: false, until: 'adminSetup' })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  /** `admin:<id>`, `token:<id>`, `cli` or `setup`; null when a process of an older version made it. */
  @Retain({ purpose: 'it ends with whoever made it', personal: true, until: 'adminSetup' })
  @Column({ type: 'varchar', length: 64, name: 'created_by', nullable: true })
  createdBy: string | null

  @Retain({ purpose: 'when it ends', personal: false, until: 'adminSetup' })
  @Column(epoch('expires_at'))
  expiresAt: number

  @Retain({ purpose: 'it works once', personal: false, until: 'adminSetup' })
  @Column(epoch('used_at', { nullable: true }))
  usedAt: number | null
}
