import { Injectable } from '@nestjs/common'
import type { Viewer } from '@sealcard/protocol'
import { DataSource, In } from 'typeorm'
import { CardViewerEntity } from '../../members/cards/card.entity.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import type { CardEvent } from './card-events.js'

type Happened = Pick<CardEvent, 'kind' | 'cardId' | 'at'>

const keyOf = (cardId: string | null, at: number): string => `${cardId} ${at}`

/** Of several in the same millisecond it is always the same one: a repeated message must have the same text. */
const namedBy = (rows: readonly { cardId: string | null; at: number; viewerId: string }[]) =>
  new Map(rows.map(({ cardId, at, viewerId }) => [keyOf(cardId, at), viewerId]))

/** Who opened a card, asked for it or came too late, for its owner: of an event about several people the first one. */
@Injectable()
export class NoticePeople {
  constructor(
    private readonly storage: DataSource,
    private readonly views: ViewerViews,
  ) {}

  /** @returns the person of an event; undefined: none, or the row is gone */
  async of(events: readonly Happened[]): Promise<(event: Happened) => Viewer | undefined> {
    const readers = await this.#readers(events.filter(({ kind }) => READ.has(kind)))
    const askers = await this.#askers(events.filter(({ kind }) => kind === 'asked'))
    const late = await this.#late(events.filter(({ kind }) => kind === 'late'))
    const viewers = new Map(
      await Promise.all(
        [...new Set([...readers.values(), ...askers.values(), ...late.values()])].map(
          async (id) => [id, await this.views.of(id)] as const,
        ),
      ),
    )
    return ({ kind, cardId, at }) => {
      const people = { opened: readers, readers, asked: askers, late, ...NOBODY }[kind]
      return viewers.get(people?.get(keyOf(cardId, at)) ?? '')
    }
  }

  async #readers(events: readonly Happened[]): Promise<Map<string, string>> {
    if (events.length === 0) return new Map()
    const rows = await this.storage.manager.find(CardViewerEntity, {
      select: { cardId: true, viewerId: true, firstAt: true },
      where: {
        cardId: In(events.map(({ cardId }) => cardId)),
        firstAt: In(events.map(({ at }) => at)),
      },
      order: { viewerId: 'DESC' },
    })
    return namedBy(rows.map(({ cardId, viewerId, firstAt }) => ({ cardId, viewerId, at: firstAt })))
  }

  async #askers(events: readonly Happened[]): Promise<Map<string, string>> {
    if (events.length === 0) return new Map()
    const rows = await this.storage.manager.find(AccessRequestEntity, {
      select: { id: true, cardId: true, viewerId: true, at: true },
      where: {
        cardId: In(events.map(({ cardId }) => cardId)),
        at: In(events.map(({ at }) => at)),
      },
      order: { viewerId: 'DESC' },
    })
    return namedBy(rows)
  }

  async #late(events: readonly Happened[]): Promise<Map<string, string>> {
    if (events.length === 0) return new Map()
    const rows = await this.storage.manager.find(OpeningEntity, {
      select: { id: true, cardId: true, viewerId: true, at: true },
      where: {
        cardId: In(events.map(({ cardId }) => cardId)),
        at: In(events.map(({ at }) => at)),
        outcome: 'refused',
      },
      order: { viewerId: 'DESC' },
    })
    return namedBy(rows)
  }
}

/** Nobody in particular. */
const NOBODY = { refused: undefined, expiring: undefined }
const READ: ReadonlySet<CardEvent['kind']> = new Set(['opened', 'readers'])
