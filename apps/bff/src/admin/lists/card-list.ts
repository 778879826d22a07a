import { Inject, Injectable } from '@nestjs/common'
import type { AdminCardPage, ExportAdminCards, ListAdminCards } from '@sealcard/protocol'
import { DataSource, In } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { cardBranches } from './card-branches.js'
import { cardSummary } from './card-view.js'
import { filterName } from './filter-name.js'
import { inOrder, placesAfter } from './keyset.js'
import { ReportedCard } from './reported-card.js'

export type CardFilters = Pick<ExportAdminCards, 'app' | 'owner' | 'status' | 'q'>

/** Cards of everybody, newest first. */
@Injectable()
export class CardList {
  constructor(
    private readonly storage: DataSource,
    private readonly content: CardContent,
    private readonly cursors: PageCursor,
    private readonly reported: ReportedCard,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page({ limit, cursor, ...filters }: ListAdminCards): Promise<AdminCardPage> {
    const list = ['admin.cards', filterName(filters)]
    const after = await this.cursors.decode(list, cursor)
    const places = await this.#places(filters, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    const now = this.clock.now()
    const cards = await this.#rows(page)
    return {
      items: cards.map((card) => cardSummary(card, this.content.listedTitle(card), now)),
      nextCursor,
    }
  }

  /** A part of the list, for an export. @returns the rows, and where the next part begins; nothing at the end */
  async part(filters: CardFilters, after: Place | undefined, take: number) {
    const places = await this.#places(filters, after, take)
    return {
      rows: await this.#rows(places),
      next: places.length < take ? undefined : places.at(-1),
    }
  }

  async #places({ q, ...filters }: CardFilters, after: Place | undefined, take: number) {
    const found = q === undefined ? {} : await this.reported.find(q)
    // The list of one person, narrowed to another's cards, is empty.
    const { owner } = filters
    if (found.owner !== undefined && owner !== undefined && found.owner !== owner) return []
    const { branches, parameters } = cardBranches({ ...filters, ...found }, this.clock.now())
    const order = { table: 'cards', time: 'created_at' }
    return placesAfter(this.storage, order, branches, parameters, after, take)
  }

  async #rows(places: readonly Place[]): Promise<CardEntity[]> {
    if (places.length === 0) return []
    const ids = places.map(({ id }) => id)
    return inOrder(places, await this.storage.manager.findBy(CardEntity, { id: In(ids) }))
  }
}
