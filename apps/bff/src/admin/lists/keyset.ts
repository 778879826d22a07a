import { type DataSource, type EntityTarget, type FindOptionsWhere, In } from 'typeorm'
import { inputError } from '../../core/errors/api-error.js'
import type { Place } from '../../http/pagination/page-cursor.js'

/** A list in the order of a time and then the id, both descending. The names come from our code, never from a client. */
export interface Ordered {
  readonly table: string
  /** The column of the time. */
  readonly time: string
}

/** A part of a list. */
export interface Branch {
  /** Has the rows in the list's order. SQLite must take it: without statistics it chooses badly. Empty: the primary key. */
  readonly index: string
  /** Conditions that hold together, as SQL with named parameters. */
  readonly where: readonly string[]
}

export type Parameters = Readonly<Record<string, string | number>>

/**
 * The next places of a list, read along an index: `time, id` is compared as one value. No row is counted or skipped.
 *
 * Several branches exclude each other, and each has its own index. The database merges them, because only the database
 * knows its order of equal times.
 */
export const placesAfter = async (
  storage: DataSource,
  { table, time }: Ordered,
  branches: readonly Branch[],
  parameters: Parameters,
  after: Place | undefined,
  take: number,
): Promise<Place[]> => {
  const order = 'ORDER BY at DESC, id DESC LIMIT :take'
  const sqlite = storage.options.type !== 'postgres'
  const selects = branches.map((branch) => {
    const where = [...branch.where, ...(after ? [`(${time}, id) < (:afterAt, :afterId)`] : [])]
    const conditions = where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''
    return `SELECT ${time} AS at, id FROM ${table}
      ${sqlite && branch.index ? `INDEXED BY ${branch.index}` : ''} ${conditions}
      ORDER BY ${time} DESC, id DESC LIMIT :take`
  })
  const sql =
    selects.length === 1
      ? (selects[0] ?? '')
      : `SELECT at, id FROM (${selects
          .map((select) => `SELECT at, id FROM (${select}) AS branch`)
          .join(' UNION ALL ')}) AS merged ${order}`
  const [text, values] = storage.driver.escapeQueryWithParameters(sql, {
    ...parameters,
    ...(after && { afterAt: after.at, afterId: after.id }),
    take,
  })
  const rows = await storage.query<{ at: number | string; id: string }[]>(text, values)
  // PostgreSQL gives 64-bit integers as text.
  return rows.map(({ at, id }) => ({ at: Number(at), id }))
}

/** A condition on a column whose index the database must not take: another condition finds fewer rows. */
export const withoutIndex = (column: string, parameter: string) =>
  `(${column} || '') = :${parameter}`

/** The rows of the places, in their order. Rows that were deleted since are left out. */
export const rowsAt = async <T extends { readonly id: string }>(
  storage: DataSource,
  entity: EntityTarget<T>,
  places: readonly Place[],
): Promise<T[]> => {
  if (places.length === 0) return []
  const where = { id: In(places.map(({ id }) => id)) } as FindOptionsWhere<T>
  const rows = await storage.manager.findBy(entity, where)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return places.flatMap(({ id }) => byId.get(id) ?? [])
}

/** One spelling for each set of filters. A cursor is good only for the list that it came from. */
export const filterName = (filters: object): string =>
  JSON.stringify(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

export interface TimeRange {
  /** Milliseconds UTC, the first one that counts, and the first one that does not. */
  readonly from?: number
  readonly to?: number
}

/** @throws ApiError ERR_INPUT naming `to` where the range ends before it begins */
export const timeRange = ({
  from,
  to,
}: {
  from?: string | undefined
  to?: string | undefined
}): TimeRange => {
  const range = {
    ...(from !== undefined && { from: Date.parse(from) }),
    ...(to !== undefined && { to: Date.parse(to) }),
  }
  if (range.from !== undefined && range.to !== undefined && range.to < range.from)
    throw inputError('to', 'must not be before from')
  return range
}

/** As SQL with the parameters `from` and `to`. */
export const within = (column: string, { from, to }: TimeRange): string[] => [
  ...(from === undefined ? [] : [`${column} >= :from`]),
  ...(to === undefined ? [] : [`${column} < :to`]),
]
