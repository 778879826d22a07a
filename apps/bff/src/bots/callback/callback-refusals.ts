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
import { RefusalJournal } from './refusal-journal.js'

/** False ones from an address in a minute whose bodies were read. */
const FALSE_ONES = 100
/** To refuse these costs nothing. */
const UNREAD: readonly Cause[] = ['query', 'time', 'address']
/** To look at such a body costs no more than to refuse it; the platform's are rarely longer. */
const SHORT_BYTES = 8192

/** Every callback that is not authentic is refused here: 403, empty. */
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
   * What is false by its query is refused before its body is read. So is a long body from an address that sent many false
   * callbacks. A short one is always looked at: the platform's may come by the same address, through a proxy that is not
   * `trustedProxies`, and a stranger must not keep them out.
   */
  mayRead(request: FastifyRequest, reply: FastifyReply): boolean {
    const judged = this.verifier.judgeQuery(request.raw.url ?? '')
    if ('refused' in judged) return this.#not(request, reply, judged)
    if (!isShort(request) && !this.#false.hasRoom(addressKey(request.ip)))
      return this.#not(request, reply, { refused: 'address' })
    return true
  }

  unreadable(request: FastifyRequest, reply: FastifyReply): void {
    this.refuse(request, reply, { refused: 'body' })
  }

  refuse(request: FastifyRequest, reply: FastifyReply, why: Refused): void {
    const { botId = '' } = request.params as { botId?: string }
    if (!UNREAD.includes(why.refused)) this.#false.take(addressKey(request.ip))
    this.metrics.callback(botId, 'refused')
    this.journal.tell(botId, why)
    void reply.code(403).send()
  }

  #not(request: FastifyRequest, reply: FastifyReply, why: Refused): false {
    this.refuse(request, reply, why)
    return false
  }
}

/** A verification has no body. One that does not say how long it is may be long. */
const isShort = ({ method, headers }: FastifyRequest): boolean => {
  const length = headers['content-length'] ?? (method === 'GET' ? 0 : Infinity)
  return headers['transfer-encoding'] === undefined && Number(length) <= SHORT_BYTES
}
