import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { AuditLog, type AuditedTransaction } from '../audit/audit-log.js'
import { ApiError, inputError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { isUniqueViolation } from '../database/storage-error.js'
import { allows, type Role } from '../http/access/principals.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { adminAuditEntry } from './admin-audit-entry.js'
import { type AdminSessionEntity, AdminSessions } from './admin-sessions.js'
import { type Actor, type EndedAccess, IssuedAccess } from './issued-access.js'
import { PasswordHasher } from './password-hasher.js'
import { FIRST, type IssuedToken, SetupTokens } from './setup-tokens.js'
import { newTotpSecret, totpUri } from './second-factor.js'

/** Name, password and second factor, all at once. For the command line on the server. */
export interface Credentials {
  readonly password: string
}

/** What of an account was live until it was changed: its logins, and the access it gave. */
export interface Ended extends EndedAccess {
  readonly logins: number
}

export interface Changed {
  readonly account: AdminAccountEntity
  readonly ended: Ended
}

export interface WithSecret {
  readonly account: AdminAccountEntity
  /** Where the account was there before. */
  readonly ended?: Ended
  readonly secret: string
  readonly uri: string
}

export interface Invited {
  readonly account: AdminAccountEntity
  readonly setup: IssuedToken
}

export type Reset = Invited & Changed

interface Change {
  /** For the audit: `admin.<what>`. */
  readonly what: string
  readonly id: string
  readonly by: Actor
  readonly why?: string | undefined
  /** Whether what the account gave ends: see `IssuedAccess`. */
  readonly endsAccess: boolean
  /** @returns what the audit says besides */
  readonly step: (
    transaction: AuditedTransaction,
    account: AdminAccountEntity,
  ) => Promise<string | undefined>
}

/** Who has an account. There is always an administrator who can log in, once there was one. */
@Injectable()
export class AdminAccountsService {
  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly sessions: AdminSessions,
    private readonly setups: SetupTokens,
    private readonly issued: IssuedAccess,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  list(): Promise<AdminAccountEntity[]> {
    return this.accounts.all()
  }

  /** Live logins, the latest first. @throws ApiError ERR_NOT_FOUND */
  async logins(id: string): Promise<AdminSessionEntity[]> {
    if (!(await this.accounts.find(id))) throw new ApiError('ERR_NOT_FOUND')
    return this.sessions.live(id)
  }

  /** @returns how many logins ended @throws ApiError ERR_NOT_FOUND */
  async endLogins(id: string, by: Actor, why?: string): Promise<number> {
    const step = () => Promise.resolve(undefined)
    const { ended } = await this.#change({ what: 'sessions', id, by, why, endsAccess: false, step })
    return ended.logins
  }

  /** Without a password; its holder sets one with the token. @throws ApiError ERR_INPUT for a name that is taken */
  async invite(name: string, role: Role, by: Actor, why?: string): Promise<Invited> {
    const account = this.#blank(name, role, by.actor)
    const setup = await this.#insert(account, by, why, (manager) =>
      this.setups.issue(manager, account.id, by.actor),
    )
    return { account, setup }
  }

  /** Ready for use. @throws ApiError ERR_INPUT for a name that is taken */
  async create(
    name: string,
    role: Role,
    { password }: Credentials,
    by: Actor,
  ): Promise<WithSecret> {
    const blank = this.#blank(name, role, by.actor)
    const secret = newTotpSecret(this.random)
    const account = {
      ...blank,
      passwordHash: await this.hasher.hash(password),
      sealedTotp: this.accounts.seal(blank.id, 'totp', secret),
    }
    await this.#insert(account, by)
    return { account, secret, uri: totpUri(secret, name) }
  }

  /** The holder of the first token. @returns null when it is not good, or another request was faster */
  async createFirst(token: string, name: string, password: string, address: string) {
    const account = {
      ...this.#blank(name, 'admin', 'setup'),
      passwordHash: await this.hasher.hash(password),
    }
    return this.audit.transact(async ({ manager, record }) => {
      if (!(await this.setups.use(manager, token))) return null
      if (!(await this.accounts.none(manager))) return null
      await manager.insert(AdminAccountEntity, account)
      record(
        adminAuditEntry({ actor: 'setup', address }, { kind: 'admin.create', subject: account.id }),
      )
      return account
    })
  }

  /**
   * Blocks new logins and ends the current ones, and the access that the account gave.
   * @throws ApiError ERR_NOT_FOUND; ERR_INPUT for the last administrator
   */
  disable(id: string, by: Actor, why?: string): Promise<Changed> {
    const step: Change['step'] = async ({ manager }, account) => {
      if (account.disabledAt !== null) return
      await manager.update(AdminAccountEntity, { id }, { disabledAt: this.clock.now() })
      await this.setups.discard(manager, id)
      await this.#keepOne(manager, account)
    }
    return this.#change({ what: 'disable', id, by, why, endsAccess: true, step })
  }

  /** What ended stays ended. @throws ApiError ERR_NOT_FOUND */
  enable(id: string, by: Actor, why?: string): Promise<Changed> {
    const step: Change['step'] = async ({ manager }) => {
      await manager.update(AdminAccountEntity, { id }, { disabledAt: null })
    }
    return this.#change({ what: 'enable', id, by, why, endsAccess: false, step })
  }

  /**
   * What it gave ends with a role that could not have given it.
   * @throws ApiError ERR_NOT_FOUND; ERR_INPUT for the last administrator
   */
  changeRole(id: string, role: Role, by: Actor, why?: string): Promise<Changed> {
    const step: Change['step'] = async ({ manager }, account) => {
      await manager.update(AdminAccountEntity, { id }, { role })
      if (role !== 'admin') await this.#keepOne(manager, account)
      return `role=${role}`
    }
    const endsAccess = !allows(role, 'manage')
    return this.#change({ what: 'role', id, by, why, endsAccess, step })
  }

  /**
   * Removes password and second factor, and the access that the account gave: a stranger may have had them. The holder
   * of the token sets new ones.
   * @throws ApiError ERR_NOT_FOUND
   */
  async reset(id: string, by: Actor, why?: string): Promise<Reset> {
    let setup: IssuedToken | undefined
    const step: Change['step'] = async ({ manager }) => {
      const nothing = { passwordHash: null, sealedTotp: null, sealedNextTotp: null }
      await manager.update(AdminAccountEntity, { id }, nothing)
      setup = await this.setups.issue(manager, id, by.actor)
    }
    const changed = await this.#change({ what: 'reset', id, by, why, endsAccess: true, step })
    if (!setup) throw new TypeError('a reset without a token')
    return { ...changed, setup }
  }

  /** Another password and another second factor, at once. @throws ApiError ERR_NOT_FOUND */
  async resetTo(id: string, { password }: Credentials, by: Actor): Promise<WithSecret> {
    const passwordHash = await this.hasher.hash(password)
    const secret = newTotpSecret(this.random)
    const sealedTotp = this.accounts.seal(id, 'totp', secret)
    const step: Change['step'] = async ({ manager }) => {
      const anew = { passwordHash, sealedTotp, sealedNextTotp: null, totpStep: 0 }
      await manager.update(AdminAccountEntity, { id }, anew)
      await this.setups.discard(manager, id)
    }
    const changed = await this.#change({ what: 'reset', id, by, endsAccess: true, step })
    return { ...changed, secret, uri: totpUri(secret, changed.account.name) }
  }

  #blank(name: string, role: Role, createdBy: string): AdminAccountEntity {
    return {
      id: this.random.id(),
      name,
      role,
      passwordHash: null,
      sealedTotp: null,
      sealedNextTotp: null,
      totpStep: 0,
      createdAt: this.clock.now(),
      createdBy,
      lastLoginAt: null,
      disabledAt: null,
    }
  }

  async #insert<T>(
    account: AdminAccountEntity,
    by: Actor,
    why?: string,
    then?: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.audit.transact(async ({ manager, record }) => {
        await this.issued.holdGiver(manager, by)
        // The holder of the first token finds an account, or waits for this one.
        await this.setups.discard(manager, FIRST)
        await manager.insert(AdminAccountEntity, account)
        const { id: subject, role } = account
        record(
          adminAuditEntry(by, { kind: 'admin.create', subject, why: joined(`role=${role}`, why) }),
        )
        return (await then?.(manager)) as T
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw inputError('name', 'is taken')
      throw error
    }
  }

  /** Whatever was changed about an account, its logins end: they were opened under what was before. */
  #change({ what, id, by, why, endsAccess, step }: Change): Promise<Changed> {
    return this.audit.transact(async (transaction) => {
      const { manager, record } = transaction
      await this.accounts.lockAdmins(manager)
      await this.issued.holdGiver(manager, by)
      const account = await manager.findOneBy(AdminAccountEntity, { id })
      if (!account) throw new ApiError('ERR_NOT_FOUND')
      // First: the step may give access to the account's holder.
      const access = endsAccess ? await this.issued.endOf(transaction, id, by) : NONE
      const detail = await step(transaction, account)
      const logins = await this.sessions.endAll(manager, id)
      const told = joined(
        detail || undefined,
        ...counted({ ended: logins, tokens: access.tokens, invitations: access.invitations }),
        why,
      )
      record(adminAuditEntry(by, { kind: `admin.${what}`, subject: id, why: told }))
      const changed = await manager.findOneByOrFail(AdminAccountEntity, { id })
      return { account: changed, ended: { logins, ...access } }
    })
  }

  async #keepOne(manager: EntityManager, { role, disabledAt }: AdminAccountEntity): Promise<void> {
    if (role !== 'admin' || disabledAt !== null) return
    if ((await this.accounts.activeAdmins(manager)) === 0) {
      throw inputError('id', 'is the last administrator who can log in')
    }
  }
}

const NONE: EndedAccess = { tokens: 0, invitations: 0 }

const counted = (counts: Record<string, number>): string[] =>
  Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${name}=${count}`] : []))

const joined = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ')
