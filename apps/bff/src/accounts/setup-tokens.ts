import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { sha256 } from '../core/crypto/digest.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { HOUR } from '../core/time.js'
import { isUniqueViolation } from '../database/storage-error.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { SetupTokenEntity } from './setup-token.entity.js'

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
