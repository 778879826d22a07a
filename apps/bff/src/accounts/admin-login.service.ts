import { Inject, Injectable } from '@nestjs/common'
import type { AdminLogin } from '@sealcard/protocol'
import { IsNull, LessThan } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { NO_ID } from '../core/ids.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { reasonFrom } from './admin-audit-entry.js'
import { AdminSessions, type OpenedSession } from './admin-sessions.js'
import { KnownDevices } from './known-devices.js'
import { GuessLimit, LoginGate, throttleKeysOf } from './login-gate.js'
import { PasswordHasher } from './password-hasher.js'
import { SecondFactor } from './second-factor.js'

/** Opens the session of a login that was judged right. */
@Injectable()
export class LoginOpener {
  constructor(
    private readonly sessions: AdminSessions,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The judgement must still hold when the login is written, in one update: the account is enabled, the password the
   * same, and the code not used by another request.
   * @param step of the second factor, to be used up
   * @param before the cookie of the session that this one replaces
   * @returns null when it does not hold
   */
  async open(
    account: AdminAccountEntity,
    password: string,
    step: number,
    { address, session: before }: { address: string; session?: string | undefined },
  ): Promise<OpenedSession | null> {
    const { id, passwordHash, sealedTotp } = account
    if (passwordHash === null) return null
    const anew = this.hasher.outdated(passwordHash)
      ? { passwordHash: await this.hasher.hash(password) }
      : {}
    const replaced = await this.sessions.find(before)
    return this.audit.transact(async ({ manager, record }) => {
      const now = this.clock.now()
      const code = sealedTotp === null ? { sealedTotp: IsNull() } : { totpStep: LessThan(step) }
      const used = sealedTotp === null ? {} : { totpStep: step }
      const still = { id, passwordHash, disabledAt: IsNull(), ...code }
      const { affected } = await manager.update(AdminAccountEntity, still, {
        lastLoginAt: now,
        ...used,
        ...anew,
      })
      if (affected !== 1) return null
      if (replaced) await this.sessions.end(manager, replaced.session.id)
      const session = await this.sessions.open(manager, id)
      record({
        kind: 'admin.login',
        actor: `admin:${id}`,
        subject: session.id,
        decision: 'done',
        reason: reasonFrom(address),
      })
      return session
    })
  }
}

/** Where a login comes from. */
export interface LoginOrigin {
  readonly address: string
  /** The cookies of the request. */
  readonly device?: string | undefined
  readonly session?: string | undefined
}

export interface LoggedIn {
  readonly account: AdminAccountEntity
  readonly session: OpenedSession
  /** The value of the device cookie. */
  readonly device: string
}

/**
 * Judges name, password and second factor together. An unknown or blocked name, a disabled account, a wrong password and
 * a wrong code get one answer.
 */
@Injectable()
export class AdminLoginService {
  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly devices: KnownDevices,
    private readonly hasher: PasswordHasher,
    private readonly guesses: GuessLimit,
    private readonly secondFactor: SecondFactor,
    private readonly gate: LoginGate,
    private readonly opener: LoginOpener,
  ) {}

  /** @throws ApiError ERR_LOGIN_REJECTED; ERR_RATE_LIMITED for a flood, or for an address that fails too often */
  async login({ name: typed, password, totp }: AdminLogin, from: LoginOrigin): Promise<LoggedIn> {
    this.hasher.refuseWhenFull()
    const name = typed.toLowerCase()
    const account = await this.accounts.findByName(name)
    const device = await this.devices.recognise(from.device, account?.id ?? NO_ID)
    if (device === undefined) this.guesses.refuseWhenSpent()
    const { address } = from
    const attempt = { account, address, keys: throttleKeysOf(name, address, device) }
    await this.gate.admit(attempt)

    const enabled = account !== null && account.disabledAt === null
    const stored = enabled ? account.passwordHash : null
    const judge = () => this.hasher.verify(password, stored)
    const right = await (device === undefined ? this.guesses.count(judge) : judge())
    const step = this.secondFactor.step(account, totp)
    const session =
      right && account && step !== null && (await this.opener.open(account, password, step, from))
    if (!session) return this.gate.refuse(attempt, 'credentials')

    if (device === undefined) this.guesses.giveBack()
    await this.gate.succeeded(attempt)
    return { account, session, device: await this.devices.issue(account.id, device) }
  }
}
