import { createHash } from 'node:crypto'
import type { DataSource, EntityManager, EntityMetadata, ObjectLiteral } from 'typeorm'
import { BackupError } from './backup-error.js'

/** Of one statement. PostgreSQL takes 65,535 values at once. */
const BATCH = 500
/** Between two lines of progress, in rows. */
const STEP = 10_000
/** In the target while data move: how far each table is. */
const PROGRESS = 'data_migration'

export interface Moved {
  readonly tables: number
  readonly rows: number
  /** Rows that an earlier run had moved. */
  readonly resumed: number
}

interface Place {
  readonly rows: number
  /** Values of the primary key; null: at the beginning. */
  readonly key: readonly unknown[] | null
}

type Tell = (line: string) => void

/**
 * Moves all rows of one database into another one with the same tables, in batches. Cut off, the next run goes on behind the
 * last whole batch. At the end both have the same rows in each table, or it fails.
 * @param source nobody may write to it @param target migrated to the same version
 * @param startOver forgets what an earlier run moved
 * @throws BackupError when the target holds data of its own, or the two differ at the end
 */
export const moveData = async (
  source: DataSource,
  target: DataSource,
  { tell, startOver }: { tell: Tell; startOver: boolean },
): Promise<Moved> => {
  const tables = source.entityMetadatas
  await begin(target, tables, startOver)
  const held = source.createQueryRunner()
  await held.startTransaction()
  try {
    let [rows, resumed] = [0, 0]
    for (const table of tables) {
      const place = await placeOf(target, table.tableName)
      resumed += place.rows
      rows += await moveTable(held.manager, target, table, { place, tell })
    }
    for (const table of tables) await compare(held.manager, target.manager, table)
    await target.query(`DROP TABLE ${PROGRESS}`)
    return { tables: tables.length, rows, resumed }
  } finally {
    await held.rollbackTransaction().catch(() => {})
    await held.release()
  }
}

/** Whoever has people, cards or an audit has been used. Migrations write first rows of their own. */
const USED = ['viewers', 'cards', 'audit_chains']

const begin = async (
  target: DataSource,
  tables: readonly EntityMetadata[],
  startOver: boolean,
): Promise<void> => {
  const runner = target.createQueryRunner()
  const resumes = await runner.hasTable(PROGRESS).finally(() => runner.release())
  if (resumes && !startOver) return
  for (const table of resumes ? [] : USED)
    if ((await target.query<unknown[]>(`SELECT 1 FROM ${table} LIMIT 1`)).length > 0)
      throw new BackupError(`the target has rows in ${table} already: it must be empty`)
  await target.transaction(async (manager) => {
    for (const { tableName } of tables) await manager.query(`DELETE FROM "${tableName}"`)
    await manager.query(`DROP TABLE IF EXISTS ${PROGRESS}`)
    await manager.query(
      `CREATE TABLE ${PROGRESS} (name varchar PRIMARY KEY, row_count bigint NOT NULL, last_key text NOT NULL)`,
    )
  })
}

const placeOf = async (target: DataSource, table: string): Promise<Place> => {
  const [row] = await target.query<{ row_count: string; last_key: string }[]>(
    `SELECT row_count, last_key FROM ${PROGRESS} WHERE name = '${table}'`,
  )
  if (!row) return { rows: 0, key: null }
  return { rows: Number(row.row_count), key: JSON.parse(row.last_key) as unknown[] }
}

const moveTable = async (
  from: EntityManager,
  target: DataSource,
  table: EntityMetadata,
  { place, tell }: { place: Place; tell: Tell },
): Promise<number> => {
  const { tableName: name } = table
  let [{ rows }, told] = [place, place.rows]
  for await (const batch of batches(from, table, place.key)) {
    rows += batch.length
    const key = JSON.stringify(keyOf(table, batch.at(-1)!))
    await target.transaction(async (manager) => {
      await manager
        .createQueryBuilder()
        .insert()
        .into(table.target)
        .values(batch)
        .updateEntity(false)
        .execute()
      await manager.query(
        `INSERT INTO ${PROGRESS} VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET row_count = $2, last_key = $3`,
        [name, rows, key],
      )
    })
    if (rows - told < STEP) continue
    told = rows
    tell(`${name}: ${rows} rows`)
  }
  tell(`${name}: ${rows} rows, done`)
  return rows
}

const keyOf = ({ primaryColumns }: EntityMetadata, row: ObjectLiteral): unknown[] =>
  primaryColumns.map((column) => column.getEntityValue(row) as unknown)

/** In the order of the primary key, behind `after`. */
async function* batches(
  manager: EntityManager,
  table: EntityMetadata,
  after: readonly unknown[] | null = null,
): AsyncGenerator<ObjectLiteral[]> {
  const columns = table.primaryColumns.map(({ propertyPath }) => `t.${propertyPath}`)
  for (let key = after; ;) {
    const query = manager.createQueryBuilder<ObjectLiteral>(table.target, 't').take(BATCH)
    for (const column of columns) query.addOrderBy(column)
    if (key) {
      const named = Object.fromEntries(key.map((value, i) => [`k${i}`, value]))
      const values = key.map((_, i) => `:k${i}`)
      query.where(`(${columns.join(', ')}) > (${values.join(', ')})`, named)
    }
    const rows = await query.getMany()
    const last = rows.at(-1)
    if (!last) return
    yield rows
    key = keyOf(table, last)
  }
}

/** @throws BackupError when the number of rows or one value differs */
const compare = async (
  one: EntityManager,
  other: EntityManager,
  table: EntityMetadata,
): Promise<void> => {
  const [from, to] = [await digestOf(one, table), await digestOf(other, table)]
  if (from.rows === to.rows && from.sum.equals(to.sum)) return
  throw new BackupError(
    `${table.tableName}: ${from.rows} rows here and ${to.rows} in the target, or other values: the source was used in between; run again with --start-over`,
  )
}

/** The same in any order of the rows: the databases sort texts differently. */
const digestOf = async (
  manager: EntityManager,
  table: EntityMetadata,
): Promise<{ rows: number; sum: Buffer }> => {
  const sum = Buffer.alloc(32)
  let rows = 0
  for await (const batch of batches(manager, table)) {
    rows += batch.length
    for (const row of batch) {
      const values = table.columns.map((column) => (column.getEntityValue(row) as unknown) ?? null)
      const hash = createHash('sha256').update(JSON.stringify(values)).digest()
      for (const [i, byte] of hash.entries()) sum[i]! ^= byte
    }
  }
  return { rows, sum }
}
