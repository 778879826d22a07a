import { Inject, Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Bulkhead } from '../../core/concurrency/bulkhead.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError, OverloadedError } from '../../core/errors/api-error.js'
import { TIMERS, type Timers } from '../../core/ports/timers.js'
import { MINUTE } from '../../core/time.js'
import { Metrics } from '../../observability/metrics.js'
import { Identities } from '../access/identities.js'
import { optionsOf } from '../access/route-options.js'
import { wantsRawBody } from '../parsing/raw-body.js'

/** Passwords hashed at once: two take 256 MiB and half of libuv's threads; the other half keeps serving the database. */
export const HASHED_AT_ONCE = 2
/** Passwords that wait to be hashed. */
export const HASHES_WAITING = 20

/** Asked by machines that must get their answer while clients are being limited, and wait. */
export const OPERATIONS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Whether no limit and no bulkhead applies: to operations, and to callbacks. A platform sends the callbacks of all members
 * from few addresses. It takes a refusal for the answer, and repeats a callback only when it gets no answer (WeCom 90930:
 * network failures, timeouts). Forged callbacks have a limit of their own.
 * @param path of the request, or of its route
 */
export const isLimitExempt = (request: FastifyRequest, path: string): boolean =>
  OPERATIONS.has(path) || wantsRawBody(request)

/**
 * The bulkhead in which a request waits when more requests arrive than can run at once.
 * - `members`: what only needs the database.
 * - `openings`: openings of cards. They wait for the commit of their group and need no processor during the wait. A group
 *   is no larger than the bulkhead.
 * - `platform`: requests that wait for a platform. An outage there must not delay the others.
 * - `admin`: administrators, who must get through while other requests wait. They also hash passwords and read much.
 * - `guesses`: routes below `/v1/admin` that are open to anyone: logins and one-time tokens. This bulkhead has no queue.
 * Requests that are served at once have no bulkhead.
 */
type BulkheadName = 'members' | 'openings' | 'platform' | 'admin' | 'guesses'

/** `@Route(OPENS)` */
export const OPENS = { bulkhead: 'openings' } as const
/** `@Route(ASKS_PLATFORM)` */
export const ASKS_PLATFORM = { bulkhead: 'platform' } as const
/** `@Route(GUESSES)`: it may be a guesser of passwords. */
export const GUESSES = { bulkhead: 'guesses' } as const

/** Two of the largest groups: one is under way while the next one fills. */
const OPENINGS_AT_ONCE = 256
/** Each may wait for many seconds and needs no processor during the wait. */
const PLATFORM_AT_ONCE = 64
const ADMIN_AT_ONCE = 16
/** Further logins would find no place to hash a password. */
const GUESSES_AT_ONCE = HASHED_AT_ONCE + HASHES_WAITING
/** As long as a mini-program waits for an answer (`wx.request`, networkTimeout). */
const LONGEST_WAIT_MS = MINUTE
/** Seconds. What waits is done by then, or refused again. */
const RETRY_AFTER = 2
const RETRY_GUESS_AFTER = 5

/** Under overload, some requests wait for a limited time, and the others get 503 with Retry-After at once. */
@Injectable()
export class LoadShedding {
  readonly #bulkheads: Record<BulkheadName, Bulkhead>
  readonly #turnedAway
  readonly #turnedAwayOf = new Map<BulkheadName, number>()
  readonly #leave = new WeakMap<FastifyRequest, () => void>()

  constructor(
    @Inject(CONFIG) { limits }: Config,
    metrics: Metrics,
    private readonly identities: Identities,
    @Inject(TIMERS) timers: Timers,
  ) {
    const { requestsAtOnce, requestsWaiting } = limits
    const bulkhead = (atOnce: number, room = requestsWaiting) =>
      new Bulkhead(atOnce, room, { ms: LONGEST_WAIT_MS, timers })
    this.#bulkheads = {
      members: bulkhead(requestsAtOnce),
      openings: bulkhead(OPENINGS_AT_ONCE),
      platform: bulkhead(PLATFORM_AT_ONCE),
      admin: bulkhead(ADMIN_AT_ONCE),
      guesses: bulkhead(GUESSES_AT_ONCE, 0),
    }
    this.#turnedAway = metrics.counter(
      'sealcard_http_turned_away_total',
      'Requests refused with 503 because too many were waiting, or they waited too long',
      ['lane'],
    )
    metrics.gauge('sealcard_http_waiting', 'Requests that wait for their turn', ['lane'], (set) => {
      for (const [name, { waiting }] of Object.entries(this.#bulkheads))
        set({ lane: name }, waiting)
    })
  }

  /** How many wait now, and how many were turned away since the start of the process. */
  get queues(): { name: string; waiting: number; turnedAway: number }[] {
    return (Object.keys(this.#bulkheads) as BulkheadName[]).map((name) => ({
      name,
      waiting: this.#bulkheads[name].waiting,
      turnedAway: this.#turnedAwayOf.get(name) ?? 0,
    }))
  }

  /** The service ends before their turn would come. */
  turnAwayWaiting(): void {
    for (const bulkhead of Object.values(this.#bulkheads)) bulkhead.rejectWaiting()
  }

  addHooks(fastify: FastifyInstance): void {
    // What will be refused is refused before its body is read.
    fastify.addHook('onRequest', (request, _reply, done) => {
      const name = bulkheadOf(request)
      if (name && !this.#bulkheads[name].hasRoom(this.identities.arrivalOf(request)))
        throw this.#overloaded(name)
      done()
    })
    // After the body was read: a client that sends slowly takes no place.
    fastify.addHook('preHandler', (request, reply, done) => {
      const name = bulkheadOf(request)
      if (!name) {
        done()
        return
      }
      this.#enter(name, request, reply).then(() => done(), done)
    })
    fastify.addHook('onSend', (request, _reply, _payload, done) => {
      this.#leave.get(request)?.()
      done()
    })
  }

  async #enter(name: BulkheadName, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const arrival = this.identities.arrivalOf(request)
    if (!this.#bulkheads[name].isFree(arrival)) this.identities.age(request)
    const leave = await this.#bulkheads[name].enter(arrival).catch(() => {
      throw this.#overloaded(name)
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

  #overloaded(name: BulkheadName): ApiError {
    this.#turnedAway.inc({ lane: name })
    this.#turnedAwayOf.set(name, (this.#turnedAwayOf.get(name) ?? 0) + 1)
    if (name !== 'guesses') return new OverloadedError(RETRY_AFTER)
    return new ApiError('ERR_RATE_LIMITED', { retryAfter: RETRY_GUESS_AFTER })
  }
}

const bulkheadOf = (request: FastifyRequest): BulkheadName | undefined => {
  const { url = '' } = request.routeOptions
  if (isLimitExempt(request, url)) return undefined
  const { bulkhead, identity } = optionsOf(request)
  if (bulkhead) return bulkhead
  if (identity === 'administrator') return 'admin'
  return url.startsWith('/v1/admin') ? 'guesses' : 'members'
}
