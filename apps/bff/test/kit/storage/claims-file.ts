import { SystemTimers } from '../../../src/core/ports/timers.js'
import { SqliteDataSource, type SqliteSettings } from '@sealcard/typeorm-sqlite3'
import { ClaimEntity } from './claim.entity.js'
import { Claims1700000000000 } from './claims-migration.js'

/** A data source over one SQLite file that knows claims only; the same in a test and in its child processes. */
export const claimsFile = (
  database: string,
  settings: Partial<SqliteSettings> = {},
): SqliteDataSource =>
  new SqliteDataSource(
    { database, entities: [ClaimEntity], migrations: [Claims1700000000000] },
    {
      engine: 'sqlite3',
      timers: new SystemTimers(),
      readers: 2,
      leaseTimeoutMs: 10_000,
      busyTimeoutMs: 5_000,
      ...settings,
    },
  )

export const claim = (id: string): { id: string; state: string; claimedAt: number } => ({
  id,
  state: 'open',
  claimedAt: 1_770_000_000_000,
})
