import { BetterSqlite3Connection, loadBetterSqlite3 } from './better-sqlite3-connection.js'
import type { ConnectionOptions, SqliteConnection, SqliteEngine } from './engine.js'
import { loadSqlite3, Sqlite3Connection } from './sqlite3-connection.js'

/** @throws the engine's error, e.g. SQLITE_CANTOPEN; SqliteDriverError when its package cannot be loaded */
export const openConnection = (
  engine: SqliteEngine,
  file: string,
  options: ConnectionOptions,
): Promise<SqliteConnection> =>
  engine === 'sqlite3'
    ? Sqlite3Connection.open(file, options)
    : BetterSqlite3Connection.open(file, options)

/** @throws SqliteDriverError with the reason when the engine's package is not installed or not for this system */
export const loadEngine = async (engine: SqliteEngine): Promise<void> => {
  await (engine === 'sqlite3' ? loadSqlite3() : loadBetterSqlite3())
}
