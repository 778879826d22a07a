import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../core/time.js'
import { epoch, int64 } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'
import type { Role } from '../http/access/principals.js'

/** An administrator's account. */
@Entity('admin_accounts')
@DataPolicy<AdminAccountEntity>({
  until: 'adminAccount',
  retention: [
    {
      name: 'admin_accounts',
      due: [{ since: 'disabledAt', ms: 180 * DAY }],
      audited: 'admin.delete',
    },
  ],
  administrators: true,
})
@Index('ux_admin_accounts_name', ['name'], { unique: true })
@Index('ix_admin_accounts_disabled_at', ['disabledAt'])
export class AdminAccountEntity {
  @Purpose('names the administrator in the audit', { personal: true })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_admin_accounts' })
  id: string

  /** Lower case. */
  @Purpose('what the administrator logs in with', { personal: true })
  @Column({ type: 'varchar', length: 64 })
  name: string

  @Purpose('what the administrator may do', { personal: true })
  @Column({ type: 'varchar', length: 16 })
  role: Role

  /** Null until its holder has set one. */
  @Purpose('proves the administrator, hashed', { personal: true })
  @Column({ type: 'varchar', length: 255, name: 'password_hash', nullable: true })
  passwordHash: string | null

  @Purpose('the second factor, sealed', {
    personal: true,
    sealed: { for: 'totp', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'sealed_totp', nullable: true })
  sealedTotp: string | null

  @Purpose('the second factor that was shown and not yet confirmed, sealed', {
    personal: true,
    sealed: { for: 'next_totp', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'sealed_next_totp', nullable: true })
  sealedNextTotp: string | null

  @Purpose('a code works once', { personal: true })
  @Column(int64('totp_step'))
  totpStep: number

  @Purpose('when it was made', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('who made it', { personal: true })
  @Column({ type: 'varchar', length: 64, name: 'created_by' })
  createdBy: string

  @Purpose('shows whether it is in use', { personal: true })
  @Column(epoch('last_login_at', { nullable: true }))
  lastLoginAt: number | null

  @Purpose('since when it may do nothing', { personal: true })
  @Column(epoch('disabled_at', { nullable: true }))
  disabledAt: number | null
}
