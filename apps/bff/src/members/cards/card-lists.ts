import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Grouped } from '../../core/concurrency/grouped.js'
import { integer, json, type Statement, Statements } from '../../database/statements.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import type { CardEntity } from './card.entity.js'

/** What a line of a list is made of. */
export type ListedCard = Pick<
  CardEntity,
  | 'id'
  | 'sealedTitle'
  | 'createdAt'
  | 'expiresAt'
  | 'revokedAt'
  | 'viewerCount'
  | 'openCount'
  | 'refusedCount'
  | 'firstOpenedAt'
  | 'lastOpenedAt'
>

/** A card that its viewer opened; null once it is gone. */
export interface ReceivedCard {
  readonly cardId: string
  /** Milliseconds UTC. */
  readonly firstAt: number
  readonly card: ListedCard | null
}

interface Asked {
  readonly personId: string
  readonly after: Place | undefined
  readonly take: number
}

/** What `cardOf` reads, in this order. */
const CELLS = [
  'id',
  'sealed_title',
  'created_at',
  'expires_at',
  'revoked_at',
  'viewer_count',
  'open_count',
  'refused_count',
  'first_opened_at',
  'last_opened_at',
]

const cardOf = (cells: readonly unknown[]): ListedCard => {
  const [id, sealedTitle, createdAt, expiresAt, revokedAt, ...counts] = cells as [
    string,
    string | null,
    number,
    number | null,
    number | null,
    number,
    number,
    number,
    number | null,
    number | null,
  ]
  const [viewerCount, openCount, refusedCount, firstOpenedAt, lastOpenedAt] = counts
  const times = { createdAt, expiresAt, revokedAt, firstOpenedAt, lastOpenedAt }
  return { id, sealedTitle, viewerCount, openCount, refusedCount, ...times }
}

/** After every moment: a list without a cursor begins at its start. */
const START: Place = { at: Number.MAX_SAFE_INTEGER, id: '' }

/**
 * The pages of members' lists, newest first. All who ask in the same moment share one statement: a statement costs more than
 * the rows of a page. It reads only what a line shows, because a body may be long.
 */
@Injectable()
export class CardLists {
  readonly #sent: Grouped<Asked, unknown[][]>
  readonly #received: Grouped<Asked, unknown[][]>

  constructor(storage: DataSource) {
    const sql = new Statements(storage)
    const statement = (cells: readonly string[], page: string) =>
      sql.read<{ n: number; page: unknown }>(
        `SELECT given.n, ${sql.arrays(cells, `${page} LIMIT $2`, 'page')} AS page
        FROM ${sql.given(1, { n: 'int', person: 'varchar', at: 'bigint', id: 'varchar' })}`,
        { n: integer, page: json },
      )
    this.#sent = grouped(
      statement(
        CELLS,
        `SELECT ${CELLS.join(', ')} FROM cards
        WHERE owner_id = given.person AND deleted_at IS NULL AND (created_at, id) < (given.at, given.id)
        ORDER BY created_at DESC, id DESC`,
      ),
    )
    this.#received = grouped(
      statement(
        ['card_id', 'first_at', ...CELLS],
        `SELECT v.card_id, v.first_at, ${CELLS.map((cell) => `c.${cell}`).join(', ')}
        FROM card_viewers AS v LEFT JOIN cards AS c ON c.id = v.card_id
        WHERE v.viewer_id = given.person AND (v.first_at, v.card_id) < (given.at, given.id)
        ORDER BY v.first_at DESC, v.card_id DESC`,
      ),
    )
  }

  /** By when they were made, from beyond `after`, at most `take`. */
  async sent(personId: string, after: Place | undefined, take: number): Promise<ListedCard[]> {
    return (await this.#sent.ask({ personId, after, take })).map(cardOf)
  }

  /** By first opening, from beyond `after`, at most `take`. */
  async received(
    personId: string,
    after: Place | undefined,
    take: number,
  ): Promise<ReceivedCard[]> {
    const rows = await this.#received.ask({ personId, after, take })
    return rows.map(([cardId, firstAt, ...cells]) => ({
      cardId: cardId as string,
      firstAt: firstAt as number,
      card: cells[0] === null ? null : cardOf(cells),
    }))
  }
}

const grouped = (pages: Statement<{ n: number; page: unknown }>) =>
  new Grouped<Asked, unknown[][]>({ most: 128, atOnce: 2 }, async (group) => {
    const given = group.map(({ personId, after = START }, n) => [n, personId, after.at, after.id])
    // One limit for all: a request for less gets the beginning of it.
    const rows = await pages.run([given, Math.max(...group.map(({ take }) => take))])
    const byPlace = new Map(rows.map(({ n, page }) => [n, (page ?? []) as unknown[][]]))
    return group.map(({ take }, n) => ({ value: (byPlace.get(n) ?? []).slice(0, take) }))
  })
