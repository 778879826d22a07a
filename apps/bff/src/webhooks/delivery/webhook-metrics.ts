import { Injectable } from '@nestjs/common'
import type { WebhookFailure } from '@sealcard/protocol'
import { Metrics } from '../../observability/metrics.js'

/** `given_up`: no try succeeded within three days. */
type MessageOutcome = 'delivered' | 'given_up' | WebhookFailure

/** Counts messages. Labels are ids of configured webhooks and closed sets. */
@Injectable()
export class WebhookMetrics {
  readonly #messages
  readonly #waiting = new Map<string, number>()

  constructor(metrics: Metrics) {
    this.#messages = metrics.counter(
      'sealcard_webhook_messages_total',
      'Tries to tell a webhook, by outcome; given_up once for each message that was never delivered',
      ['webhook', 'outcome'],
    )
    metrics.gauge(
      'sealcard_webhook_oldest_seconds',
      'Age of the oldest message that this process found waiting at its last look',
      ['webhook'],
      (set) => {
        for (const [webhook, seconds] of this.#waiting) set({ webhook }, seconds)
      },
    )
  }

  told(webhook: string, outcome: MessageOutcome, messages = 1): void {
    this.#messages.inc({ webhook, outcome }, messages)
  }

  /** @param ms the age of the message that is sent next; 0: none waits */
  waited(webhook: string, ms: number): void {
    this.#waiting.set(webhook, Math.max(0, ms) / 1000)
  }
}
