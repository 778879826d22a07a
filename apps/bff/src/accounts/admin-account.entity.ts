import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Keep } from '../database/columns.js'
import type { Role } from '../http/access/roles.js'

/** An administrator's account. */
@Entity('admin_accounts')
@Index('ux_admin_accounts_name', ['name'], { unique: true })
@Index('ix_admin_accounts_disabled_at', ['disabledAt'])
export class AdminAccountEntity {
  @Keep({ purpose: 'names the administrator in the audit', personal: true, until: 'adminAccount' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_admin_accounts' })
  id: string

  /** Lower case. */
  @Keep({ purpose: 'what the administrator logs in with', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 64 })
  name: string

  @Keep({ purpose: 'what the administrator may do', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 16 })
  role: Role

  /** Null until its holder has set one. */
  @Keep({ purpose: 'proves the administrator, hashed', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 255, name: 'password_hash', nullable: true })
  passwordHash: string | null

  @Keep({
    purpose: 'the second factor, sealed',
    personal: true,
    until: 'adminAccount',
    sealed: 'totp',
  })
  @Column({ type: 'text', name: 'sealed_totp', nullable: true })
  sealedTotp: string | null

  @Keep({
    purpose: 'the second factor that was shown and not yet confirmed, sealed',
    personal: true,
    until: 'adminAccount',
    sealed: 'next_totp',
  })
  @Column({ type: 'text', name: 'sealed_next_totp', nullable: true })
  sealedNextTotp: string | null

  @Keep({ purpose: 'a code works once', personal: true, until: 'adminAccount' })
  @Column(epoch('totp_step'))
  totpStep: number

  @Keep({ purpose: 'when it was made', personal: true, until: 'adminAccount' })
  @Column(epoch('created_at'))
  createdAt: number

  @Keep({ purpose: 'who made it', personal: true, until: 'adminAccount' })
  @Column({ type: 'varchar', length: 64, name: 'created_by' })
  createdBy: string

  @Keep({ purpose: 'shows whether it is in use', personal: true, until: 'adminAccount' })
  @Column(epoch('last_login_at', { nullable: true }))
  lastLoginAt: number | null

  @Keep({ purpose: 'since when it may do nothing', personal: true, until: 'adminAccount' })
  @Column(epoch('disabled_at', { nullable: true }))
  disabledAt: number | null
}
