import { EntitySchema, Table, type MigrationInterface, type QueryRunner } from 'typeorm'
import { SqliteDataSource, type SqliteSettings } from '../../src/index.js'

export interface Claim {
  id: string
  state: string
  claimedAt: number
}

/** A row that is claimed by inserting it and used up by a conditional update. */
export const Claims = new EntitySchema<Claim>({
  name: 'claims',
  columns: {
    id: { type: 'varchar', length: 64, primary: true },
    state: { type: 'varchar', length: 16 },
    claimedAt: { name: 'claimed_at', type: 'bigint' },
  },
})

class Claims1700000000000 implements MigrationInterface {
  name = 'Claims1700000000000'

  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'state', type: 'varchar', length: '16' },
      { name: 'claimed_at', type: 'bigint' },
    ]
    await runner.createTable(new Table({ name: 'claims', columns }))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('claims')
  }
}

export const claim = (id: string): Claim => ({ id, state: 'open', claimedAt: 1_770_000_000_000 })

/** A data source that knows claims only, not yet connected. */
export const claimsFile = (
  database: string,
  settings: Partial<SqliteSettings> = {},
): SqliteDataSource =>
  new SqliteDataSource(
    { database, entities: [Claims], migrations: [Claims1700000000000] },
    settings,
  )

/** Connected, with its table. */
export const openClaims = async (
  database: string,
  settings: Partial<SqliteSettings> = {},
): Promise<SqliteDataSource> => {
  const dataSource = await claimsFile(database, settings).initialize()
  await dataSource.runMigrations()
  return dataSource
}
