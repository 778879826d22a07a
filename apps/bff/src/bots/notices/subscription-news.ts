import { Inject, Injectable } from '@nestjs/common'
import { Between, DataSource, IsNull } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity, CardViewerEntity } from '../../members/cards/card.entity.js'
import { statusOf } from '../../members/cards/card.view.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import type { SubscriptionEntity } from '../../members/notices/subscription.entity.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import { RequestNotes } from '../../members/requests/request-note.js'
import type { SubscriptionValues } from '../../platforms/registry/subscription-platform.js'
import { GRACE_MS } from './notice-finder.js'

/** What a subscription has to tell. */
export interface News {
  readonly appId: string
  readonly values: SubscriptionValues
  /** What happened until then is in it. */
  readonly until: number
}

/** People that one message counts. */
const MOST = 1000

/** Reads what happened to a card since the last message to its owner. */
@Injectable()
export class SubscriptionNews {
  constructor(
    private readonly storage: DataSource,
    private readonly content: CardContent,
    private readonly views: ViewerViews,
    private readonly notes: RequestNotes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns undefined: nothing happened, or the card is gone. Of a card that its owner deleted they hear nothing more. */
  async of(row: SubscriptionEntity): Promise<News | undefined> {
    const { cardId, viewerId } = row
    const card = await this.storage.manager.findOneBy(CardEntity, {
      id: cardId,
      ownerId: viewerId,
      deletedAt: IsNull(),
    })
    if (!card) return undefined
    const told = await this.#told(row, card)
    if (!told) return undefined
    const { until, ...values } = told
    const title = this.content.listedTitle(card) || '—'
    return { appId: card.appId, until, values: { title, ...values } }
  }

  #told(row: SubscriptionEntity, card: CardEntity) {
    if (row.event === 'opened') return this.#readers(row)
    if (row.event === 'requested') return this.#askers(row)
    return Promise.resolve(this.#expiry(card))
  }

  /** A card that was extended or revoked in the meantime is no news. */
  #expiry(card: CardEntity) {
    const now = this.clock.now()
    const { expiresAt } = card
    if (expiresAt === null || statusOf(card, now) !== 'active' || expiresAt - now > DAY)
      return undefined
    return { count: 0, note: '', at: expiresAt, until: now }
  }

  async #readers({ cardId, toldUntil }: SubscriptionEntity) {
    const until = this.clock.now() - GRACE_MS
    const rows = await this.storage.manager.find(CardViewerEntity, {
      select: { cardId: true, viewerId: true, firstAt: true },
      where: { cardId, firstAt: Between(toldUntil + 1, until) },
      order: { firstAt: 'ASC', viewerId: 'ASC' },
      take: MOST,
    })
    const [first] = rows
    if (!first) return undefined
    const who = await this.views.of(first.viewerId)
    return { who, count: rows.length, note: '', at: first.firstAt, until }
  }

  async #askers({ cardId, toldUntil }: SubscriptionEntity) {
    const until = this.clock.now() - GRACE_MS
    const rows = await this.storage.manager.find(AccessRequestEntity, {
      where: { cardId, at: Between(toldUntil + 1, until), dismissedAt: IsNull() },
      order: { at: 'ASC', id: 'ASC' },
      take: MOST,
    })
    const [first] = rows
    if (!first) return undefined
    const who = await this.views.of(first.viewerId)
    const count = new Set(rows.map(({ viewerId }) => viewerId)).size
    return { who, count, note: this.notes.of(first), at: first.at, until }
  }
}
