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
