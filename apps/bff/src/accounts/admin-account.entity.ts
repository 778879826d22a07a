import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../database/columns.js'
import type { Role } from '../http/access/roles.js'

/** An administrator's account. */
@Entity('admin_accounts')
@Index('ux_admin_accounts_name', ['name'], { unique: true })
@Index('ix_admin_accounts_disabled_at', ['disabledAt'])
export class AdminAccountEntity {
  @Retain({
    purpose: 'names the administrator in the audit',
    personal: true,
    until: 'adminAccount',
  })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_admin_accounts' })
  id: string

  /** Lower case. */
  @Retain({ purpose: 'what the administrator logs in with', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 64 })
  name: string

  @Retain({ purpose: 'what the administrator may do', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 16 })
  role: Role

  /** Null until its holder has set one. */
  @Retain({ purpose: 'proves the administrator, hashed', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 255, name: 'password_hash', nullable: true })
  passwordHash: string | null

  @Retain({
    purpose: 'the second factor, sealed',
    personal: true,
    until: 'adminAccount',
    sealed: 'totp',
  })
  @Column({ type: 'text', name: 'sealed_totp', nullable: true })
  sealedTotp: string | null

  @Retain({
    purpose: 'the second factor that was shown and not yet confirmed, sealed',
    personal: true,
    until: 'adminAccount',
    sealed: 'next_totp',
  })
  @Column({ type: 'text', name: 'sealed_next_totp', nullable: true })
  sealedNextTotp: string | null

  @Retain({ purpose: 'a code works once', personal: true, until: 'adminAccount' })
  @Column(epoch('totp_step'))
  totpStep: number

  @Retain({ purpose: 'when it was made', personal: true, until: 'adminAccount' })
  @Column(epoch('created_at'))
  createdAt: number

  @Retain({ purpose: 'who made it', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 64, name: 'created_by' })
  createdBy: string

  @Retain({ purpose: 'shows whether it is in use', personal: true, until: 'adminAccount' })
  @Column(epoch('last_login_at', { nullable: true }))
  lastLoginAt: number | null

  @Retain({ purpose: 'since when it may do nothing', personal: true, until: 'adminAccount' })
  @Column(epoch('disabled_at', { nullable: true }))
  disabledAt: number | null
}
