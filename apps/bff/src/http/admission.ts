import { Inject, Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONFIG, type Config } from '../config/config.js'
import { Lane } from '../limits/lane.js'
import { Metrics } from '../operations/metrics.js'
import { ApiError } from './api-error.js'

/**
 * Where a request waits when more comes than can be done at once.
 * - `members`: what only needs the database.
 * - `platform`: what waits for a platform. An outage there may not hold up those who need none.
 * - `admin`: administrators, who must get through while everybody else waits. They also hash passwords and read much.
 * - `none`: nowhere. Answered from memory; asked by those who decide whether we are alive; or a callback of a platform,
 *   which takes a refusal for the answer and asks again only when there is none (WeCom 90930: network failures, timeouts).
 */
type LaneName = 'members' | 'platform' | 'admin'

/** `@RouteConfig(ASKS_PLATFORM)` */
export const ASKS_PLATFORM = { lane: 'platform' } as const
/** `@RouteConfig(AT_ONCE)` */
export const AT_ONCE = { lane: 'none' } as const

/** Each waits for up to nine seconds and needs no processor meanwhile. */
const PLATFORM_AT_ONCE = 64
const ADMIN_AT_ONCE = 16
/** Seconds. What waits is done by then, or refused again. */
const RETRY_AFTER = 2

/** Under more load than this process can bear, some wait and some are told to come again; nobody waits without end. */
@Injectable()
export class Admission {
  readonly #lanes: Record<LaneName, Lane>
  readonly #turnedAway
  readonly #leave = new WeakMap<FastifyRequest, () => void>()

  constructor(@Inject(CONFIG) { limits }: Config, metrics: Metrics) {
    const { requestsAtOnce, requestsWaiting } = limits
    this.#lanes = {
      members: new Lane(requestsAtOnce, requestsWaiting),
      platform: new Lane(PLATFORM_AT_ONCE, requestsWaiting),
      admin: new Lane(ADMIN_AT_ONCE, requestsWaiting),
    }
    this.#turnedAway = metrics.counter(
      'sealcard_http_turned_away_total',
      'Requests answered 503 because too many were waiting',
      ['lane'],
    )
    metrics.gauge('sealcard_http_waiting', 'Requests that wait for their turn', ['lane'], (set) => {
      for (const [lane, { waiting }] of Object.entries(this.#lanes)) set({ lane }, waiting)
    })
  }

  addHooks(fastify: FastifyInstance): void {
    // What will be refused is refused before its body is read.
    fastify.addHook('onRequest', async (request) => {
      const name = laneOf(request)
      if (name && this.#lanes[name].full) throw this.#refuse(name)
    })
    // After the body was read: whoever sends slowly has no place in the lane meanwhile.
    fastify.addHook('preHandler', (request, reply) => this.#enter(request, reply))
    fastify.addHook('onSend', async (request) => this.#leave.get(request)?.())
  }

  async #enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const name = laneOf(request)
    if (!name) return
    const leave = await this.#lanes[name].enter().catch((cause: unknown) => {
      throw this.#refuse(name, cause)
    })
    // Gone while it waited: nothing is begun for it.
    if (reply.raw.destroyed) {
      leave()
      reply.hijack()
      return
    }
    this.#leave.set(request, leave)
    // A reply that is never sent, because its client went away, gives its place back too.
    reply.raw.once('close', leave)
  }

  #refuse(lane: LaneName, cause?: unknown): ApiError {
    this.#turnedAway.inc({ lane })
    return new ApiError('ERR_STORAGE_UNAVAILABLE', { retryAfter: RETRY_AFTER, cause })
  }
}

function laneOf({ routeOptions: { config, url = '' } }: FastifyRequest): LaneName | undefined {
  const standard = url.startsWith('/v1/admin') ? 'admin' : 'members'
  const { lane = standard } = (config ?? {}) as { lane?: LaneName | 'none' }
  return lane === 'none' ? undefined : lane
}
