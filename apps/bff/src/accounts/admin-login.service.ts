import { Injectable } from '@nestjs/common'
import type { AdminLogin } from '@sealcard/protocol'
import { NO_ID } from '../core/ids.js'
import type { AdminAccountEntity } from './admin-account.entity.js'
import { AdminAccountsRepository } from './admin-accounts.repository.js'
import type { OpenedSession } from './admin-sessions.js'
import { GuessLimit } from './guess-limit.js'
import { KnownDevices } from './known-devices.js'
import { LoginGate, throttleKeysOf } from './login-gate.js'
import { LoginOpener } from './login-opener.js'
import { PasswordHasher } from './password-hasher.js'
import { SecondFactor } from './second-factor.js'

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
