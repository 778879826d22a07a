import { Injectable } from '@nestjs/common'
import type { Activity, CardTimeline as Timeline, Named } from '@sealcard/protocol'
import { DataSource, IsNull, Not } from 'typeorm'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { wireTime } from '../../core/time.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardViewerEntity } from '../../members/cards/card.entity.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import { ShareEntity } from '../../members/shares/share.entity.js'
import { AuditList } from '../lists/audit-list.js'
import { OpeningList } from '../lists/opening-list.js'
import { ActivityFeed } from './activity-feed.js'

/** Of the whole, and of each kind of event. */
const MOST = 200

type Event = Pick<Activity, 'id' | 'kind' | 'decision' | 'reason'> & {
  readonly at: number
  readonly viewer: string
}

/** What became of one card. Each kind of event is read along an index of its own. */
@Injectable()
export class CardTimeline {
  constructor(
    private readonly storage: DataSource,
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    private readonly views: ViewerViews,
    private readonly audit: AuditList,
    private readonly openings: OpeningList,
    private readonly feed: ActivityFeed,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND */
  async read(asked: string): Promise<Timeline> {
    const card = await this.cards.find(asId(asked))
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    const title = this.content.listedTitle(card)
    const about: Named = { kind: 'card', id: card.id, ...(title !== '' && { name: title }) }
    const [acts, openings, events] = await Promise.all([
      this.#acts(card.id),
      this.openings.page({ card: card.id, limit: MOST }),
      this.#events(card.id),
    ])
    const opened = openings.items.map(({ id, at, viewer, decision, reason }): Activity => {
      const by = { kind: 'person', ...viewer } as const
      return { id, at, kind: 'opening', decision, by, about, reason }
    })
    const others = events.map(async ({ viewer, at, ...event }): Promise<Activity> => {
      const by = { kind: 'person', ...(await this.views.of(viewer)) } as const
      return { ...event, at: wireTime(at), by, about }
    })
    const parts = [acts, opened, await Promise.all(others)]
    const items = parts.flat().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    const more = openings.nextCursor !== null || items.length > MOST
    return { items: items.slice(0, MOST), more }
  }

  /** What people and administrators did to the card itself, and what its retention did. */
  async #acts(subject: string): Promise<Activity[]> {
    const { entries } = await this.audit.entries('', { subject }, { limit: MOST })
    return this.feed.lines(entries)
  }

  async #events(cardId: string): Promise<Event[]> {
    const { manager } = this.storage
    const [shares, requests, acknowledged] = await Promise.all([
      manager.find(ShareEntity, {
        where: { cardId },
        order: { createdAt: 'DESC', id: 'DESC' },
        take: MOST,
      }),
      manager.find(AccessRequestEntity, {
        where: { cardId },
        order: { at: 'DESC', id: 'DESC' },
        take: MOST,
      }),
      manager.find(CardViewerEntity, {
        where: { cardId, acknowledgedAt: Not(IsNull()) },
        order: { acknowledgedAt: 'DESC', viewerId: 'DESC' },
        take: MOST,
      }),
    ])
    const event = (kind: string, id: string, at: number, viewer: string): Event => {
      return { kind, id, at, viewer, decision: 'done', reason: null }
    }
    return [
      ...shares.map(({ id, createdAt, sharerId }) =>
        event('share.create', id, createdAt, sharerId),
      ),
      ...requests.map(({ id, at, viewerId }) => event('access.request', id, at, viewerId)),
      ...acknowledged.map(({ viewerId, acknowledgedAt }) =>
        event('opening.acknowledge', `acknowledged:${viewerId}`, acknowledgedAt ?? 0, viewerId),
      ),
    ]
  }
}
