import { Inject, Injectable } from '@nestjs/common'
import type { BeginEnrolment, ChangePassword, Enrolment } from '@sealcard/protocol'
import { IsNull, LessThan } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { ApiError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import type { AdminLogin, AdminPrincipal } from '../http/access/principals.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { adminAuditEntry } from './admin-audit-entry.js'
import { AdminSessions, type OpenedSession } from './admin-sessions.js'
import { LoginThrottle } from './login-throttle.js'
import { PasswordHasher } from './password-hasher.js'
import { newTotpSecret, totpStep, totpUri } from './second-factor.js'

/** An administrator who acts on their own account. */
export type Holder = AdminPrincipal & { readonly login: AdminLogin }

/**
 * What administrators change about their own accounts. A login alone is not enough: it may be a stolen cookie. The
 * password is asked for again, and guesses at it are counted like those at the door.
 */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly sessions: AdminSessions,
    private readonly throttle: LoginThrottle,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  async logout({ login, ...holder }: Holder): Promise<void> {
    await this.audit.transact(async ({ manager, record }) => {
      if (!(await this.sessions.end(manager, login.sessionId))) return
      record(adminAuditEntry(holder, { kind: 'admin.logout', subject: login.sessionId }))
    })
  }

  /** Ends every login of the account, and gives the caller a new one. @throws ApiError ERR_LOGIN_REJECTED */
  async changePassword(holder: Holder, { password, newPassword }: ChangePassword) {
    const account = await this.#account(holder)
    const passwordHash = await this.#judge(holder, account, password)
    const anew = { passwordHash: await this.hasher.hash(newPassword) }
    return this.#renew(holder, 'password', { passwordHash }, anew)
  }

  /** A second factor to be: it counts once it is confirmed, and until then the one before does. */
  async beginEnrolment(
    holder: Holder,
    { password, totp = '' }: BeginEnrolment,
  ): Promise<Enrolment> {
    const account = await this.#account(holder)
    const { id, name, sealedTotp } = account
    const step = this.#step(account, totp)
    const passwordHash = await this.#judge(holder, account, password, step !== null)
    const secret = newTotpSecret(this.random)
    const sealedNextTotp = this.accounts.seal(id, 'next_totp', secret)
    await this.audit.transact(async ({ manager, record }) => {
      const used = sealedTotp === null ? {} : { totpStep: step ?? 0 }
      const unused = sealedTotp === null ? {} : { totpStep: LessThan(step ?? 0) }
      const still = { id, passwordHash, disabledAt: IsNull(), ...unused }
      const { affected } = await manager.update(AdminAccountEntity, still, {
        sealedNextTotp,
        ...used,
      })
      if (affected !== 1) throw new ApiError('ERR_LOGIN_REJECTED')
      record(adminAuditEntry(holder, { kind: 'admin.totp', subject: id, decision: 'begun' }))
    })
    return { secret, uri: totpUri(secret, name) }
  }

  /** Ends every login of the account, and gives the caller a new one. @throws ApiError ERR_LOGIN_REJECTED */
  async confirmEnrolment(holder: Holder, code: string): Promise<OpenedSession> {
    const { id, sealedNextTotp } = await this.#account(holder)
    await this.#take(holder)
    const secret = sealedNextTotp && this.accounts.unseal(id, 'next_totp', sealedNextTotp)
    const step = secret ? totpStep(secret, code, this.clock.now()) : null
    if (!secret || !sealedNextTotp || step === null) throw new ApiError('ERR_LOGIN_REJECTED')
    await this.throttle.clear(throttleKeyOf(holder))
    const sealedTotp = this.accounts.seal(id, 'totp', secret)
    const anew = { sealedTotp, sealedNextTotp: null, totpStep: step }
    return this.#renew(holder, 'totp', { sealedNextTotp }, anew)
  }

  /** 0 when there is no second factor; null for a wrong code. */
  #step({ id, sealedTotp }: AdminAccountEntity, code: string): number | null {
    if (sealedTotp === null) return 0
    return totpStep(this.accounts.unseal(id, 'totp', sealedTotp), code, this.clock.now())
  }

  async #account({ login }: Holder): Promise<AdminAccountEntity> {
    const account = await this.accounts.find(login.accountId)
    if (!account) throw new ApiError('ERR_SESSION')
    return account
  }

  /** @returns the hash that the password was judged by */
  async #judge(
    holder: Holder,
    { passwordHash }: AdminAccountEntity,
    password: string,
    codeRight = true,
  ): Promise<string> {
    this.hasher.refuseWhenFull()
    await this.#take(holder)
    const right = await this.hasher.verify(password, passwordHash)
    if (!codeRight || !right || passwordHash === null) throw new ApiError('ERR_LOGIN_REJECTED')
    await this.throttle.clear(throttleKeyOf(holder))
    return passwordHash
  }

  async #take(holder: Holder): Promise<void> {
    if ((await this.throttle.take(throttleKeyOf(holder))) > 0)
      throw new ApiError('ERR_LOGIN_REJECTED')
  }

  #renew(
    holder: Holder,
    what: 'password' | 'totp',
    still: object,
    anew: Partial<AdminAccountEntity>,
  ): Promise<OpenedSession> {
    const { accountId: id } = holder.login
    return this.audit.transact(async ({ manager, record }) => {
      const unchanged = { id, disabledAt: IsNull(), ...still }
      const { affected } = await manager.update(AdminAccountEntity, unchanged, anew)
      if (affected !== 1) throw new ApiError('ERR_LOGIN_REJECTED')
      await this.sessions.endAll(manager, id)
      record(adminAuditEntry(holder, { kind: `admin.${what}`, subject: id }))
      return this.sessions.open(manager, id)
    })
  }
}

const throttleKeyOf = ({ login }: Holder) => ({ kind: 'own', value: login.accountId }) as const
