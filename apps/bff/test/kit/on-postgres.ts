import type { DataSource } from 'typeorm'
import type { PostgresConfig } from '../../src/core/config/config.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { MIGRATED, startMigratedPostgres } from './storage/migrated-postgres.js'
import { hasPostgres, PATIENT, type TestPostgres } from './storage/postgres.js'
import { TestApp } from './test-app.js'

/** The suites of these files once more, each of their services over a PostgreSQL database of its own. */
export const againOverPostgres = (files: Record<string, () => void>): void => {
  ;(hasPostgres() ? describe : describe.skip)('over PostgreSQL', () => {
    let postgres: TestPostgres
    let server: DataSource
    let count = 0

    // A copy of a migrated database is made faster than one that migrates.
    const copy = async (): Promise<PostgresConfig> => {
      const name = `copy_${(count += 1)}`
      await server.query(`CREATE DATABASE ${name} TEMPLATE ${MIGRATED}`)
      return postgres.database(`${name}${PATIENT}`)
    }
    beforeAll(async () => {
      postgres = await startMigratedPostgres()
      server = await createDataSource(postgres.database('postgres')).initialize()
      TestApp.database = copy
    })
    afterAll(async () => {
      TestApp.database = undefined
      await server.destroy()
      await postgres.stop()
    })

    it('their services are on PostgreSQL', async () => {
      const app = await TestApp.start()
      expect(app.storage.options.type).toBe('postgres')
      await app.stop()
    })
    for (const [name, suite] of Object.entries(files)) describe(name, suite)
  })
}
