import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm'
import { type AuditedTransaction, AuditLog } from '../audit/audit-log.js'
import { AuditEntryEntity } from '../audit/audit.entities.js'
import { ApiError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { type AdminPrincipal, allows, type Role, ROLES } from '../http/access/principals.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { adminAuditEntry } from './admin-audit-entry.js'
import { AdminSessionEntity } from './admin-sessions.js'
import { AutomationTokenEntity } from './automation-token.entity.js'
import { FIRST, SetupTokenEntity } from './setup-tokens.js'

/** Who does it, from where, and in which login. */
export type Actor = Pick<AdminPrincipal, 'actor' | 'address' | 'login'>

/** How many were live until now. */
export interface EndedAccess {
  readonly tokens: number
  readonly invitations: number
}

const MANAGING = (Object.keys(ROLES) as Role[]).filter((role) => allows(role, 'manage'))

/**
 * The access that administrators give: automation tokens, and the one-time tokens of invitations and resets. It ends
 * with the account that gave it, also what a token of the account gave.
 */
@Injectable()
export class IssuedAccess {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Locks the giver's account until the transaction ends. Another request may have disabled, demoted or reset it since
   * this one came in. What ends its access has then run already, and would miss this one.
   * @throws ApiError ERR_SESSION
   */
  async holdGiver(manager: EntityManager, { actor, login }: Actor): Promise<void> {
    const [kind, id] = partsOf(actor)
    if (kind !== 'admin') return
    const still = { id, disabledAt: IsNull(), role: In(MANAGING) }
    const { affected } = await manager.update(AdminAccountEntity, still, { disabledAt: null })
    if (affected !== 1) throw new ApiError('ERR_SESSION')
    const live = login && { id: login.sessionId, endedAt: IsNull() }
    if (live && !(await manager.existsBy(AdminSessionEntity, live)))
      throw new ApiError('ERR_SESSION')
  }

  /** Ends what the account gave, whatever it was then. */
  endOf(transaction: AuditedTransaction, accountId: string, by: Actor): Promise<EndedAccess> {
    return this.#end(transaction, by, async (giver) => giver === accountId)
  }

  /** Ends what accounts gave that are disabled, gone, or no longer manage. */
  endOrphans(transaction: AuditedTransaction, by: Actor): Promise<EndedAccess> {
    const { manager } = transaction
    return this.#end(transaction, by, async (giver) => !(await managesYet(manager, giver)))
  }

  /** @returns whether `endOrphans` would end something */
  async hasOrphans(manager: EntityManager): Promise<boolean> {
    const givers = new Givers(manager)
    for (const { createdBy } of [...(await liveTokens(manager)), ...(await invitations(manager))]) {
      const giver = createdBy === null ? null : await givers.accountOf(createdBy)
      if (giver !== null && !(await managesYet(manager, giver))) return true
    }
    return false
  }

  async #end(
    { manager, record }: AuditedTransaction,
    by: Actor,
    ends: (accountId: string) => Promise<boolean>,
  ): Promise<EndedAccess> {
    const now = this.clock.now()
    const givers = new Givers(manager)
    const endsWith = async (createdBy: string) => {
      const giver = await givers.accountOf(createdBy)
      return giver !== null && (await ends(giver)) ? giver : null
    }
    const ended = { tokens: 0, invitations: 0 }
    for (const { id, createdBy, expiresAt } of await liveTokens(manager)) {
      const giver = await endsWith(createdBy)
      if (giver === null) continue
      const live = { id, revokedAt: IsNull() }
      const { affected } = await manager.update(AutomationTokenEntity, live, { revokedAt: now })
      if (affected !== 1) continue
      if (expiresAt > now) ended.tokens += 1
      record(
        adminAuditEntry(by, { kind: 'token.revoke', subject: id, why: `giver=admin:${giver}` }),
      )
    }
    for (const { accountId, createdBy, expiresAt } of await invitations(manager)) {
      // One of a process of the version before says not who gave it. It is good for three days.
      if (createdBy !== null && (await endsWith(createdBy)) === null) continue
      const { affected } = await manager.delete(SetupTokenEntity, { accountId, usedAt: IsNull() })
      if (affected === 1 && expiresAt > now) ended.invitations += 1
    }
    return ended
  }
}

/** Those that are over by this process's clock, too: another one may be right. */
const liveTokens = (manager: EntityManager) =>
  manager.find(AutomationTokenEntity, { where: { revokedAt: IsNull() } })

const invitations = (manager: EntityManager) =>
  manager.find(SetupTokenEntity, { where: { usedAt: IsNull(), accountId: Not(FIRST) } })

const managesYet = (manager: EntityManager, id: string): Promise<boolean> =>
  manager.existsBy(AdminAccountEntity, { id, disabledAt: IsNull(), role: In(MANAGING) })

/** `admin:<id>`, `token:<id>`, or one word. */
const partsOf = (actor: string): readonly [string, string] => {
  const [kind = '', id = ''] = actor.split(':')
  return [kind, id]
}

/** The account at the beginning of a chain of tokens that made tokens. */
class Givers {
  readonly #ofTokens = new Map<string, string | null>()

  constructor(private readonly manager: EntityManager) {}

  /** @returns null where it begins with the machine: a command, or SEALCARD_ADMIN_TOKEN */
  async accountOf(createdBy: string): Promise<string | null> {
    const seen = new Set<string>()
    for (let at: string | null = createdBy; at !== null && !seen.has(at);) {
      seen.add(at)
      const [kind, id] = partsOf(at)
      if (kind === 'admin') return id
      at = kind === 'token' ? await this.#giverOf(id) : null
    }
    return null
  }

  async #giverOf(tokenId: string): Promise<string | null> {
    const known = this.#ofTokens.get(tokenId)
    if (known !== undefined) return known
    const giver = await this.#found(tokenId)
    this.#ofTokens.set(tokenId, giver)
    return giver
  }

  /** A token's row goes 180 days after its end, and what it made may live on. The audit stays. */
  async #found(id: string): Promise<string | null> {
    const row = await this.manager.findOneBy(AutomationTokenEntity, { id })
    if (row) return row.createdBy
    const made = { kind: 'token.create', subject: id }
    return (await this.manager.findOneBy(AuditEntryEntity, made))?.actor ?? null
  }
}

const BY = { actor: 'service', address: 'local' }

/**
 * A version before left tokens and invitations to accounts that were disabled or demoted. They end before the first
 * request is served.
 */
@Injectable()
export class OrphanedAccess implements OnApplicationBootstrap {
  constructor(
    private readonly storage: DataSource,
    private readonly issued: IssuedAccess,
    private readonly audit: AuditLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!(await this.issued.hasOrphans(this.storage.manager))) return
    await this.audit.transact((transaction) => this.issued.endOrphans(transaction, BY))
  }
}
