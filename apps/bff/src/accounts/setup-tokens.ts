import { Inject, Injectable } from '@nestjs/common'
import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  Index,
  IsNull,
  MoreThan,
  PrimaryColumn,
} from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { sha256 } from '../core/crypto/digest.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { HOUR } from '../core/time.js'
import { epoch } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'
import { isUniqueViolation } from '../database/storage-error.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'

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

/** In the place of an account's id. */
export const FIRST = 'first'
const FIRST_MS = HOUR
const INVITED_MS = 72 * HOUR

export interface IssuedToken {
  readonly token: string
  /** ms UTC */
  readonly expiresAt: number
}

/** One-time tokens whose holder sets an account's password. 256 bits, kept as SHA-256. */
@Injectable()
export class SetupTokens {
  constructor(
    private readonly storage: DataSource,
    private readonly audit: AuditLog,
    private readonly accounts: AdminAccountsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * For the very first account. Of several processes that start together one claims the row. A token that is still good
   * stays.
   * @returns null when there is an account, or another process has a good one
   */
  async issueFirst(): Promise<IssuedToken | null> {
    if (!(await this.accounts.none())) return null
    const issued = this.#make(FIRST_MS)
    try {
      return await this.audit.transact(async ({ manager, record }) => {
        if (!(await this.#claimFirst(manager, issued))) return null
        record({ kind: 'admin.setup', actor: 'setup', subject: FIRST, decision: 'issued' })
        return issued
      })
    } catch (error) {
      if (isUniqueViolation(error)) return null
      throw error
    }
  }

  /** Takes the place of the one before. @param by the actor */
  async issue(manager: EntityManager, accountId: string, by: string): Promise<IssuedToken> {
    const issued = this.#make(INVITED_MS)
    await manager.delete(SetupTokenEntity, { accountId })
    await manager.insert(SetupTokenEntity, rowOf(accountId, issued, by))
    return issued
  }

  /** Whose it is, if it is still good. */
  async find(token: string): Promise<string | null> {
    const row = await this.storage.manager.findOneBy(SetupTokenEntity, this.#good(token))
    return row?.accountId ?? null
  }

  /** @returns whether it was good until now; then no more */
  async use(manager: EntityManager, token: string): Promise<boolean> {
    const used = { usedAt: this.clock.now() }
    return (await manager.update(SetupTokenEntity, this.#good(token), used)).affected === 1
  }

  /** The account has a password now, or there is an account: what was issued for it is worth nothing. */
  async discard(manager: EntityManager, accountId: string): Promise<void> {
    await manager.delete(SetupTokenEntity, { accountId })
  }

  #good(token: string) {
    const tokenHash = sha256(token, 'base64url')
    return { tokenHash, usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) }
  }

  #make(ms: number): IssuedToken {
    const token = this.random.bytes(32).toString('base64url')
    return { token, expiresAt: this.clock.now() + ms }
  }

  async #claimFirst(manager: EntityManager, issued: IssuedToken): Promise<boolean> {
    const row = await manager.findOneBy(SetupTokenEntity, { accountId: FIRST })
    if (!row)
      return manager.insert(SetupTokenEntity, rowOf(FIRST, issued, 'setup')).then(() => true)
    if (row.usedAt === null && row.expiresAt > this.clock.now()) return false
    const still = { accountId: FIRST, tokenHash: row.tokenHash }
    const anew = rowOf(FIRST, issued, 'setup')
    return (await manager.update(SetupTokenEntity, still, anew)).affected === 1
  }
}

const rowOf = (
  accountId: string,
  { token, expiresAt }: IssuedToken,
  createdBy: string,
): SetupTokenEntity => ({
  accountId,
  createdBy,
  tokenHash: sha256(token, 'base64url'),
  expiresAt,
  usedAt: null,
})
