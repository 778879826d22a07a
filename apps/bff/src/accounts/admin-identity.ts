import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import type { FastifyRequest } from 'fastify'
import { CONFIG, type Config } from '../core/config/config.js'
import { ApiError } from '../core/errors/api-error.js'
import { Identities } from '../http/access/identities.js'
import { type AdminPrincipal, MACHINE, SERVER, setAdmin } from '../http/access/principals.js'
import { ABSOLUTE_MS, AdminSessions, csrfOf } from './admin-sessions.js'
import { AutomationTokens } from './automation-tokens.js'
import { readCookies } from './cookies.js'

/** Methods that change nothing: RFC 9110 9.2.1. */
const SAFE = new Set(['GET', 'HEAD'])

const OWN_TOKEN = { name: 'SEALCARD_ADMIN_TOKEN', endsAt: null }

/** Finds out which administrator calls. */
@Injectable()
export class AdminIdentity implements OnModuleInit {
  constructor(
    private readonly sessions: AdminSessions,
    private readonly tokens: AutomationTokens,
    private readonly identities: Identities,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.identities.register('administrator', async (request) => {
      const admin = await this.identify(request)
      setAdmin(request, admin)
      return admin.actor
    })
  }

  /**
   * A bearer token is meant, a cookie only comes along: with both the token counts, and a bad token is not made good by
   * a cookie.
   * @throws ApiError ERR_SESSION; ERR_FORBIDDEN for a cookie without its CSRF token
   */
  async identify(request: FastifyRequest): Promise<AdminPrincipal> {
    const { authorization = '' } = request.headers
    if (/^Bearer\b/i.test(authorization)) return this.#byToken(authorization, request.ip)
    return this.#byCookie(request)
  }

  async #byToken(authorization: string, address: string): Promise<AdminPrincipal> {
    const token = /^Bearer (\S{32,512})$/i.exec(authorization)?.[1]
    if (token === undefined) throw new ApiError('ERR_SESSION')
    const own = this.config.adminToken?.reveal()
    if (own !== undefined && equal(token, own)) {
      return { actor: MACHINE, role: 'admin', address, token: OWN_TOKEN }
    }
    const row = await this.tokens.find(token)
    if (!row) throw new ApiError('ERR_SESSION')
    const { id, role, name, expiresAt: endsAt } = row
    // It reaches `/v1/server` and nothing else.
    if (role === SERVER) throw new ApiError('ERR_FORBIDDEN')
    return { actor: `token:${id}`, role, address, token: { name, endsAt } }
  }

  async #byCookie(request: FastifyRequest): Promise<AdminPrincipal> {
    const { session: token = '' } = readCookies(request)
    const live = await this.sessions.find(token)
    if (!live) throw new ApiError('ERR_SESSION')
    const csrf = request.headers['x-csrf-token']
    if (!SAFE.has(request.method) && !(typeof csrf === 'string' && equal(csrf, csrfOf(token)))) {
      throw new ApiError('ERR_FORBIDDEN')
    }
    const { session, account } = live
    return {
      actor: `admin:${account.id}`,
      role: account.role,
      address: request.ip,
      login: {
        name: account.name,
        sessionId: session.id,
        accountId: account.id,
        enrolled: account.sealedTotp !== null,
        endsAt: session.createdAt + ABSOLUTE_MS,
      },
    }
  }
}
