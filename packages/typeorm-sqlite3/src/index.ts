export { loadEngine, openConnection } from './connection.js'
export { SqliteDataSource, truncateWal, type SqliteDataSourceOptions } from './data-source.js'
export { SqliteDriver } from './driver.js'
export type { ConnectionOptions, SqliteConnection, SqliteEngine, SqliteResult } from './engine.js'
export {
  isUnavailable,
  packageError,
  SqliteDriverError,
  WriteLeaseError,
  type SqliteDriverErrorCode,
} from './errors.js'
export type { SqliteSettings } from './settings.js'
export type { Timers } from './timers.js'
