import { Inject, Injectable } from '@nestjs/common'
import type {
  AdminCardPage,
  CardStatus,
  ExportAdminCards,
  ListAdminCards,
} from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { ShareEntity } from '../../members/shares/share.entity.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { cardSummary } from './card-detail.js'
import {
  withoutIndex,
  type Branch,
  filterName,
  type Parameters,
  placesAfter,
  rowsAt,
} from './keyset.js'
import { TitleSearch } from './title-search.js'
import { KnownFilters } from './known-filters.js'

export interface CardConditions {
  readonly app?: string | undefined
  readonly owner?: string | undefined
  readonly status?: CardStatus | undefined
  /** One card. */
  readonly id?: string | undefined
}

const ENDLESS = 'revoked_at IS NULL AND expires_at IS NULL'
const TIMED = 'revoked_at IS NULL AND expires_at IS NOT NULL'

/** The end of an index's name, and its condition. They mean the same as `statusOf`, in the words of the partial indexes. */
const STATUS: Record<CardStatus, readonly (readonly [string, string])[]> = {
  active: [
    ['endless', ENDLESS],
    ['timed', `${TIMED} AND expires_at > :now`],
  ],
  expired: [['timed', `${TIMED} AND expires_at <= :now`]],
  revoked: [['revoked', 'revoked_at IS NOT NULL']],
}

/** @param now milliseconds UTC */
export const cardBranches = (
  conditions: CardConditions,
  now: number,
): { branches: Branch[]; parameters: Parameters } => {
  const { app, owner, status, id } = conditions
  const { index, where } = narrowed(conditions)
  const branches =
    status === undefined
      ? [{ index: index ?? (app === undefined ? 'ix_cards_created' : 'ix_cards_app'), where }]
      : STATUS[status].map(([part, condition]) => ({
          index: index ?? (app === undefined ? `ix_cards_${part}` : `ix_cards_app_${part}`),
          where: [...where, condition],
        }))
  return {
    branches,
    parameters: {
      ...(id !== undefined && { card: id }),
      ...(owner !== undefined && { owner }),
      ...(app !== undefined && { app }),
      ...((status === 'active' || status === 'expired') && { now }),
    },
  }
}

/** One card, or the cards of one person, are few rows with their own index, whatever the other filters. */
const narrowed = ({ app, owner, id }: CardConditions): { index?: string; where: string[] } => {
  if (id !== undefined) {
    return {
      index: '',
      where: [
        'id = :card',
        ...(owner === undefined ? [] : [withoutIndex('owner_id', 'owner')]),
        ...(app === undefined ? [] : [withoutIndex('app_id', 'app')]),
      ],
    }
  }
  if (owner !== undefined) {
    const where = [
      'owner_id = :owner',
      ...(app === undefined ? [] : [withoutIndex('app_id', 'app')]),
    ]
    return { index: 'ix_cards_owner', where }
  }
  return { where: app === undefined ? [] : ['app_id = :app'] }
}

/** A report names an id: of a card, of a share (the URL has it), of an opening or of a person. */
@Injectable()
export class ReportedCard {
  constructor(private readonly storage: DataSource) {}

  /** @returns the conditions of the list: one card, or the cards of one person; null: the text is the id of nothing */
  async find(q: string): Promise<Pick<CardConditions, 'id' | 'owner'> | null> {
    if (asId(q) !== q) return null
    const { manager } = this.storage
    const [card, share, opening, theirs] = await Promise.all([
      manager.findOne(CardEntity, { select: { id: true }, where: { id: q } }),
      manager.findOne(ShareEntity, { select: { id: true, cardId: true }, where: { id: q } }),
      manager.findOne(OpeningEntity, { select: { id: true, cardId: true }, where: { id: q } }),
      manager.existsBy(CardEntity, { ownerId: q }),
    ])
    const id = card?.id ?? share?.cardId ?? opening?.cardId
    if (id) return { id }
    return theirs || (await manager.existsBy(ViewerEntity, { id: q })) ? { owner: q } : null
  }
}

export type CardFilters = Pick<ExportAdminCards, 'app' | 'owner' | 'status' | 'q'>

/** Cards of everybody, newest first. */
@Injectable()
export class CardList {
  constructor(
    private readonly storage: DataSource,
    private readonly content: CardContent,
    private readonly views: ViewerViews,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
    private readonly reported: ReportedCard,
    private readonly titles: TitleSearch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_INPUT for a filter that names nothing known, and for fewer than two characters of a title */
  async page({ limit, cursor, ...filters }: ListAdminCards): Promise<AdminCardPage> {
    await this.known.check({ app: filters.app, owner: filters.owner })
    const list = ['admin.cards', filterName(filters)]
    const after = await this.cursors.decode(list, cursor)
    const { rows, next } = await this.part(filters, after, limit)
    const now = this.clock.now()
    const items = rows.map(async (card) => {
      const owner = await this.views.of(card.ownerId)
      return cardSummary(card, owner, this.content.listedTitle(card), now)
    })
    return {
      items: await Promise.all(items),
      nextCursor: next ? await this.cursors.encode(list, next) : null,
    }
  }

  /** A part of the list. @returns the rows, and where the next part begins; undefined at the end */
  async part(
    { q, ...filters }: CardFilters,
    after: Place | undefined,
    take: number,
  ): Promise<{ rows: CardEntity[]; next: Place | undefined }> {
    const found = q === undefined ? {} : await this.reported.find(q)
    if (q !== undefined && found === null) return this.titles.find(q, filters, after, take)
    const places = await this.#places(filters, found ?? {}, after, take + 1)
    const page = places.slice(0, take)
    const next = places.length > take ? page.at(-1) : undefined
    return { rows: await rowsAt(this.storage, CardEntity, page), next }
  }

  async #places(
    filters: Omit<CardFilters, 'q'>,
    found: Pick<CardConditions, 'id' | 'owner'>,
    after: Place | undefined,
    take: number,
  ): Promise<Place[]> {
    // One owner asked for, another found: the list is empty.
    const { owner } = filters
    if (found.owner !== undefined && owner !== undefined && found.owner !== owner) return []
    const { branches, parameters } = cardBranches({ ...filters, ...found }, this.clock.now())
    const order = { table: 'cards', time: 'created_at' }
    return placesAfter(this.storage, order, branches, parameters, after, take)
  }
}
