import { Injectable } from '@nestjs/common'
import type { ListOpenings, Viewer, ViewerOpenings, ViewerOpeningsPage } from '@sealcard/protocol'
import { wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import type { CardViewerEntity } from '../cards/card.entity.js'
import { CardService } from '../cards/card.service.js'
import { ViewerViews } from '../names/viewer-views.js'
import { shareOf, ShareLabels } from '../shares/share-labels.js'
import { OpeningRepository } from './opening.repository.js'

/** Who read a card, for its owner. */
@Injectable()
export class RosterService {
  constructor(
    private readonly cards: CardService,
    private readonly openings: OpeningRepository,
    private readonly viewers: ViewerViews,
    private readonly labels: ShareLabels,
    private readonly cursors: PageCursor,
  ) {}

  async list(
    me: Principal,
    cardId: string,
    { limit, cursor }: ListOpenings,
  ): Promise<ViewerOpeningsPage> {
    const { id } = await this.cards.own(me, cardId)
    return this.ofCard(id, { limit, cursor })
  }

  /** @param id a card that the caller may ask about */
  async ofCard(id: string, { limit, cursor }: ListOpenings): Promise<ViewerOpeningsPage> {
    const list = ['openings', id]
    const rows = await this.openings.roster(id, await this.cursors.decode(list, cursor), limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, (row) => ({
      at: row.firstAt,
      id: row.viewerId,
    }))
    const labels = await this.labels.of(page.flatMap(({ shareId }) => shareId ?? []))
    const items = await Promise.all(
      page.map(async (row) => readingOf(row, await this.viewers.of(row.viewerId), labels)),
    )
    return { items, nextCursor }
  }
}

const readingOf = (
  row: CardViewerEntity,
  viewer: Viewer,
  labels: ReadonlyMap<string, string>,
): ViewerOpenings => ({
  viewer,
  firstAt: wireTime(row.firstAt),
  lastAt: wireTime(row.lastAt),
  count: row.opens,
  ...(row.acknowledgedAt !== null && { acknowledgedAt: wireTime(row.acknowledgedAt) }),
  ...(row.shareId !== null && { share: shareOf(row.shareId, labels) }),
})
