import { Injectable } from '@nestjs/common'
import { Metrics } from '../../observability/metrics.js'
import { Bots } from './bots.service.js'

/**
 * `verified`: the URL was; `answered`, `empty`: handled; `deferred`: goes on in the outbox; `repeated`: the same as before;
 * `refused`: not authentic. Why is told in the log and by the doctor only: see `RefusalJournal`.
 */
export type CallbackOutcome =
  'verified' | 'answered' | 'empty' | 'deferred' | 'repeated' | 'refused'

/** Counts what bots are sent, and what becomes of late answers. Labels are configured ids and closed sets. */
@Injectable()
export class BotMetrics {
  readonly #callbacks
  readonly #later
  readonly #feedback
  readonly #appMessages

  constructor(
    private readonly bots: Bots,
    metrics: Metrics,
  ) {
    this.#callbacks = metrics.counter(
      'sealcard_bot_callbacks_total',
      'Callbacks of smart bots, by outcome',
      ['bot', 'outcome'],
    )
    this.#later = metrics.counter(
      'sealcard_bot_later_answers_total',
      'Answers sent to a response_url, by outcome',
      ['bot', 'outcome'],
    )
    this.#feedback = metrics.counter(
      'sealcard_bot_feedback_total',
      'What people thought of answers: accurate, inaccurate, withdrawn',
      ['bot', 'type'],
    )
    this.#appMessages = metrics.counter(
      'sealcard_bot_app_messages_total',
      'Notices sent as messages of the app, by outcome',
      ['bot', 'outcome'],
    )
  }

  /** @param botId as in the URL: what is not configured counts as one */
  callback(botId: string, outcome: CallbackOutcome): void {
    this.#callbacks.inc({ bot: this.bots.find(botId)?.id ?? '', outcome })
  }

  later(botId: string, outcome: 'sent' | 'retried' | 'lost' | 'too_late'): void {
    this.#later.inc({ bot: botId, outcome })
  }

  /** `refused`: the platform does not take it; `lost`: nobody took it for hours; `too_late`: no news any more. */
  appMessage(botId: string, outcome: 'sent' | 'retried' | 'refused' | 'lost' | 'too_late'): void {
    this.#appMessages.inc({ bot: botId, outcome })
  }

  /** WeCom 101027: 1 accurate, 2 inaccurate, 3 withdrawn. */
  feedback(botId: string, type: number): void {
    const name = ['accurate', 'inaccurate', 'withdrawn'][type - 1] ?? 'other'
    this.#feedback.inc({ bot: botId, type: name })
  }
}
