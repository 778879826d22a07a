import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js'
import type { SqliteConnection } from './engine.js'

/** What a query runner needs of the driver: one writer that all share, and readers. */
export interface SharedWriter {
  readonly writer: SqliteConnection
  readonly reader: SqliteConnection | undefined
  lease(): Promise<() => void>
  noteFailedWrite(): void
  doubtWriter(): void
}

export type SharedWriterDriver = BetterSqlite3Driver & SharedWriter
