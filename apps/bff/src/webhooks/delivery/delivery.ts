import { Inject, Injectable } from '@nestjs/common'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { fraction, RANDOM, type Random } from '../../core/ports/random.js'
import { DAY, HOUR, MINUTE, SECOND } from '../../core/time.js'
import type { Failure } from '../sending/failure.js'
import { type Sent, WebhookSender } from '../sending/sender.js'
import { WebhookDeliveries } from '../storage/deliveries.js'
import type { WebhookDeliveryEntity } from '../storage/delivery.entity.js'
import { WebhookStates } from '../storage/states.js'
import type { Webhook } from '../webhook.js'
import { WebhookMessages } from './messages.js'
import { WebhookMetrics } from './webhook-metrics.js'

/** From the event. The last try is the first one after that time. */
export const GIVEN_UP_MS = 3 * DAY
const FIRST_PAUSE_MS = 2 * SECOND
const LONGEST_PAUSE_MS = HOUR
/** The longest pause of a whole webhook. Messages of other cards wait no longer for a server that works again. */
const LONGEST_WEBHOOK_PAUSE_MS = MINUTE
/** A pause is up to this part longer: many messages do not come at one moment. */
const JITTER = 0.1

/** Each pause is twice the one before. */
const pauseOf = (failures: number, longest: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 30), longest)

/** Whether the server itself does not work, rather than that it refuses this message. */
const isDown = ({ code }: Failure, status: number | null): boolean =>
  code !== 'gone' && (status === null || status >= 500 || status === 429)

/** One try of one message, and what follows from it. */
@Injectable()
export class WebhookDelivery {
  constructor(
    private readonly messages: WebhookMessages,
    private readonly sender: WebhookSender,
    private readonly deliveries: WebhookDeliveries,
    private readonly states: WebhookStates,
    private readonly metrics: WebhookMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @returns whether the next message of the line may follow */
  async try(webhook: Webhook, row: WebhookDeliveryEntity, stopped: AbortSignal): Promise<boolean> {
    // The row made the request take as long as every other one. No receiver gets it.
    if (row.type === 'access.requested' && row.cardId === null) {
      await this.deliveries.remove(row)
      return true
    }
    const message = await this.messages.of(row)
    const sent = await this.sender.send(webhook, row.id, message, stopped)
    // It is unknown whether it arrived. It stays as it is, and leaves again.
    if (sent.status === null && stopped.aborted) return false
    if (!sent.failure) {
      await this.deliveries.remove(row)
      await this.states.succeeded(webhook.id)
      this.metrics.told(webhook.id, 'delivered')
      return true
    }
    await this.#failed(webhook, row, sent, sent.failure)
    return false
  }

  async #failed({ id }: Webhook, row: WebhookDeliveryEntity, sent: Sent, failure: Failure) {
    const now = this.clock.now()
    this.metrics.told(id, failure.code)
    await this.states.failed(id, failure, await this.#stateAfter(id, sent, failure, now))
    if (failure.code === 'gone') return
    if (now - row.at >= GIVEN_UP_MS) {
      await this.deliveries.remove(row)
      await this.states.gaveUp(id, 1)
      this.metrics.told(id, 'given_up')
      return
    }
    await this.deliveries.retry(row, now + this.#pause(row.attempts, LONGEST_PAUSE_MS, sent))
  }

  async #stateAfter(id: string, sent: Sent, failure: Failure, now: number) {
    if (failure.code === 'gone') return { disabledAt: now }
    if (!isDown(failure, sent.status)) return {}
    const { failures, pausedUntil } = await this.states.get(id)
    // Requests that were under way together are one failure.
    if (pausedUntil !== null && pausedUntil > now) return {}
    const until = now + this.#pause(failures, LONGEST_WEBHOOK_PAUSE_MS, sent)
    return { failures: failures + 1, pausedUntil: until }
  }

  #pause(failures: number, longest: number, { retryAfterMs = 0 }: Sent): number {
    const pause = Math.max(pauseOf(failures, longest), retryAfterMs)
    return Math.round(pause * (1 + JITTER * fraction(this.random)))
  }
}
