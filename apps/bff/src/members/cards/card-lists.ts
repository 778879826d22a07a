import { Injectable } from '@nestjs/common'
import type { CardStatus, Policy } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { Grouped } from '../../core/concurrency/grouped.js'
import { integer, json, type Statement, Statements } from '../../database/statements.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import type { CardEntity } from './card.entity.js'

/** What a line of a list is made of, and whose card it is. */
export type ListedCard = Pick<
  CardEntity,
  | 'id'
  | 'ownerId'
  | 'appId'
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

/** A card in its owner's list. */
export interface SentCard extends ListedCard {
  /** Its owner was about to send it. */
  readonly shared: boolean
}

/** A card that its viewer opened; null once it is gone. */
export interface ReceivedCard {
  readonly cardId: string
  /** Milliseconds UTC. */
  readonly firstAt: number
  readonly card: ListedCard | null
  /** How often the viewer opened it. */
  readonly opens: number
  /** Milliseconds UTC. */
  readonly acknowledgedAt: number | null
  /** Of the share by which the viewer came; null once that is gone. Milliseconds UTC. */
  readonly verifyUntil: number | null
  readonly policy: Policy
}

interface Asked {
  readonly personId: string
  readonly after: Place | undefined
  readonly take: number
  readonly status?: AskedStatus | undefined
}

/** Only cards that have this status then. */
export interface AskedStatus {
  readonly status: CardStatus
  /** Milliseconds UTC. */
  readonly now: number
}

/** What `cardOf` reads, in this order. */
const CELLS = [
  'id',
  'owner_id',
  'app_id',
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

/** What a received card has besides, in this order. */
const RECEIVED = ['card_id', 'first_at', 'opens', 'acknowledged_at', 'verify_until', 'policy']

const GIVEN = {
  n: 'int',
  person: 'varchar',
  at: 'bigint',
  id: 'varchar',
  status: 'varchar',
  now: 'bigint',
} as const

const cardOf = (cells: readonly unknown[]): ListedCard => {
  const [id, ownerId, appId, sealedTitle, createdAt, expiresAt, revokedAt, ...counts] = cells as [
    string,
    string,
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
  return {
    id,
    ownerId,
    appId,
    sealedTitle,
    createdAt,
    expiresAt,
    revokedAt,
    viewerCount,
    openCount,
    refusedCount,
    firstOpenedAt,
    lastOpenedAt,
  }
}

const receivedOf = (row: readonly unknown[]): ReceivedCard => {
  const [cardId, firstAt, opens, acknowledgedAt, verifyUntil, policy] = row as [
    string,
    number,
    number,
    number | null,
    number | null,
    string | null,
  ]
  const cells = row.slice(RECEIVED.length)
  return {
    cardId,
    firstAt,
    opens,
    acknowledgedAt,
    verifyUntil,
    policy: JSON.parse(policy ?? '{}') as Policy,
    card: cells[0] === null ? null : cardOf(cells),
  }
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
  readonly #sentOfStatus: Grouped<Asked, unknown[][]>
  readonly #received: Grouped<Asked, unknown[][]>

  constructor(storage: DataSource) {
    const sql = new Statements(storage)
    const statement = (cells: readonly string[], page: string) =>
      sql.read<{ n: number; page: unknown }>(
        `SELECT given.n, ${sql.arrays(cells, `${page} LIMIT $2`, 'page')} AS page
        FROM ${sql.given(1, GIVEN)}`,
        { n: integer, page: json },
      )
    const sent = (more: string) =>
      grouped(
        statement(
          [...CELLS, 'shared'],
          `SELECT ${CELLS.join(', ')},
            EXISTS (SELECT 1 FROM shares AS s WHERE s.card_id = cards.id) AS shared
          FROM cards WHERE owner_id = given.person AND deleted_at IS NULL
            AND (created_at, id) < (given.at, given.id)${more}
          ORDER BY created_at DESC, id DESC`,
        ),
      )
    this.#sent = sent('')
    this.#sentOfStatus = sent(
      ` AND given.status = CASE WHEN revoked_at IS NOT NULL THEN 'revoked'
        WHEN expires_at <= given.now THEN 'expired' ELSE 'active' END`,
    )
    this.#received = grouped(
      statement(
        [...RECEIVED, ...CELLS],
        `SELECT v.card_id, v.first_at, v.opens, v.acknowledged_at, s.verify_until, c.policy,
          ${CELLS.map((cell) => `c.${cell}`).join(', ')}
        FROM card_viewers AS v LEFT JOIN cards AS c ON c.id = v.card_id
          LEFT JOIN shares AS s ON s.id = v.share_id
        WHERE v.viewer_id = given.person AND (v.first_at, v.card_id) < (given.at, given.id)
        ORDER BY v.first_at DESC, v.card_id DESC`,
      ),
    )
  }

  /** By when they were made, from beyond `after`, at most `take`. */
  async sent(
    personId: string,
    after: Place | undefined,
    take: number,
    status?: AskedStatus,
  ): Promise<SentCard[]> {
    const pages = status ? this.#sentOfStatus : this.#sent
    const rows = await pages.ask({ personId, after, take, status })
    return rows.map((cells) => Object.assign(cardOf(cells), { shared: Boolean(cells.at(-1)) }))
  }

  /** By first opening, from beyond `after`, at most `take`. */
  async received(
    personId: string,
    after: Place | undefined,
    take: number,
  ): Promise<ReceivedCard[]> {
    const rows = await this.#received.ask({ personId, after, take })
    return rows.map(receivedOf)
  }
}

const grouped = (pages: Statement<{ n: number; page: unknown }>) =>
  new Grouped<Asked, unknown[][]>({ most: 128, atOnce: 2 }, async (group) => {
    const given = group.map(({ personId, after = START, status }, n) => [
      n,
      personId,
      after.at,
      after.id,
      status?.status ?? null,
      status?.now ?? null,
    ])
    // One limit for all: a request for less gets the beginning of it.
    const rows = await pages.run([given, Math.max(...group.map(({ take }) => take))])
    const byPlace = new Map(rows.map(({ n, page }) => [n, (page ?? []) as unknown[][]]))
    return group.map(({ take }, n) => ({ value: (byPlace.get(n) ?? []).slice(0, take) }))
  })
