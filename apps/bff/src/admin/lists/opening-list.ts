import { Injectable } from '@nestjs/common'
import type {
  AdminOpening,
  AdminOpeningPage,
  CardName,
  ExportAdminOpenings,
  ListAdminOpenings,
  OpeningDecision,
  Viewer,
} from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { wireTime } from '../../core/time.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { CardNames } from './card-names.js'
import {
  withoutIndex,
  type Branch,
  filterName,
  type Parameters,
  placesAfter,
  rowsAt,
  timeRange,
  type TimeRange,
  within,
} from './keyset.js'
import { KnownFilters } from './known-filters.js'

export interface OpeningConditions extends TimeRange {
  readonly card?: string | undefined
  readonly viewer?: string | undefined
  readonly decision?: OpeningDecision | undefined
}

const DECISIONS: readonly OpeningDecision[] = ['granted', 'refused', 'rejected']

/**
 * The indexes on card and viewer have the decision before the time. So the list of all decisions merges one branch for
 * each decision.
 */
export const openingBranches = (
  conditions: OpeningConditions,
): {
  branches: Branch[]
  parameters: Parameters
} => {
  const { card, viewer, decision, from, to } = conditions
  const { index, where } = narrowed(conditions)
  const range = within('at', conditions)
  const of = (one: OpeningDecision): Branch => ({
    index: index ?? 'ix_openings_outcome',
    where: [...where, `outcome = '${one}'`, ...range],
  })
  const whole = { index: 'ix_openings_order', where: range }
  return {
    branches: decision !== undefined ? [of(decision)] : index ? DECISIONS.map(of) : [whole],
    parameters: {
      ...(viewer !== undefined && { viewer }),
      ...(card !== undefined && { card }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  }
}

/** With both filters the card's index finds fewer rows: a card is opened for days, a viewer opens cards for months. */
const narrowed = ({ card, viewer }: OpeningConditions): { index?: string; where: string[] } => {
  if (card !== undefined) {
    const where = [
      'card_id = :card',
      ...(viewer === undefined ? [] : [withoutIndex('viewer_id', 'viewer')]),
    ]
    return { index: 'ix_openings_of_card', where }
  }
  if (viewer !== undefined)
    return { index: 'ix_openings_of_viewer', where: ['viewer_id = :viewer'] }
  return { where: [] }
}

export type OpeningFilters = Pick<
  ExportAdminOpenings,
  'card' | 'viewer' | 'decision' | 'from' | 'to'
>

/** Every decision on an opening, newest first. */
@Injectable()
export class OpeningList {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
    private readonly views: ViewerViews,
    private readonly cards: CardNames,
  ) {}

  async page({ limit, cursor, ...filters }: ListAdminOpenings): Promise<AdminOpeningPage> {
    await this.known.check({ card: filters.card, viewer: filters.viewer })
    const list = ['admin.openings', filterName(filters)]
    const after = await this.cursors.decode(list, cursor)
    const places = await this.#places(filters, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    const rows = await rowsAt(this.storage, OpeningEntity, page)
    const cardOf = await this.cards.of(rows.map(({ cardId }) => cardId))
    const items = await Promise.all(
      rows.map(async (row) => {
        const { id, title } = cardOf(row.cardId ?? '')
        const card = row.cardId === null ? null : { id, title }
        return openingView(row, await this.views.of(row.viewerId), card)
      }),
    )
    return { items, nextCursor }
  }

  /** A part of the list, for an export. @returns the rows, and where the next part begins; undefined at the end */
  async part(filters: OpeningFilters, after: Place | undefined, take: number) {
    const places = await this.#places(filters, after, take)
    return {
      rows: await rowsAt(this.storage, OpeningEntity, places),
      next: places.length < take ? undefined : places.at(-1),
    }
  }

  #places({ from, to, ...filters }: OpeningFilters, after: Place | undefined, take: number) {
    const { branches, parameters } = openingBranches({ ...filters, ...timeRange({ from, to }) })
    const order = { table: 'openings', time: 'at' }
    return placesAfter(this.storage, order, branches, parameters, after, take)
  }
}

const openingView = (row: OpeningEntity, viewer: Viewer, card: CardName | null): AdminOpening => ({
  id: row.id,
  at: wireTime(row.at),
  viewer,
  card,
  share: row.shareId === null ? null : { id: row.shareId },
  decision: row.outcome,
  reason: row.reason,
})
