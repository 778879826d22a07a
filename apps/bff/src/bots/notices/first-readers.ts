import { Injectable } from '@nestjs/common'
import type { Viewer } from '@sealcard/protocol'
import { DataSource, In } from 'typeorm'
import { CardViewerEntity } from '../../members/cards/card.entity.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import type { CardEvent } from './card-events.js'

type Happened = Pick<CardEvent, 'kind' | 'cardId' | 'at'>

/** Who opened cards first, for their owners. */
@Injectable()
export class FirstReaders {
  constructor(
    private readonly storage: DataSource,
    private readonly views: ViewerViews,
  ) {}

  /** @returns by card id; a card without an event `opened` is not there */
  async of(events: readonly Happened[]): Promise<ReadonlyMap<string, Viewer>> {
    const opened = new Map(
      events.filter(({ kind }) => kind === 'opened').map(({ cardId, at }) => [cardId, at]),
    )
    if (opened.size === 0) return new Map()
    const rows = await this.storage.manager.find(CardViewerEntity, {
      select: { cardId: true, viewerId: true, firstAt: true },
      where: { cardId: In([...opened.keys()]), firstAt: In([...opened.values()]) },
      order: { viewerId: 'DESC' },
    })
    // Of several in the same millisecond it is always the same one: a repeated message must have the same text.
    const readers = new Map(
      rows
        .filter(({ cardId, firstAt }) => opened.get(cardId) === firstAt)
        .map(({ cardId, viewerId }) => [cardId, viewerId]),
    )
    const views = [...readers].map(async ([cardId, viewerId]) => {
      return [cardId, await this.views.of(viewerId)] as const
    })
    return new Map(await Promise.all(views))
  }
}
