import { Injectable } from '@nestjs/common'
import type {
  AdminOpening,
  AdminOpeningPage,
  ExportAdminOpenings,
  ListAdminOpenings,
} from '@sealcard/protocol'
import { DataSource, In } from 'typeorm'
import { wireTime } from '../../core/ids.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { filterName } from './filter-name.js'
import { inOrder, placesAfter } from './keyset.js'
import { openingBranches } from './opening-branches.js'
import { timeRange } from './time-range.js'

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
  ) {}

  async page({ limit, cursor, ...filters }: ListAdminOpenings): Promise<AdminOpeningPage> {
    const list = ['admin.openings', filterName(filters)]
    const after = await this.cursors.decode(list, cursor)
    const places = await this.#places(filters, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    return { items: (await this.#rows(page)).map(openingView), nextCursor }
  }

  /** A part of the list, for an export. @returns the rows, and where the next part begins; nothing at the end */
  async part(filters: OpeningFilters, after: Place | undefined, take: number) {
    const places = await this.#places(filters, after, take)
    return {
      rows: await this.#rows(places),
      next: places.length < take ? undefined : places.at(-1),
    }
  }

  #places({ from, to, ...filters }: OpeningFilters, after: Place | undefined, take: number) {
    const { branches, parameters } = openingBranches({ ...filters, ...timeRange({ from, to }) })
    const order = { table: 'openings', time: 'at' }
    return placesAfter(this.storage, order, branches, parameters, after, take)
  }

  async #rows(places: readonly Place[]): Promise<OpeningEntity[]> {
    if (places.length === 0) return []
    const ids = places.map(({ id }) => id)
    return inOrder(places, await this.storage.manager.findBy(OpeningEntity, { id: In(ids) }))
  }
}

export const openingView = (row: OpeningEntity): AdminOpening => ({
  id: row.id,
  at: wireTime(row.at),
  viewer: { id: row.viewerId },
  card: row.cardId === null ? null : { id: row.cardId },
  share: row.shareId === null ? null : { id: row.shareId },
  decision: row.outcome,
  reason: row.reason,
})
