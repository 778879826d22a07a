import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { act } from '../access/act.js'
import type { AdminPrincipal } from '../access/admin-principal.js'
import type { Role } from '../access/roles.js'
import { AuditLog, type AuditedTransaction } from '../audit/audit-log.js'
import { ApiError, inputError } from '../http/api-error.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { RANDOM, type Random } from '../ports/random.js'
import { isUniqueViolation } from '../storage/storage-error.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { AdminSessions } from './admin-sessions.js'
import { PasswordHasher } from './password-hasher.js'
import { FIRST, type IssuedToken, SetupTokens } from './setup-tokens.js'
import { newTotpSecret, totpUri } from './totp.js'

/** Who does it, and from where. */
export type Actor = Pick<AdminPrincipal, 'actor' | 'address'>

/** Name, password and second factor, all at once: for whoever sits at the server. */
export interface Credentials {
  readonly password: string
}

export interface WithSecret {
  readonly account: AdminAccountEntity
  readonly secret: string
  readonly uri: string
}

export interface Invited {
  readonly account: AdminAccountEntity
  readonly setup: IssuedToken
}

type Step = (transaction: AuditedTransaction, account: AdminAccountEntity) => Promise<string | void>

/** Who has an account. There is always an administrator who can log in, once there was one. */
@Injectable()
export class AdminAccountsService {
  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly sessions: AdminSessions,
    private readonly setups: SetupTokens,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  list(): Promise<AdminAccountEntity[]> {
    return this.accounts.all()
  }

  /** Without a password; its holder sets one with the token. @throws ApiError ERR_INPUT for a name that is taken */
  async invite(name: string, role: Role, by: Actor, why?: string): Promise<Invited> {
    const account = this.#blank(name, role, by.actor)
    const setup = await this.#insert(account, by, why, (manager) =>
      this.setups.issue(manager, account.id),
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

  /** The holder of the first token. @returns null when it is not good, or somebody was faster */
  async createFirst(token: string, name: string, password: string, address: string) {
    const account = {
      ...this.#blank(name, 'admin', 'setup'),
      passwordHash: await this.hasher.hash(password),
    }
    return this.audit.transact(async ({ manager, record }) => {
      if (!(await this.setups.use(manager, token))) return null
      if (!(await this.accounts.none(manager))) return null
      await manager.insert(AdminAccountEntity, account)
      record(act({ actor: 'setup', address }, { kind: 'admin.create', subject: account.id }))
      return account
    })
  }

  /** No login, and none that goes on. @throws ApiError ERR_NOT_FOUND; ERR_INPUT for the last administrator */
  disable(id: string, by: Actor, why?: string): Promise<AdminAccountEntity> {
    return this.#change('disable', id, by, why, async ({ manager }, account) => {
      if (account.disabledAt !== null) return
      const gone = { disabledAt: this.clock.now() }
      await manager.update(AdminAccountEntity, { id }, gone)
      await this.setups.discard(manager, id)
      await this.#keepOne(manager, account)
    })
  }

  enable(id: string, by: Actor, why?: string): Promise<AdminAccountEntity> {
    return this.#change('enable', id, by, why, async ({ manager }) => {
      await manager.update(AdminAccountEntity, { id }, { disabledAt: null })
    })
  }

  /** @throws ApiError ERR_NOT_FOUND; ERR_INPUT for the last administrator */
  changeRole(id: string, role: Role, by: Actor, why?: string): Promise<AdminAccountEntity> {
    return this.#change('role', id, by, why, async ({ manager }, account) => {
      await manager.update(AdminAccountEntity, { id }, { role })
      if (role !== 'admin') await this.#keepOne(manager, account)
      return `role=${role}`
    })
  }

  /** Password and second factor are gone; the holder of the token sets them anew. @throws ApiError ERR_NOT_FOUND */
  async reset(id: string, by: Actor, why?: string): Promise<Invited> {
    let setup: IssuedToken | undefined
    const account = await this.#change('reset', id, by, why, async ({ manager }) => {
      const nothing = { passwordHash: null, sealedTotp: null, sealedNextTotp: null }
      await manager.update(AdminAccountEntity, { id }, nothing)
      setup = await this.setups.issue(manager, id)
    })
    if (!setup) throw new TypeError('a reset without a token')
    return { account, setup }
  }

  /** Another password and another second factor, at once. @throws ApiError ERR_NOT_FOUND */
  async resetTo(id: string, { password }: Credentials, by: Actor): Promise<WithSecret> {
    const passwordHash = await this.hasher.hash(password)
    const secret = newTotpSecret(this.random)
    const sealedTotp = this.accounts.seal(id, 'totp', secret)
    const account = await this.#change('reset', id, by, undefined, async ({ manager }) => {
      const anew = { passwordHash, sealedTotp, sealedNextTotp: null, totpStep: 0 }
      await manager.update(AdminAccountEntity, { id }, anew)
      await this.setups.discard(manager, id)
    })
    return { account, secret, uri: totpUri(secret, account.name) }
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
        // Whoever holds the first token finds that there is an account, or waits for it.
        await this.setups.discard(manager, FIRST)
        await manager.insert(AdminAccountEntity, account)
        const { id: subject, role } = account
        record(act(by, { kind: 'admin.create', subject, why: joined(`role=${role}`, why) }))
        return (await then?.(manager)) as T
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw inputError('name', 'is taken')
      throw error
    }
  }

  /** Whatever was changed about an account, its logins end: they were opened under what was before. */
  #change(what: string, id: string, by: Actor, why: string | undefined, step: Step) {
    return this.audit.transact(async (transaction) => {
      const { manager, record } = transaction
      await this.accounts.lockAdmins(manager)
      const account = await manager.findOneBy(AdminAccountEntity, { id })
      if (!account) throw new ApiError('ERR_NOT_FOUND')
      const detail = await step(transaction, account)
      const ended = await this.sessions.endAll(manager, id)
      const told = joined(detail || undefined, ended > 0 ? `ended=${ended}` : undefined, why)
      record(act(by, { kind: `admin.${what}`, subject: id, why: told }))
      return manager.findOneByOrFail(AdminAccountEntity, { id })
    })
  }

  async #keepOne(manager: EntityManager, { role, disabledAt }: AdminAccountEntity): Promise<void> {
    if (role !== 'admin' || disabledAt !== null) return
    if ((await this.accounts.activeAdmins(manager)) === 0) {
      throw inputError('id', 'is the last administrator who can log in')
    }
  }
}

const joined = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ')
