import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js'

export type SqliteEngine = 'sqlite3' | 'better-sqlite3'

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

/** One connection to one SQLite file. Calls run one after the other, in the order in which they were made. */
export interface SqliteConnection {
  /** Runs statements without parameters or results. */
  exec(sql: string): Promise<void>
  query(sql: string, params: unknown[]): Promise<SqliteResult>
  /** What was called before still ends; what is called from now on fails. */
  close(): Promise<void>
}

/** What a query runner needs of the driver: one writer that all share, and readers. */
export interface SharedWriter {
  readonly writer: SqliteConnection
  readonly reader: SqliteConnection | undefined
  lease(): Promise<() => void>
  noteFailedWrite(): void
  doubtWriter(): void
}

export type SharedWriterDriver = BetterSqlite3Driver & SharedWriter
