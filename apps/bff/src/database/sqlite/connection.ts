import type { SqliteEngine } from '../../core/config/config.js'
import { BetterSqlite3Connection, loadBetterSqlite3 } from './better-sqlite3-connection.js'
import { loadSqlite3, Sqlite3Connection } from './sqlite3-connection.js'

export interface ConnectionOptions {
  readonly: boolean
  /** How long SQLite itself waits for another process's lock, ms. */
  busyTimeoutMs: number
}

export interface SqliteResult {
  /** Only of a statement that yields rows. */
  rows?: unknown[]
  changes?: number
  lastId?: number | bigint
}

/** One connection to one SQLite file. Calls run one after the other, in the order they were made. */
export interface SqliteConnection {
  /** Runs statements without parameters or results. */
  exec(sql: string): Promise<void>
  query(sql: string, params: unknown[]): Promise<SqliteResult>
  /** From the call on, the others fail. */
  close(): Promise<void>
}

/** @throws the engine's error, e.g. SQLITE_CANTOPEN; StorageConfigError when its package cannot be loaded */
export const openConnection = (
  engine: SqliteEngine,
  file: string,
  options: ConnectionOptions,
): Promise<SqliteConnection> =>
  engine === 'sqlite3'
    ? Sqlite3Connection.open(file, options)
    : BetterSqlite3Connection.open(file, options)

/** @throws StorageConfigError with the reason when the engine's package is not installed or not for this system */
export const loadEngine = async (engine: SqliteEngine): Promise<void> => {
  await (engine === 'sqlite3' ? loadSqlite3() : loadBetterSqlite3())
}
