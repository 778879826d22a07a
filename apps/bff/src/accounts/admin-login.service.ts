import { Inject, Injectable } from '@nestjs/common'
import type { AdminLogin } from '@sealcard/protocol'
import { IsNull, LessThan } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { ApiError } from '../core/errors/api-error.js'
import { NO_ID } from '../core/ids.js'
import { addressKey } from '../core/net/address.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import { reasonFrom } from './admin-audit-entry.js'
import { AdminSessions, type OpenedSession } from './admin-sessions.js'
import { GuessLimit } from './guess-limit.js'
import { KnownDevices } from './known-devices.js'
import { LoginJournal, type RefusedLogin } from './login-journal.js'
import { type ThrottleKey, LoginThrottle } from './login-throttle.js'
import { PasswordHasher } from './password-hasher.js'
import { newTotpSecret, totpStep } from './totp.js'

/** Whence a login comes. */
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
 * Name, password and second factor, judged together: an unknown name, a disabled account, a wrong password, a wrong or
 * missing code and a name that is blocked get one answer.
 */
@Injectable()
export class AdminLoginService {
  /** In the place of a second factor that is not there. */
  readonly #nobody: string

  constructor(
    private readonly accounts: AdminAccountsRepository,
    private readonly sessions: AdminSessions,
    private readonly lanes: LoginThrottle,
    private readonly devices: KnownDevices,
    private readonly hasher: PasswordHasher,
    private readonly guesses: GuessLimit,
    private readonly journal: LoginJournal,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    this.#nobody = accounts.seal(NO_ID, 'totp', newTotpSecret(random))
  }

  /** @throws ApiError ERR_LOGIN_REJECTED; ERR_RATE_LIMITED for a flood, or for an address that fails too often */
  async login({ name: typed, password, totp }: AdminLogin, from: LoginOrigin): Promise<LoggedIn> {
    this.hasher.refuseWhenFull()
    const name = typed.toLowerCase()
    const account = await this.accounts.findByName(name)
    const device = await this.devices.recognise(from.device, account?.id ?? NO_ID)
    if (device === undefined) this.guesses.refuseWhenSpent()
    const lanes = lanesOf(name, from.address, device)
    await this.#admit(lanes, account, from.address)

    const enabled = account !== null && account.disabledAt === null
    const stored = enabled ? account.passwordHash : null
    const judge = () => this.hasher.verify(password, stored)
    const right = await (device === undefined ? this.guesses.count(judge) : judge())
    const step = this.#step(account, totp)
    const loggedIn =
      right && account && step !== null && (await this.#open(account, password, step, from))
    if (!loggedIn) return this.#refuse(account, from.address, 'credentials')

    if (device === undefined) this.guesses.giveBack()
    for (const lane of lanes) {
      await (lane.kind === 'address' ? this.lanes.refund(lane) : this.lanes.clear(lane))
    }
    return { account, session: loggedIn, device: await this.devices.issue(account.id, device) }
  }

  /** Whoever comes too early is turned away before anything is written: a flood fills no table. */
  async #admit(lanes: readonly ThrottleKey[], account: AdminAccountEntity | null, address: string) {
    for (const lane of lanes) await this.#mind(await this.lanes.wait(lane), lane, account, address)
    for (const lane of lanes) await this.#mind(await this.lanes.take(lane), lane, account, address)
  }

  async #mind(
    wait: number,
    lane: ThrottleKey,
    account: AdminAccountEntity | null,
    address: string,
  ) {
    if (wait === 0) return
    if (lane.kind === 'address') {
      await this.#note(account, address, 'blocked_address')
      throw new ApiError('ERR_RATE_LIMITED', { retryAfter: wait / 1000 })
    }
    await this.#refuse(account, address, lane.kind === 'device' ? 'blocked_device' : 'blocked_name')
  }

  async #refuse(
    account: AdminAccountEntity | null,
    address: string,
    why: RefusedLogin['why'],
  ): Promise<never> {
    await this.#note(account, address, why)
    throw new ApiError('ERR_LOGIN_REJECTED')
  }

  #note(account: AdminAccountEntity | null, address: string, why: RefusedLogin['why']) {
    return this.journal.refused({ accountId: account?.id, address, why })
  }

  /**
   * The step to be used up; 0 when the account has no second factor yet; null for a wrong code, or none. Where there is
   * no secret, one that is nobody's is opened and compared.
   */
  #step(account: AdminAccountEntity | null, code = ''): number | null {
    const sealed = account?.sealedTotp ?? null
    const [row, envelope] = account && sealed ? [account.id, sealed] : [NO_ID, this.#nobody]
    const step = totpStep(this.accounts.unseal(row, 'totp', envelope), code, this.clock.now())
    if (sealed !== null) return step
    return account === null ? null : 0
  }

  /**
   * What was judged must still hold when the login is written, in one update: not disabled, the same password, the
   * code not used by somebody else at the same moment.
   */
  async #open(account: AdminAccountEntity, password: string, step: number, from: LoginOrigin) {
    const { id, passwordHash, sealedTotp } = account
    if (passwordHash === null) return null
    const anew = this.hasher.outdated(passwordHash)
      ? { passwordHash: await this.hasher.hash(password) }
      : {}
    const before = await this.sessions.find(from.session)
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
      if (before) await this.sessions.end(manager, before.session.id)
      const session = await this.sessions.open(manager, id)
      const reason = reasonFrom(from.address)
      record({
        kind: 'admin.login',
        actor: `admin:${id}`,
        subject: session.id,
        decision: 'done',
        reason,
      })
      return session
    })
  }
}

/** A browser that logged in before is counted by itself, everything else by name and by address. */
const lanesOf = (
  name: string,
  address: string,
  device: string | undefined,
): readonly ThrottleKey[] =>
  device === undefined
    ? [
        { kind: 'address', value: addressKey(address) },
        { kind: 'name', value: name },
      ]
    : [{ kind: 'device', value: device }]
