import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm'
import { Vault } from '../core/crypto/vault.js'
import { AdminAccountEntity } from './admin-account.entity.js'

export type TotpColumn = 'totp' | 'next_totp'

@Injectable()
export class AdminAccountsRepository {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
  ) {}

  find(id: string): Promise<AdminAccountEntity | null> {
    return this.storage.manager.findOneBy(AdminAccountEntity, { id })
  }

  findByName(name: string): Promise<AdminAccountEntity | null> {
    return this.storage.manager.findOneBy(AdminAccountEntity, { name })
  }

  /** By name. */
  all(): Promise<AdminAccountEntity[]> {
    return this.storage.manager.find(AdminAccountEntity, { order: { name: 'ASC' } })
  }

  async none(manager: EntityManager = this.storage.manager): Promise<boolean> {
    return (await manager.find(AdminAccountEntity, { select: { id: true }, take: 1 })).length === 0
  }

  /**
   * Holds every enabled administrator's row until the transaction ends: of two who are about to disable each other one
   * waits, and then sees what the other did.
   */
  async lockAdmins(manager: EntityManager): Promise<void> {
    const admins = { role: 'admin', disabledAt: IsNull() } as const
    await manager.update(AdminAccountEntity, admins, { role: 'admin' })
  }

  /** Administrators who can log in. */
  activeAdmins(manager: EntityManager): Promise<number> {
    const active = { role: 'admin', disabledAt: IsNull(), passwordHash: Not(IsNull()) } as const
    return manager.countBy(AdminAccountEntity, active)
  }

  /** @param secret base32 @returns the envelope */
  seal(id: string, column: TotpColumn, secret: string): string {
    return this.vault.seal({ table: 'admin_accounts', row: id, purpose: column }, secret)
  }

  unseal(id: string, column: TotpColumn, envelope: string): string {
    return this.vault.unseal({ table: 'admin_accounts', row: id, purpose: column }, envelope)
  }
}
