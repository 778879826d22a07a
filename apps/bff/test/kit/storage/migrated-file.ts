import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { SqliteDriver } from '@sealcard/typeorm-sqlite3'
import type { DataSource } from 'typeorm'
import type { Config } from '../../../src/core/config/config.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { openStorage } from '../../../src/schema/open-storage.js'

/** Jest's `globalSetup` makes it for a run; nothing outside a run has one. */
const folder = process.env['SEALCARD_RUN_FOLDER']

const literal = (value: unknown): string =>
  value === null || typeof value === 'number'
    ? String(value)
    : `'${String(value).replaceAll("'", "''")}'`

/** The statements that make the schema, and the rows that the migrations leave. */
const scriptOf = async (storage: DataSource): Promise<string> => {
  const made = await storage.query<{ type: string; name: string; sql: string }[]>(
    "SELECT type, name, sql FROM sqlite_master WHERE sql <> '' AND name <> 'sqlite_sequence' ORDER BY rowid",
  )
  const statements = made.map(({ sql }) => sql)
  for (const { name } of made.filter(({ type }) => type === 'table')) {
    for (const row of await storage.query<object[]>(`SELECT * FROM "${name}"`))
      statements.push(
        `INSERT INTO "${name}" VALUES (${Object.values(row).map(literal).join(', ')})`,
      )
  }
  return statements.join(';\n')
}

/** @returns the migrated file of this run, and beside it its script. The first test file that asks makes them. */
const template = async (of: string): Promise<string> => {
  const file = path.join(of, 'migrated.sqlite')
  if (existsSync(file)) return file
  const half = `${file}.${process.pid}`
  const storage = await createDataSource({
    kind: 'sqlite',
    file: half,
    engine: 'sqlite3',
  }).initialize()
  await migrate(storage)
  writeFileSync(`${half}.sql`, await scriptOf(storage))
  await storage.destroy()
  renameSync(`${half}.sql`, `${file}.sql`)
  renameSync(half, file)
  return file
}

/** A service that starts finds nothing to migrate. A copy is made faster than a file is migrated. */
export const copyMigratedFile = async (to: string): Promise<void> => {
  if (folder !== undefined) copyFileSync(await template(folder), to)
}

/** The service's own database in memory, which is empty when it opens. */
export const openInMemory = async (config: Config): Promise<DataSource> => {
  const storage = await openStorage(config)
  if (folder !== undefined && storage.driver instanceof SqliteDriver)
    await storage.driver.writer.exec(readFileSync(`${await template(folder)}.sql`, 'utf8'))
  await migrate(storage)
  return storage
}
