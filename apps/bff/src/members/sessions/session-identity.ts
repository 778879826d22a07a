import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError } from '../../core/errors/api-error.js'
import { networkOf } from '../../core/net/address.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Identities } from '../../http/access/identities.js'
import { type Principal, setPrincipal } from '../../http/access/principals.js'
import { Apps } from '../../platforms/registry/platforms.js'
import { isLive, SessionRepository } from './session.repository.js'

/** The member of a live session. No token, unknown, expired, ended, an app no longer configured: all ERR_SESSION. */
@Injectable()
export class SessionIdentity implements OnModuleInit {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly apps: Apps,
    private readonly identities: Identities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.identities.register('member', async (request) => (await this.#admit(request)).viewerId)
  }

  async #admit(request: FastifyRequest): Promise<Principal> {
    const principal = await this.authenticate(request.headers.authorization)
    setPrincipal(request, { ...principal, network: networkOf(request.ip) })
    return principal
  }

  /** @param authorization the header @throws ApiError ERR_SESSION */
  async authenticate(authorization = ''): Promise<Principal> {
    const token = /^Bearer ([\w-]{43})$/i.exec(authorization)?.[1]
    if (token === undefined) throw new ApiError('ERR_SESSION')
    const session = await this.sessions.findByToken(sha256(token, 'base64url'))
    if (!isLive(session, this.clock.now())) throw new ApiError('ERR_SESSION')
    const app = this.apps.find(session.appId)
    if (!app) throw new ApiError('ERR_SESSION')
    return { sessionId: session.id, viewerId: session.viewerId, app }
  }
}
