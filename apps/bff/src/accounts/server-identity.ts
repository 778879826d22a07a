import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import type { FastifyRequest } from 'fastify'
import { CONFIG, type Config } from '../core/config/config.js'
import { ApiError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { MINUTE } from '../core/time.js'
import { Identities } from '../http/access/identities.js'
import { SERVER, type ServerPrincipal, setServer } from '../http/access/principals.js'
import { FixedWindow } from '../http/limits/fixed-window.js'
import { Apps } from '../platforms/registry/platforms.js'
import { AutomationTokens } from './automation-tokens.js'

/**
 * The adopter's server that calls, by a token of the role `server`. Every other token is refused: SEALCARD_ADMIN_TOKEN
 * and automation tokens of administrators with ERR_FORBIDDEN, all others with ERR_SESSION.
 */
@Injectable()
export class ServerIdentity implements OnModuleInit {
  readonly #requests: FixedWindow
  /** The guard asks a second time about a request with a body. It counts once. */
  readonly #counted = new WeakSet<FastifyRequest>()

  constructor(
    private readonly tokens: AutomationTokens,
    private readonly identities: Identities,
    private readonly apps: Apps,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) clock: Clock,
  ) {
    const { serverRequestsPerTokenPerMinute } = config.limits
    this.#requests = new FixedWindow(clock, serverRequestsPerTokenPerMinute, MINUTE)
  }

  onModuleInit(): void {
    this.identities.register(SERVER, async (request) => {
      const server = await this.#identify(request)
      this.#count(request, server)
      setServer(request, server)
      return server.actor
    })
  }

  /** @throws ApiError ERR_SESSION, ERR_FORBIDDEN */
  async #identify({ headers: { authorization = '' } }: FastifyRequest): Promise<ServerPrincipal> {
    const token = /^Bearer (\S{32,512})$/i.exec(authorization)?.[1]
    if (token === undefined) throw new ApiError('ERR_SESSION')
    const own = this.config.adminToken?.reveal()
    if (own !== undefined && equal(token, own)) throw new ApiError('ERR_FORBIDDEN')
    const row = await this.tokens.find(token)
    if (!row) throw new ApiError('ERR_SESSION')
    if (row.role !== SERVER) throw new ApiError('ERR_FORBIDDEN')
    const app = this.apps.find(row.appId ?? '')
    // The app left the configuration.
    if (!app) throw new ApiError('ERR_SESSION')
    return { actor: `token:${row.id}`, app }
  }

  #count(request: FastifyRequest, { actor }: ServerPrincipal): void {
    if (this.#counted.has(request)) return
    this.#counted.add(request)
    const retryAfter = this.#requests.take(actor)
    if (retryAfter > 0) throw new ApiError('ERR_RATE_LIMITED', { retryAfter })
  }
}
