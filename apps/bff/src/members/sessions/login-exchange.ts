import { Injectable } from '@nestjs/common'
import type { CreateSession } from '@sealcard/protocol'
import type { AppConfig } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { AddressLimits } from '../../http/limits/address-limits.js'
import { Apps, PlatformClients } from '../../platforms/registry/platforms.js'
import { LoginRejected } from '../../platforms/calls/platform-error.js'
import type { ExchangedCode } from '../../platforms/registry/platform.js'

/** Who logged in, as the platform says. */
export interface ExchangedLogin extends ExchangedCode {
  readonly app: AppConfig
}

/** Asks the platform whose login a code is, as often as the caller's address may. */
@Injectable()
export class LoginExchange {
  constructor(
    private readonly apps: Apps,
    private readonly platforms: PlatformClients,
    private readonly limits: AddressLimits,
  ) {}

  /**
   * @param ip the caller's address
   * @throws ApiError ERR_NOT_FOUND (app), ERR_RATE_LIMITED; LoginRejected; PlatformError, PlatformUnreachable
   */
  async exchange({ app: appId, code }: CreateSession, ip: string): Promise<ExchangedLogin> {
    const app = this.apps.find(appId)
    // Many people may share an address: an app that does not exist costs them no login.
    if (!app) throw new ApiError('ERR_NOT_FOUND')
    const noLogin = this.limits.login(ip)
    try {
      return { app, ...(await this.platforms.of(app).exchangeCode(app, code)) }
    } catch (error) {
      if (!(error instanceof LoginRejected)) noLogin()
      throw error
    }
  }
}
