import type { DataSource, EntityManager } from 'typeorm'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
import type { Place } from '../../http/pagination/page-cursor.js'

/** A row with the keyed hashes of its pairs. */
export interface PairedRow {
  readonly id: string
  /** Of the row, ms UTC. */
  readonly createdAt: number
  readonly pairs: readonly number[]
}

/** Rows of the rarest pair that one statement looks at. */
const WINDOW = 500
/** A pair with fewer rows is rare. Among others the rarer one reaches further back with so many rows. */
const RARE = 500
/** Pairs that a window probes besides the rarest. The text decides in the end. */
const PROBES = 3

interface Found {
  readonly at: number
  readonly id: string
  /** 1: it has the pairs. 0: the last row of the window, once more. */
  readonly hit: number
  readonly n: number
}

/** What a window has, and where the next one begins; undefined: at the end. */
export interface Window {
  readonly hits: readonly Place[]
  readonly next: Place | undefined
}

const START: Place = { at: Number.MAX_SAFE_INTEGER, id: '' }

/** Keyed hashes of character pairs, newest row first for each pair. */
export class PairTable {
  readonly #insert: Statement<never>
  readonly #remove: Statement<never>
  readonly #ranks: Statement<{ pair: number; since: number | null }>
  readonly #window: Statement<Found>

  /** @param names of the table and of its column with the row's id; from our code, never from a client */
  constructor(storage: DataSource, { table, id }: { table: string; id: string }) {
    const sql = new Statements(storage)
    const columns = { pair: 'bigint', created_at: 'bigint', [id]: 'varchar' } as const
    const cells = Object.keys(columns).join(', ')
    // Without WHERE, SQLite takes ON for the condition of a join.
    this.#insert = sql.write(
      `INSERT INTO ${table} (${cells}) SELECT ${cells} FROM ${sql.given(1, columns)} WHERE true
      ON CONFLICT DO NOTHING`,
    )
    this.#remove = sql.write(
      `DELETE FROM ${table} WHERE ${id} IN (SELECT given.id FROM ${sql.given(1, { id: 'varchar' })})`,
    )
    this.#ranks = sql.read(
      `SELECT given.pair, (SELECT p.created_at FROM ${table} AS p WHERE p.pair = given.pair
        ORDER BY p.created_at DESC, p.${id} DESC LIMIT 1 OFFSET ${RARE}) AS "since"
      FROM ${sql.given(1, { pair: 'bigint' })}`,
      { pair: integer, since: nullable(integer) },
    )
    const probe = (n: number) =>
      `EXISTS (SELECT 1 FROM ${table} AS o WHERE o.pair = $${n}
        AND o.created_at = seen.at AND o.${id} = seen.id)`
    this.#window = sql.read(
      `WITH seen AS (SELECT p.created_at AS at, p.${id} AS id FROM ${table} AS p
        WHERE p.pair = $1 AND (p.created_at, p.${id}) < ($2, $3)
        ORDER BY p.created_at DESC, p.${id} DESC LIMIT ${WINDOW})
      SELECT seen.at AS at, seen.id AS id, 1 AS hit, 0 AS n FROM seen WHERE ${probe(4)} AND ${probe(5)} AND ${probe(6)}
      UNION ALL
      SELECT past.at AS at, past.id AS id, 0 AS hit, (SELECT count(*) FROM seen) AS n
      FROM (SELECT seen.at, seen.id FROM seen ORDER BY seen.at, seen.id LIMIT 1) AS past
      ORDER BY at DESC, id DESC`,
      { at: integer, id: text, hit: integer, n: integer },
    )
  }

  async add(manager: EntityManager, rows: readonly PairedRow[]): Promise<void> {
    const cells = rows
      .flatMap(({ id, createdAt, pairs }) => pairs.map((pair) => [pair, createdAt, id] as const))
      .toSorted(([a], [b]) => a - b)
    if (cells.length > 0) await this.#insert.run([cells], manager)
  }

  async remove(manager: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#remove.run([ids.map((id) => [id])], manager)
  }

  /** The rarest first; at most what a window takes. */
  async rarest(pairs: readonly number[]): Promise<number[]> {
    const ranks = await this.#ranks.run([pairs.map((pair) => [pair])])
    return ranks
      .toSorted((a, b) => (a.since ?? -1) - (b.since ?? -1))
      .slice(0, 1 + PROBES)
      .map(({ pair }) => pair)
  }

  /** The rows behind a place that have these pairs, newest first. @param pairs the rarest first, at least one */
  async window(pairs: readonly number[], after: Place = START): Promise<Window> {
    const [rarest = 0, ...others] = pairs
    const probes = Array.from({ length: PROBES }, (_, i) => others[i] ?? rarest)
    const rows = await this.#window.run([rarest, after.at, after.id, ...probes])
    const hits = rows.filter(({ hit }) => hit === 1).map(({ at, id }) => ({ at, id }))
    const last = rows.find(({ hit, n }) => hit === 0 && n === WINDOW)
    return { hits, next: last && { at: last.at, id: last.id } }
  }
}
