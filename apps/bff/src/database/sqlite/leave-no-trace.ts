import type { DataSource } from 'typeorm'
import { RwSqliteDriver } from './rw-driver.js'

/**
 * After an erasure: takes what was erased out of SQLite's write-ahead log too; in the database itself it is overwritten
 * at once (`secure_delete`). PostgreSQL's vacuum and its own log see to it there.
 */
export const leaveNoTrace = async ({ driver }: DataSource): Promise<void> => {
  if (driver instanceof RwSqliteDriver) await driver.emptyLog()
}
