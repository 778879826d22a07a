import { Inject, Injectable } from '@nestjs/common'
import type { CardStatus } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { squeeze } from '../../core/text.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
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

/** What of a card says whether it is wanted. Most cards that have the pairs are not, and a body is long. */
type Look = Pick<CardEntity, 'id' | 'ownerId' | 'expiresAt' | 'revokedAt' | 'sealedTitle'>

/** Cards by a run of characters in their titles, newest first. */
@Injectable()
export class TitleSearch {
  readonly #looks: Statement<Look>

  constructor(
    private readonly storage: DataSource,
    private readonly index: SearchIndex,
    private readonly content: CardContent,
    private readonly known: KnownFilters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    this.#looks = sql.read(
      `SELECT c.id AS id, c.owner_id AS "ownerId", c.expires_at AS "expiresAt",
        c.revoked_at AS "revokedAt", c.sealed_title AS "sealedTitle"
      FROM ${sql.given(1, { id: 'varchar' })} JOIN cards AS c ON c.id = given.id`,
      {
        id: text,
        ownerId: text,
        expiresAt: nullable(integer),
        revokedAt: nullable(integer),
        sealedTitle: nullable(text),
      },
    )
  }

  /** @throws ApiError ERR_INPUT naming `q` */
  async find(
    q: string,
    { app, owner, status }: Filters,
    after: Place | undefined,
    take: number,
  ): Promise<{ rows: CardEntity[]; next: Place | undefined }> {
    const wantedText = squeeze(q)
    if (Array.from(wantedText).length < 2)
      throw inputError('q', 'must have at least 2 characters, blanks apart')
    const now = this.clock.now()
    const appIds = app === undefined ? await this.known.apps() : [app]
    const wanted = async (places: readonly Place[]) => {
      const cards = await this.#looks.run([places.map(({ id }) => [id])])
      const found = cards.filter(
        (card) =>
          (owner === undefined || card.ownerId === owner) &&
          (status === undefined || statusOf(card, now) === status) &&
          squeeze(this.content.listedTitle(card)).includes(wantedText),
      )
      return new Set(found.map(({ id }) => id))
    }
    const { places, next } = await this.index.find('title', { q, appIds }, wanted, after, take)
    return { rows: await rowsAt(this.storage, CardEntity, places), next }
  }
}
