import type { DataSource } from 'typeorm'
import { migrate } from '../../storage/migrate.js'

/** The migrations make what the entities say, and can be undone. `open` gives the service's own over an empty database. */
export const schemaSuite = (name: string, open: () => Promise<DataSource>): void => {
  describe(name, () => {
    it('has no difference between entities and migrations, and undoes every one', async () => {
      const dataSource = await open()
      const ran = await migrate(dataSource)
      expect(ran).toHaveLength(dataSource.migrations.length)
      expect(await migrate(dataSource)).toEqual([])
      const drift = await dataSource.driver.createSchemaBuilder().log()
      expect(drift.upQueries.map(({ query }) => query)).toEqual([])
      for (const _ of ran) await dataSource.undoLastMigration()
      const left = await dataSource.driver.createSchemaBuilder().log()
      expect(left.upQueries.length).toBeGreaterThan(0)
      await dataSource.destroy()
    })
  })
}
