import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { WebhookMessage } from '@sealcard/protocol'
import { Webhook as Signer } from 'standardwebhooks'
import { request } from 'undici'
import { withDeadline } from '../../core/concurrency/deadline.js'
import type { Secret } from '../../core/config/secret.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { HOUR } from '../../core/time.js'
import type { Webhook } from '../webhook.js'
import { type Failure, failureOf, failureOfStatus, REQUEST_MS, timedOut } from './failure.js'
import { type Resolver, RESOLVER, WebhookWays } from './ways.js'

/** Of an answer's body, which the service does not use. It closes the connection of a longer one. */
const MAX_ANSWER_BYTES = 16_384
/** The longest wait that a receiver may ask for, ms. */
const LONGEST_ASKED_MS = HOUR

export interface Sent {
  /** Null: no answer. */
  readonly status: number | null
  /** From the request to the answer. */
  readonly ms: number
  /** Absent: it arrived. */
  readonly failure?: Failure
  /** How long the receiver asks us to wait, ms. */
  readonly retryAfterMs?: number
}

/** Sends one message to one webhook, signed by the Standard Webhooks specification. */
@Injectable()
export class WebhookSender implements OnApplicationShutdown {
  readonly #ways: WebhookWays

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMERS) private readonly timers: Timers,
    @Inject(RESOLVER) resolver: Resolver,
  ) {
    this.#ways = new WebhookWays(resolver)
  }

  /** @param id the same at every try; never throws */
  async send(
    webhook: Webhook,
    id: string,
    message: WebhookMessage,
    stopped?: AbortSignal,
  ): Promise<Sent> {
    const began = this.clock.now()
    const ms = () => Math.max(0, this.clock.now() - began)
    const late = new AbortController()
    const cancel = this.timers.after(REQUEST_MS, () => late.abort())
    const signal = stopped ? AbortSignal.any([late.signal, stopped]) : late.signal
    try {
      const answer = await this.#post(webhook, id, message, signal)
      return { ...answer, ms: ms() }
    } catch (error) {
      const failure = late.signal.aborted ? timedOut : failureOf(error)
      return { status: null, ms: ms(), failure }
    } finally {
      cancel()
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#ways.close()
  }

  async #post(
    webhook: Webhook,
    id: string,
    message: WebhookMessage,
    signal: AbortSignal,
  ): Promise<Omit<Sent, 'ms'>> {
    await withDeadline(this.timers, REQUEST_MS, this.#ways.refusePrivate(webhook))
    const body = JSON.stringify(message)
    // The time of this try: receivers refuse old ones.
    const now = new Date(this.clock.now())
    const signatures = secretsOf(webhook, now).map((secret) =>
      new Signer(secret.reveal()).sign(id, now, body),
    )
    const answer = await request(webhook.url, {
      method: 'POST',
      signal,
      dispatcher: this.#ways.of(webhook),
      headersTimeout: REQUEST_MS,
      bodyTimeout: REQUEST_MS,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'sealcard',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        // The specification: several are divided by spaces, and a receiver takes any of them.
        'webhook-signature': signatures.join(' '),
      },
      body,
    })
    const { statusCode: status, headers } = answer
    // The status says whether it arrived, however the body ends.
    await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => {})
    const failure = failureOfStatus(status)
    const retryAfterMs = askedWait(headers['retry-after'])
    return { status, ...(failure && { failure, ...(retryAfterMs && { retryAfterMs }) }) }
  }
}

/** That which is new comes first. */
const secretsOf = ({ secret, previous }: Webhook, now: Date): Secret[] => {
  const isOver = previous?.until !== undefined && now.getTime() >= previous.until
  return previous && !isOver ? [secret, previous.secret] : [secret]
}

/** `Retry-After` in seconds; the form with a date is not read. */
const askedWait = (header: string | string[] | undefined): number | undefined =>
  typeof header === 'string' && /^\d{1,6}$/.test(header)
    ? Math.min(Number(header) * 1000, LONGEST_ASKED_MS)
    : undefined
