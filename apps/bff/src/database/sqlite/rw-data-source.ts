import { DataSource, type DataSourceOptions } from 'typeorm'
import { RwSqliteDriver, type RwSqliteSettings } from './rw-driver.js'

type Options = Omit<Extract<DataSourceOptions, { type: 'better-sqlite3' }>, 'type' | 'driver'>

/**
 * TypeORM 1 knows no `sqlite3`. Its type stays `better-sqlite3`, so that no branch of TypeORM breaks; the driver is
 * ours whichever engine works under it.
 */
export class RwSqliteDataSource extends DataSource {
  constructor(options: Options, settings: RwSqliteSettings) {
    // A stand-in, so that TypeORM's own driver doesn't load a package that need not be there.
    super({ ...options, type: 'better-sqlite3', driver: {} })
    this.driver = new RwSqliteDriver(this, settings)
  }
}
