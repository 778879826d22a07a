import type { PostgresConfig } from '../../src/core/config/config.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { Batches } from './batches.js'
import { type SeedTable, TABLES, type Value } from './tables.js'
import type { Target } from './target.js'

const ROWS = 5_000

/** A PostgreSQL database with the service's tables. */
export const openPostgresTarget = async (database: PostgresConfig): Promise<Target> => {
  const source = await createDataSource(database, { statementTimeoutMs: 0 }).initialize()
  const client = source.createQueryRunner()
  const exec = (sql: string) => client.query(sql)
  // Of this connection alone: an index of ten million rows takes longer than a request may.
  await exec('SET synchronous_commit = off')
  await exec('SET statement_timeout = 0')
  await exec('SET idle_in_transaction_session_timeout = 0')
  const names = Object.values(TABLES).map(({ name }) => name)
  const indexes: Target['indexes'] = await client.query(
    `SELECT i.indexname AS name, i.indexdef AS sql FROM pg_indexes i
     WHERE i.schemaname = current_schema() AND i.tablename = ANY($1)
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`,
    [names],
  )
  const write = async (table: SeedTable, values: Value[]) => {
    await client.query(insertion(table), columnsOf(table, values))
  }
  return {
    sink: new Batches(ROWS, write),
    indexes,
    exec,
    begin: () => exec('BEGIN'),
    commit: () => exec('COMMIT'),
    async finish() {
      await exec('ANALYZE')
      await client.release()
      await source.destroy()
    },
  }
}

/** One array for each column: as many parameters as columns, however many rows. */
const insertion = ({ name, columns, types }: SeedTable): string =>
  `INSERT INTO ${name} (${columns.join()}) SELECT * FROM unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join()})`

const columnsOf = ({ columns }: SeedTable, values: readonly Value[]): Value[][] => {
  const width = columns.length
  const arrays = columns.map((): Value[] => [])
  values.forEach((value, i) => arrays[i % width]?.push(value))
  return arrays
}
