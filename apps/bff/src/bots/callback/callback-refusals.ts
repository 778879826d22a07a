import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { FixedWindow } from '../../http/limits/fixed-window.js'
import { addressKey } from '../../core/net/address.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'
import { RawBodies, type RawBodyJudge } from '../../http/parsing/raw-body.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import type { Cause, Refused } from '../registry/cause.js'
import { CallbackVerifier } from './callback-verifier.js'
import { RefusalJournal } from './callback-journals.js'

/** False callbacks of one address in a minute whose bodies the service reads. */
const FALSE_ONES = 100
/** The service refuses these without reading a body. */
const UNREAD: readonly Cause[] = ['query', 'time', 'address']
/** Reading such a body costs no more than a refusal. The platform's bodies are rarely longer. */
const SHORT_BYTES = 8192

/** Refuses every callback that is not authentic: 403, empty. */
@Injectable()
export class CallbackRefusals implements RawBodyJudge, OnModuleInit {
  readonly #false: FixedWindow

  constructor(
    private readonly verifier: CallbackVerifier,
    private readonly metrics: BotMetrics,
    private readonly journal: RefusalJournal,
    private readonly rawBodies: RawBodies,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#false = new FixedWindow(clock, FALSE_ONES, MINUTE)
  }

  onModuleInit(): void {
    this.rawBodies.judge = this
  }

  /**
   * Refuses a callback with a false query before it reads the body. Also refuses a long body from an address that sent many
   * false callbacks. It reads every short body. The platform and a stranger have one address behind a proxy that
   * `trustedProxies` does not name. The stranger must not lock the platform out.
   */
  mayRead(request: FastifyRequest, reply: FastifyReply): boolean {
    const verdict = this.verifier.judgeQuery(request.raw.url ?? '')
    if ('refused' in verdict) return this.#not(request, reply, verdict)
    if (!isShort(request) && !this.#false.hasRoom(addressKey(request.ip)))
      return this.#not(request, reply, { refused: 'address' })
    return true
  }

  refuseUnreadable(request: FastifyRequest, reply: FastifyReply): void {
    this.refuse(request, reply, { refused: 'body' })
  }

  refuse(request: FastifyRequest, reply: FastifyReply, why: Refused): void {
    const { botId = '' } = request.params as { botId?: string }
    if (!UNREAD.includes(why.refused)) this.#false.take(addressKey(request.ip))
    this.metrics.callback(botId, 'refused')
    this.journal.record(botId, why)
    void reply.code(403).send()
  }

  #not(request: FastifyRequest, reply: FastifyReply, why: Refused): false {
    this.refuse(request, reply, why)
    return false
  }
}

/** The verification of a URL has no body. A body without a length counts as long. */
const isShort = ({ method, headers }: FastifyRequest): boolean => {
  const length = headers['content-length'] ?? (method === 'GET' ? 0 : Infinity)
  return headers['transfer-encoding'] === undefined && Number(length) <= SHORT_BYTES
}
