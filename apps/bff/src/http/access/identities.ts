import { Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Arrival } from '../../core/concurrency/bulkhead.js'
import { ApiError } from '../../core/errors/api-error.js'
import { addressKey } from '../../core/net/address.js'
import { optionsOf, type RouteOptions } from './route-options.js'

/** Identifies the caller. @returns a name that no other caller has @throws ApiError for an unknown caller */
export type Identify = (request: FastifyRequest) => Promise<string>

type Kind = NonNullable<RouteOptions['identity']>

/** Of one person at once: a page of a mini-program asks for less. */
const PERSON_AT_ONCE = 4

/**
 * Identifies the caller before the body is read and before the request waits for a turn. So a stranger's body is never
 * parsed, and a stranger takes no place from known callers. A guard identifies the caller again if the request waited
 * for its body or its turn: a session may have ended. A route with `checksSession` sees that by itself.
 */
@Injectable()
export class Identities {
  readonly #finders = new Map<Kind, Identify>()
  readonly #names = new WeakMap<FastifyRequest, string>()
  readonly #justFound = new WeakSet<FastifyRequest>()

  /** The guard of each kind of route registers how. */
  register(kind: Kind, identify: Identify): void {
    this.#finders.set(kind, identify)
  }

  /** Identifies the caller now. @throws ApiError for an unknown caller; TypeError for a kind that no layer registered */
  async ask(kind: Kind, request: FastifyRequest): Promise<string> {
    const identify = this.#finders.get(kind)
    if (!identify) throw new TypeError(`no layer registered how to identify: ${kind}`)
    return identify(request)
  }

  addHooks(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, _reply, done) => {
      // Whatever is sent to nowhere is not read.
      if (request.is404) throw new ApiError('ERR_NOT_FOUND')
      const { identity } = optionsOf(request)
      if (identity === undefined) done()
      else this.#find(identity, request).then(() => done(), done)
    })
  }

  async #find(identity: Kind, request: FastifyRequest): Promise<void> {
    this.#names.set(request, `${identity}:${await this.ask(identity, request)}`)
    if (!hasBody(request)) this.#justFound.add(request)
  }

  /** Nothing was waited for since, or the route looks at the session itself: a guard need not look again. */
  isJustFound(request: FastifyRequest): boolean {
    return this.#justFound.has(request) || optionsOf(request).checksSession === true
  }

  /** It had to wait. */
  age(request: FastifyRequest): void {
    this.#justFound.delete(request)
  }

  /** Known callers have turns of their own. All others share the turns of their address with its other users. */
  arrivalOf(request: FastifyRequest): Arrival {
    const name = this.#names.get(request)
    if (name === undefined) return { key: addressKey(request.ip), most: Infinity }
    return { key: name, most: name.startsWith('member:') ? PERSON_AT_ONCE : Infinity }
  }
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
