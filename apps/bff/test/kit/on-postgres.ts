import type { DataSource } from 'typeorm'
import type { PostgresConfig } from '../../src/core/config/config.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { hasPostgres, PATIENT, startPostgres, type TestPostgres } from './storage/postgres.js'
import { TestApp } from './test-app.js'

const MIGRATED = 'migrated'

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
      postgres = await startPostgres()
      server = await createDataSource(postgres.database('postgres')).initialize()
      await server.query(`CREATE DATABASE ${MIGRATED}`)
      const template = await createDataSource(postgres.database(MIGRATED)).initialize()
      await migrate(template)
      await template.destroy()
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
