import { Inject, Injectable } from '@nestjs/common'
import type { Card, CardPage, ListCards } from '@sealcard/protocol'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import { CardContent } from './card-content.js'
import { CardLists } from './card-lists.js'
import type { CardEntity } from './card.entity.js'
import { CardRepository } from './card.repository.js'
import { cardView, countsView, summaryView } from './card.view.js'

@Injectable()
export class CardService {
  constructor(
    private readonly cards: CardRepository,
    private readonly lists: CardLists,
    private readonly content: CardContent,
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

  /** Revoking again changes nothing and answers the same. */
  async revoke(me: Principal, cardId: string): Promise<Card> {
    const { id } = await this.own(me, cardId)
    await this.audit.transact(async ({ manager, record }) => {
      if (await this.cards.revoke(manager, id, this.clock.now())) {
        record({ kind: 'card.revoke', actor: me.viewerId, subject: id, decision: 'done' })
      }
    })
    return this.#view(me, await this.own(me, id))
  }

  list(me: Principal, query: ListCards): Promise<CardPage> {
    return query.box === 'sent' ? this.#sent(me, query) : this.#received(me, query)
  }

  async #sent({ viewerId }: Principal, { limit, cursor }: ListCards): Promise<CardPage> {
    const list = ['cards.sent', viewerId]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.lists.sent(viewerId, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, (card) => ({
      at: card.createdAt,
      id: card.id,
    }))
    const now = this.clock.now()
    const items = page.map((card) => ({
      ...summaryView(card, this.content.listedTitle(card), now),
      openings: countsView(card),
    }))
    return { items, nextCursor }
  }

  async #received({ viewerId }: Principal, { limit, cursor }: ListCards): Promise<CardPage> {
    const list = ['cards.received', viewerId]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.lists.received(viewerId, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, (row) => ({
      at: row.firstAt,
      id: row.cardId,
    }))
    const now = this.clock.now()
    const items = page.flatMap(({ firstAt, card }) =>
      card
        ? [
            {
              ...summaryView(card, this.content.listedTitle(card), now),
              openedAt: wireTime(firstAt),
            },
          ]
        : [],
    )
    return { items, nextCursor }
  }

  #view(me: Principal, card: CardEntity): Card {
    return cardView(card, this.content.ofOwner(card, me.viewerId), this.clock.now())
  }
}
