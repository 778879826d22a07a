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
import { CardLists } from './card-lists.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView, placeOf, receivedView, sentView } from './card.view.js'
import { TitleSearch } from './title-search.js'

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
    if (query.box === 'received') return this.#received(me, query)
    const { q, ...rest } = query
    return q === undefined ? this.#sent(me, query) : this.search.find(me, { ...rest, q })
  }

  async #sent({ viewerId }: Principal, { limit, cursor, status }: ListCards): Promise<CardPage> {
    const list = ['cards.sent', viewerId, ...(status ? [status] : [])]
    const after = await this.cursors.decode(list, cursor)
    const now = this.clock.now()
    const rows = await this.lists.sent(viewerId, after, limit + 1, status && { status, now })
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, placeOf)
    const items = page.map((card) => sentView(card, this.content.listedTitle(card), now))
    return { items, nextCursor }
  }

  async #received({ viewerId }: Principal, asked: ListCards): Promise<CardPage> {
    const { limit, cursor } = asked
    for (const field of ['q', 'status'] as const)
      if (asked[field] !== undefined) throw inputError(field, 'is for box=sent')
    const list = ['cards.received', viewerId]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.lists.received(viewerId, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, (row) => ({
      at: row.firstAt,
      id: row.cardId,
    }))
    const now = this.clock.now()
    const items = await Promise.all(
      page.map(async (received) => {
        const { card } = received
        if (!card) return []
        const sender = await this.viewers.of(card.ownerId)
        return [receivedView({ ...received, card }, this.content.listedTitle(card), sender, now)]
      }),
    )
    return { items: items.flat(), nextCursor }
  }

  #view(me: Principal, card: CardEntity): Card {
    return cardView(card, this.content.ofOwner(card, me.viewerId), this.clock.now())
  }
}
