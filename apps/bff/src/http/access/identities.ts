import { Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Arrival } from '../../core/concurrency/bulkhead.js'
import { ApiError } from '../../core/errors/api-error.js'
import { addressKey } from '../../core/net/address.js'
import { optionsOf, type RouteOptions } from './route-options.js'

/** Finds out who asks. @returns a name that is theirs alone @throws ApiError when it is nobody */
export type Identify = (request: FastifyRequest) => Promise<string>

type Kind = NonNullable<RouteOptions['identity']>

/** Of one person at once: a page of a mini-program asks for less. */
const PERSON_AT_ONCE = 4

/**
 * Who asks, found out before the body is read and before anybody waits: a stranger has no body parsed, and stands in no
 * line of those who are known. A guard looks again where there was something to wait for: a session may have ended.
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

  /** Finds out who it is now. @throws ApiError when it is nobody; TypeError for a kind that no layer registered */
  async ask(kind: Kind, request: FastifyRequest): Promise<string> {
    const identify = this.#finders.get(kind)
    if (!identify) throw new TypeError(`nobody knows who a ${kind} is`)
    return identify(request)
  }

  addHooks(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async (request) => {
      // Whatever is sent to nowhere is not read.
      if (request.is404) throw new ApiError('ERR_NOT_FOUND')
      const { identity } = optionsOf(request)
      if (identity === undefined) return
      this.#names.set(request, `${identity}:${await this.ask(identity, request)}`)
      if (!hasBody(request)) this.#justFound.add(request)
    })
  }

  /** Nothing was waited for since: a guard need not look again. */
  isJustFound(request: FastifyRequest): boolean {
    return this.#justFound.has(request)
  }

  /** It had to wait. */
  age(request: FastifyRequest): void {
    this.#justFound.delete(request)
  }

  /** Those who are known have turns of their own; everybody else those of their address, which many may share. */
  arrivalOf(request: FastifyRequest): Arrival {
    const name = this.#names.get(request)
    if (name === undefined) return { key: addressKey(request.ip), most: Infinity }
    return { key: name, most: name.startsWith('member:') ? PERSON_AT_ONCE : Infinity }
  }
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
