import type { DataSource } from 'typeorm'
import { integer, Statements, text } from '../../database/statements.js'
import type { Place } from './page-cursor.js'

/**
 * Places in the order of a list, newest first, each id once. Only the database knows the order of equal times: PostgreSQL
 * compares ids by the language of its database, and JavaScript does not.
 */
export const inListOrder = (storage: DataSource, places: readonly Place[]): Promise<Place[]> => {
  const sql = new Statements(storage)
  const unique = new Map(places.map(({ at, id }) => [id, [at, id]]))
  return sql
    .read<Place>(
      `SELECT given.at, given.id FROM ${sql.given(1, { at: 'bigint', id: 'varchar' })}
      ORDER BY given.at DESC, given.id DESC`,
      { at: integer, id: text },
    )
    .run([[...unique.values()]])
}
