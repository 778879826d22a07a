import type { SqliteEngine } from './engine.js'
import { systemTimers, type Timers } from './timers.js'

export interface SqliteSettings {
  /** The package that reads the file; `sqlite3` unless you say otherwise. */
  engine: SqliteEngine
  /** Read-only connections beside the writer: 2. A database in memory has none. */
  readers: number
  /** How long a write waits for its turn in this process, ms: 10,000. */
  leaseTimeoutMs: number
  /** How long SQLite waits for another process's lock, ms: 5,000. */
  busyTimeoutMs: number
  /**
   * Pages of the write-ahead log from which on it is copied into the database, beside the transactions: 8,000, which are
   * 32 MB. `better-sqlite3` would copy on the event loop: there SQLite copies within a COMMIT, from 1,000 pages on.
   */
  checkpointPages: number
  /**
   * Hears why the log was not copied beside the transactions: SQLite's error, or a `SqliteDriverError`. A later turn copies
   * again, and from twice the pages on SQLite copies within a COMMIT. Does nothing unless you say otherwise.
   */
  onCheckpointFailure: (error: unknown) => void
  /** What the writer keeps of the database in memory, KiB: 16,384. */
  cacheKiB: number
  timers: Timers
}

export const STANDARD: SqliteSettings = {
  engine: 'sqlite3',
  readers: 2,
  leaseTimeoutMs: 10_000,
  busyTimeoutMs: 5_000,
  checkpointPages: 8_000,
  onCheckpointFailure: () => {},
  cacheKiB: 16_384,
  timers: systemTimers,
}
