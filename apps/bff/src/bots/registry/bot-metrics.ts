import { Injectable } from '@nestjs/common'
import { Metrics } from '../../observability/metrics.js'
import { Bots } from './bots.service.js'

/**
 * - `verified`: a verification of the URL
 * - `answered`, `empty`: handled, with a reply or an empty one
 * - `deferred`: the outbox continues
 * - `repeated`: the stored reply
 * - `refused`: not authentic. Only the log and the doctor show the cause: see `RefusalJournal`
 */
export type CallbackOutcome =
  'verified' | 'answered' | 'empty' | 'deferred' | 'repeated' | 'refused'

/** Counts callbacks, later answers and app messages. Labels are configured ids and closed sets. */
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

  /** @param botId from the URL. All ids that are not configured share one label. */
  callback(botId: string, outcome: CallbackOutcome): void {
    this.#callbacks.inc({ bot: this.bots.find(botId)?.id ?? '', outcome })
  }

  later(botId: string, outcome: 'sent' | 'retried' | 'lost' | 'too_late'): void {
    this.#later.inc({ bot: botId, outcome })
  }

  /** `refused`: by the platform; `lost`: not sent within three hours; `too_late`: old news. */
  appMessage(botId: string, outcome: 'sent' | 'retried' | 'refused' | 'lost' | 'too_late'): void {
    this.#appMessages.inc({ bot: botId, outcome })
  }

  /** WeCom 101027: 1 accurate, 2 inaccurate, 3 withdrawn. */
  feedback(botId: string, type: number): void {
    const name = ['accurate', 'inaccurate', 'withdrawn'][type - 1] ?? 'other'
    this.#feedback.inc({ bot: botId, type: name })
  }
}
