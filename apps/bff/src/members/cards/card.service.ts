import { Inject, Injectable } from '@nestjs/common'
import type { Card, CardPage, ListCards } from '@sealcard/protocol'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { actReason, type Principal } from '../../http/access/principals.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import { ViewerViews } from '../names/viewer-views.js'
import { CardContent } from './card-content.js'
import { CardLists, type ReceivedCard, type SentCard } from './card-lists.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView, placeOf, receivedView, sentView } from './card.view.js'
import { type Searched, TitleSearch } from './title-search.js'

@Injectable()
export class CardService {
  constructor(
    private readonly cards: CardRepository,
    private readonly lists: CardLists,
    private readonly search: TitleSearch,
    private readonly content: CardContent,
    private readonly viewers: ViewerViews,
    private readonly cursors: PageCursor,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND, the same for a card that does not exist and for another person's */
  async own(me: Principal, cardId: string): Promise<CardEntity> {
    const card = await this.cards.findOwn(asId(cardId), me.viewerId)
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    return card
  }

  /** Revoking again changes nothing and answers the same. @param why in the caller's words */
  async revoke(me: Principal, cardId: string, why?: string): Promise<Card> {
    const { id } = await this.own(me, cardId)
    await this.audit.transact(async ({ manager, record }) => {
      if (await this.cards.revoke(manager, id, this.clock.now())) {
        const reason = actReason(me, why)
        record({ kind: 'card.revoke', actor: me.viewerId, subject: id, decision: 'done', reason })
      }
    })
    return this.#view(me, await this.own(me, id))
  }

  list(me: Principal, query: ListCards): Promise<CardPage> {
    if (query.box === 'sent') return this.#list(me, query, this.#sent(me, query))
    if (query.status !== undefined) throw inputError('status', 'is for box=sent')
    return this.#list(me, query, this.#received(me))
  }

  async #list<Row>(me: Principal, query: ListCards, box: Searched<Row>): Promise<CardPage> {
    const { q, limit, cursor } = query
    if (q !== undefined) return this.search.find(me, { ...query, q }, box)
    const after = await this.cursors.decode(box.list, cursor)
    const rows = await box.read(after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(box.list, rows, limit, box.placeOf)
    const items = page.map((row) => {
      const line = box.line(row)
      return line ? [line.view(this.content.listedTitle(line.card))] : []
    })
    return { items: await Promise.all(items.flat()), nextCursor }
  }

  #sent({ viewerId }: Principal, { status }: ListCards): Searched<SentCard> {
    const now = this.clock.now()
    return {
      list: ['cards.sent', viewerId, ...(status ? [status] : [])],
      read: (after, take) => this.lists.sent(viewerId, after, take, status && { status, now }),
      placeOf,
      line: (card) => ({ card, view: async (title) => sentView(card, title, now) }),
    }
  }

  #received({ viewerId }: Principal): Searched<ReceivedCard> {
    const now = this.clock.now()
    return {
      list: ['cards.received', viewerId],
      read: (after, take) => this.lists.received(viewerId, after, take),
      placeOf: ({ firstAt, cardId }) => ({ at: firstAt, id: cardId }),
      line: ({ card, ...received }) =>
        card && {
          card,
          view: async (title) =>
            receivedView({ ...received, card }, title, await this.viewers.of(card.ownerId), now),
        },
    }
  }

  #view(me: Principal, card: CardEntity): Card {
    return cardView(card, this.content.ofOwner(card, me.viewerId), this.clock.now())
  }
}
