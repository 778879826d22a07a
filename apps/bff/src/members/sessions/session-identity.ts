import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors/api-error.js'
import { networkOf } from '../../core/net/address.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Identities } from '../../http/access/identities.js'
import { type Principal, type SessionKind, setPrincipal } from '../../http/access/principals.js'
import { Apps, Platforms } from '../../platforms/registry/platforms.js'
import { tokenHash } from './session.entity.js'
import { isLive, SessionRepository } from './session.repository.js'
import { pageToken } from './web-cookies.js'

/**
 * What a page of another origin cannot send with our cookie: a header of its own is not let out, and a browser writes
 * `Origin` itself.
 */
const PAGE_HEADER = 'x-sealcard'

/** The member of a live session. No token, unknown, expired, ended, an app no longer configured: all ERR_SESSION. */
@Injectable()
export class SessionIdentity implements OnModuleInit {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly apps: Apps,
    private readonly platforms: Platforms,
    private readonly identities: Identities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.identities.register('member', async (request) => (await this.#admit(request)).viewerId)
  }

  async #admit(request: FastifyRequest): Promise<Principal> {
    const { authorization } = request.headers
    const cookie = authorization === undefined ? pageToken(request) : undefined
    const principal =
      cookie === undefined
        ? await this.authenticate(authorization)
        : await this.#ofPage(request, cookie)
    setPrincipal(request, { ...principal, network: networkOf(request.ip) })
    return principal
  }

  /** @param authorization the header @throws ApiError ERR_SESSION */
  async authenticate(authorization = ''): Promise<Principal> {
    const token = /^Bearer ([\w-]{43})$/i.exec(authorization)?.[1]
    if (token === undefined) throw new ApiError('ERR_SESSION')
    return this.find('app', token)
  }

  /** @throws ApiError ERR_SESSION, also for a token of the other kind */
  async find(kind: SessionKind, token: string): Promise<Principal> {
    const session = await this.sessions.findByToken(tokenHash(kind, token))
    if (!isLive(session, this.clock.now())) throw new ApiError('ERR_SESSION')
    const app = this.apps.find(session.appId)
    if (!app) throw new ApiError('ERR_SESSION')
    const { id: sessionId, viewerId, expiresAt } = session
    return { sessionId, viewerId, app, kind, expiresAt }
  }

  /** A browser sends the cookie along with whatever any page makes it send. @throws ApiError ERR_SESSION, ERR_FORBIDDEN */
  async #ofPage(request: FastifyRequest, token: string): Promise<Principal> {
    if (request.headers[PAGE_HEADER] !== '1') throw new ApiError('ERR_FORBIDDEN')
    const principal = await this.find('web', token)
    const { app } = principal
    // The block may have left the configuration since.
    const settings = this.platforms.of(app).web?.settingsOf(app)
    if (!settings) throw new ApiError('ERR_SESSION')
    const { origin } = request.headers
    const absent = origin === undefined && request.method === 'GET'
    if (!absent && origin !== settings.origin) throw new ApiError('ERR_FORBIDDEN')
    return principal
  }
}
