import { Inject, Injectable } from '@nestjs/common'
import type { CreateSession, Session } from '@sealcard/protocol'
import { AuditLog } from '../../audit/audit-log.js'
import type { AppConfig } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { wireTime } from '../../core/time.js'
import type { Principal, SessionKind } from '../../http/access/principals.js'
import { AddressLimits } from '../../http/limits/address-limits.js'
import { LoginRejected } from '../../platforms/calls/platform-error.js'
import type { ExchangedCode } from '../../platforms/registry/platform.js'
import { Apps, PlatformClients } from '../../platforms/registry/platforms.js'
import { LoginGroups } from './login-groups.js'
import { SESSION_MS, tokenHash } from './session.entity.js'
import { SessionRepository } from './session.repository.js'
import { ViewerRepository } from './viewer.repository.js'

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
   * @throws ApiError ERR_NOT_FOUND (app), ERR_FORBIDDEN, ERR_RATE_LIMITED; LoginRejected; PlatformError, PlatformUnreachable
   */
  async exchange({ app: appId, code }: CreateSession, ip: string): Promise<ExchangedLogin> {
    const app = this.apps.find(appId)
    // Many people may share an address: an app that does not exist costs them no login.
    if (!app) throw new ApiError('ERR_NOT_FOUND')
    // The adopter's back-end exchanges the code. A second exchange would spoil its session key.
    if (app.login === 'server') throw new ApiError('ERR_FORBIDDEN')
    const noLogin = this.limits.login(ip)
    try {
      return { app, ...(await this.platforms.of(app).exchangeCode(app, code)) }
    } catch (error) {
      if (!(error instanceof LoginRejected)) noLogin()
      throw error
    }
  }
}

/** Who logs in, and how. */
export interface Login {
  readonly app: AppConfig
  /** The platform's name for the person. */
  readonly viewerKey: string
  readonly kind: SessionKind
  /** The platform's, of a mini-program: a page has none. */
  readonly sessionKey?: string
  /** Who handed the login over, for the audit. */
  readonly by?: string
}

/** Begins the session of a person whom the platform named. */
@Injectable()
export class SessionStart {
  constructor(
    private readonly groups: LoginGroups,
    private readonly viewers: ViewerRepository,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @throws ApiError ERR_RATE_LIMITED; ERR_LOGIN_REJECTED for a person whom an administrator blocked */
  async begin({ app, viewerKey, kind, sessionKey, by }: Login): Promise<Session> {
    const viewerId = await this.viewers.idOf(app, viewerKey)
    const token = this.random.bytes(32).toString('base64url')
    const { at, retryAfter, blocked } = await this.groups.start({
      viewerId,
      appId: app.id,
      tokenHash: tokenHash(kind, token),
      ...(sessionKey !== undefined && { sessionKey }),
      ...(by !== undefined && { by }),
    })
    if (blocked) throw new ApiError('ERR_LOGIN_REJECTED')
    if (retryAfter > 0) throw new ApiError('ERR_RATE_LIMITED', { retryAfter })
    return { token, expiresAt: wireTime(at + SESSION_MS), viewer: { id: viewerId } }
  }
}

@Injectable()
export class SessionService {
  constructor(
    private readonly logins: LoginExchange,
    private readonly starts: SessionStart,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param ip the caller's address
   * @throws ApiError ERR_NOT_FOUND (app), ERR_RATE_LIMITED; LoginRejected; PlatformError, PlatformUnreachable
   */
  async open(login: CreateSession, ip: string): Promise<Session> {
    return this.starts.begin({ ...(await this.logins.exchange(login, ip)), kind: 'app' })
  }

  async end({ sessionId, viewerId }: Pick<Principal, 'sessionId' | 'viewerId'>): Promise<void> {
    await this.audit.transact(async ({ manager, record }) => {
      if (await this.sessions.end(manager, sessionId)) {
        record({ kind: 'session.end', actor: viewerId, subject: sessionId, decision: 'done' })
      }
    })
  }
}
