import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { startPostgres, type TestPostgres } from './postgres.js'

/** The database on it that is migrated, and a template for others. */
export const MIGRATED = 'migrated'

/** Jest's `globalSetup` makes it for a run; nothing outside a run has one. */
const folder = process.env['SEALCARD_RUN_FOLDER']

const addMigrated = async (postgres: TestPostgres): Promise<void> => {
  const plain = { entities: [], migrations: [] }
  const server = await createDataSource(postgres.database('postgres'), plain).initialize()
  await server.query(`CREATE DATABASE ${MIGRATED}`)
  await server.destroy()
  const storage = await createDataSource(postgres.database(MIGRATED)).initialize()
  await migrate(storage)
  await storage.destroy()
}

/** @returns the data of a server with a migrated database. The first test file of a run that asks makes them. */
const dataOf = async (run: string): Promise<string> => {
  const data = path.join(run, 'postgres')
  if (existsSync(data)) return data
  const half = `${data}.${process.pid}`
  const postgres = await startPostgres()
  await addMigrated(postgres)
  await postgres.keep(half)
  await postgres.stop()
  try {
    renameSync(half, data)
  } catch (error) {
    // Another test file may have been faster.
    if (!existsSync(data)) throw error
    rmSync(half, { recursive: true, force: true })
  }
  return data
}

/** Starts a PostgreSQL for one test file; the database `MIGRATED` is there. Ask `hasPostgres` first. */
export const startMigratedPostgres = async (): Promise<TestPostgres> => {
  if (folder !== undefined) return startPostgres(undefined, undefined, await dataOf(folder))
  const postgres = await startPostgres()
  await addMigrated(postgres)
  return postgres
}
