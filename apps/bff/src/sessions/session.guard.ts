import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Apps } from '../apps/apps.service.js'
import { ApiError } from '../http/api-error.js'
import { networkOf } from '../limits/network.js'
import { CLOCK, type Clock } from '../ports/clock.js'
import { sha256 } from '../vault/digest.js'
import { type Principal, setPrincipal } from './principal.js'
import { isLive, SessionRepository } from './session.repository.js'

/** Lets a live session through. No token, unknown, expired, ended, an app no longer configured: all ERR_SESSION. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly apps: Apps,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const principal = await this.authenticate(request.headers.authorization)
    setPrincipal(request, { ...principal, network: networkOf(request.ip) })
    return true
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
