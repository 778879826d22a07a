import { Injectable } from '@nestjs/common'
import type { ListOpenings, RefusedOpening, RefusedOpeningPage } from '@sealcard/protocol'
import { wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import { CardService } from '../cards/card.service.js'
import { ViewerViews } from '../names/viewer-views.js'
import { shareOf, ShareLabels } from '../shares/share-labels.js'
import { OpeningRepository } from './opening.repository.js'

/** Proven recipients who could not open a card, for its owner. The owner learns only how many others were refused. */
@Injectable()
export class RefusalsService {
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
  ): Promise<RefusedOpeningPage> {
    const { id } = await this.cards.own(me, cardId)
    const list = ['refusals', id]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.openings.refused(id, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, (row) => row)
    const labels = await this.labels.of(page.flatMap(({ shareId }) => shareId ?? []))
    const items = await Promise.all(
      page.map(async ({ viewerId, at, reason, shareId }): Promise<RefusedOpening> => ({
        viewer: await this.viewers.of(viewerId),
        at: wireTime(at),
        reason: reason as RefusedOpening['reason'],
        ...(shareId !== null && { share: shareOf(shareId, labels) }),
      })),
    )
    return { items, nextCursor }
  }
}
