import { DataSource, type DataSourceOptions } from 'typeorm'
import { SqliteDriver } from './driver.js'
import { STANDARD, type SqliteSettings } from './settings.js'

/** What TypeORM takes for SQLite: `database` is the file, or `:memory:`. */
export type SqliteDataSourceOptions = Omit<
  Extract<DataSourceOptions, { type: 'better-sqlite3' }>,
  'type' | 'driver'
>

/**
 * A TypeORM `DataSource` over the driver of this package.
 *
 * TypeORM 1 knows no `sqlite3`. The type of the options stays `better-sqlite3`, so that no branch of TypeORM breaks; the
 * driver is this one, whichever engine works under it.
 */
export class SqliteDataSource extends DataSource {
  constructor(options: SqliteDataSourceOptions, settings: Partial<SqliteSettings> = {}) {
    // A stand-in, so that TypeORM's own driver does not load a package that need not be there.
    super({ ...options, type: 'better-sqlite3', driver: {} })
    this.driver = new SqliteDriver(this, { ...STANDARD, ...settings })
  }
}

/**
 * Takes what was erased out of the write-ahead log too; in the database itself `secure_delete` overwrites it at once. Does
 * nothing to a data source of another driver.
 */
export const truncateWal = async ({ driver }: DataSource): Promise<void> => {
  if (driver instanceof SqliteDriver) await driver.emptyLog()
}
