import { Inject, Injectable } from '@nestjs/common'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'
import type { SubscriptionEntity } from '../../members/notices/subscription.entity.js'
import { SubscriptionRepository } from '../../members/notices/subscription.repository.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { Metrics } from '../../observability/metrics.js'
import { BotLog } from '../registry/bot-log.js'
import { type News, SubscriptionNews } from './subscription-news.js'
import { type Outcome, SubscriptionSender } from './subscription-sender.js'

/** Subscriptions in one look. */
const AT_ONCE = 500
/** Tries of one message, about three hours. */
const MOST_ATTEMPTS = 16
const LONGEST_PAUSE_MS = 15 * MINUTE
/** Sends messages that owners accepted one by one. Any number of processes may. */
@Injectable()
export class SubscriptionMessages {
  readonly #counter

  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly news: SubscriptionNews,
    private readonly viewers: ViewerRepository,
    private readonly sender: SubscriptionSender,
    private readonly log: BotLog,
    @Inject(CLOCK) private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#counter = metrics.counter(
      'sealcard_subscription_messages_total',
      'Subscription messages to owners, by outcome',
      ['app', 'event', 'outcome'],
    )
  }

  async sendDue(stopped: () => boolean): Promise<void> {
    // After one failed message, the other messages of the app wait for the next look.
    const resting = new Set<string>()
    for (const row of await this.subscriptions.due(AT_ONCE)) {
      if (stopped()) return
      try {
        await this.#look(row, resting)
      } catch (error) {
        // A row that no key opens must not stop the others.
        this.log.noticesFailed(error)
        await this.subscriptions.wait(row, this.clock.now() + LONGEST_PAUSE_MS)
      }
    }
  }

  async #look(row: SubscriptionEntity, resting: Set<string>): Promise<void> {
    const news = await this.news.of(row)
    if (!news) return this.subscriptions.wait(row)
    if (resting.has(news.appId)) return
    if ((await this.#deliver(row, news)) === 'retried') resting.add(news.appId)
  }

  async #deliver(row: SubscriptionEntity, news: News): Promise<Outcome | undefined> {
    const viewerKey = await this.viewers.keyOf(row.viewerId)
    // Erased: the erasure deletes the row.
    if (viewerKey === null) return undefined
    if (await this.viewers.isBlocked(row.viewerId)) {
      await this.subscriptions.wait(row)
      return undefined
    }
    if (!(await this.subscriptions.claim(row, news.until))) return undefined
    const outcome = await this.sender.send(row, news, viewerKey)
    const { event } = row
    this.#counter.inc({ app: news.appId, event, outcome })
    await this.#settle(row, outcome)
    return outcome
  }

  async #settle(row: SubscriptionEntity, outcome: Outcome): Promise<void> {
    if (outcome === 'sent' || outcome === 'lost') return this.subscriptions.sent(row)
    if (outcome === 'none_left') return this.subscriptions.end(row)
    const again = outcome === 'retried' && row.attempts + 1 < MOST_ATTEMPTS
    const pause = Math.min(LONGEST_PAUSE_MS, MINUTE * 2 ** row.attempts)
    return this.subscriptions.giveBack(row, again ? this.clock.now() + pause : null)
  }
}
