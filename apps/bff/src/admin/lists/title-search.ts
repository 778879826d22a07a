import { Inject, Injectable } from '@nestjs/common'
import type { CardStatus } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { squeeze } from '../../core/text.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { statusOf } from '../../members/cards/card.view.js'
import { SearchIndex } from '../../members/search/search-index.js'
import { rowsAt } from './keyset.js'
import { KnownFilters } from './known-filters.js'

interface Filters {
  readonly app?: string | undefined
  readonly owner?: string | undefined
  readonly status?: CardStatus | undefined
}

/** Cards by a run of characters in their titles, newest first. */
@Injectable()
export class TitleSearch {
  constructor(
    private readonly storage: DataSource,
    private readonly index: SearchIndex,
    private readonly content: CardContent,
    private readonly known: KnownFilters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_INPUT naming `q` */
  async find(
    q: string,
    { app, owner, status }: Filters,
    after: Place | undefined,
    take: number,
  ): Promise<{ rows: CardEntity[]; next: Place | undefined }> {
    const text = squeeze(q)
    if (Array.from(text).length < 2)
      throw inputError('q', 'must have at least 2 characters, blanks apart')
    const now = this.clock.now()
    const seen = new Map<string, CardEntity>()
    const appIds = app === undefined ? await this.known.apps() : [app]
    const wanted = async (places: readonly Place[]) => {
      const cards = (await rowsAt(this.storage, CardEntity, places)).filter(
        (card) =>
          (owner === undefined || card.ownerId === owner) &&
          (status === undefined || statusOf(card, now) === status) &&
          squeeze(this.content.listedTitle(card)).includes(text),
      )
      for (const card of cards) seen.set(card.id, card)
      return new Set(cards.map(({ id }) => id))
    }
    const { places, next } = await this.index.find('title', { q, appIds }, wanted, after, take)
    return { rows: places.flatMap(({ id }) => seen.get(id) ?? []), next }
  }
}
