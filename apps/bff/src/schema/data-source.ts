import type { DataSource, DataSourceOptions } from 'typeorm'
import type { DatabaseConfig, PostgresConfig, SqliteConfig } from '../core/config/config.js'
import { SystemTimers, type Timers } from '../core/ports/timers.js'
import { setSocketTimeout } from '../database/pg-socket-timeout.js'
import { LimitedPostgresDataSource, urlForDriver } from '../database/postgres/data-source.js'
import { limitsOf } from '../database/postgres/limits.js'
import { RwSqliteDataSource } from '../database/sqlite/rw-driver.js'
import { entities } from './entities.js'
import { migrations } from './migrations/index.js'

type Schema = Pick<DataSourceOptions, 'entities' | 'migrations'>

export interface DataSourceTuning extends Schema {
  timers?: Timers
  /** SQLite: read-only connections. */
  readers?: number
  /** SQLite: how long a write waits for its turn in this process, ms. */
  leaseTimeoutMs?: number
  /** SQLite: how long it waits for another process's lock, ms. */
  busyTimeoutMs?: number
  /** PostgreSQL: connections. */
  poolSize?: number
  /** PostgreSQL: how long a statement may take, ms, and little longer be silent; 0: as long as it takes. */
  statementTimeoutMs?: number
}

/**
 * A data source over SQLite or PostgreSQL with the service's entities and migrations, not yet connected: call
 * `initialize()`, then `migrate`.
 */
export const createDataSource = (
  database: DatabaseConfig,
  tuning: DataSourceTuning = {},
): DataSource => {
  const schema: Schema = {
    entities: tuning.entities ?? entities,
    migrations: tuning.migrations ?? migrations,
  }
  return database.kind === 'sqlite'
    ? sqlite(database, schema, tuning)
    : postgres(database, schema, tuning)
}

const sqlite = (database: SqliteConfig, schema: Schema, tuning: DataSourceTuning): DataSource =>
  new RwSqliteDataSource(
    { database: database.file, ...schema },
    {
      engine: database.engine,
      timers: tuning.timers ?? new SystemTimers(),
      readers: tuning.readers ?? 2,
      leaseTimeoutMs: tuning.leaseTimeoutMs ?? 10_000,
      busyTimeoutMs: tuning.busyTimeoutMs ?? 5_000,
    },
  )

const postgres = (
  database: PostgresConfig,
  schema: Schema,
  tuning: DataSourceTuning,
): DataSource => {
  const url = database.url.reveal()
  const limits = limitsOf(new URL(url), tuning.statementTimeoutMs)
  return new LimitedPostgresDataSource(
    {
      type: 'postgres',
      url: urlForDriver(url),
      applicationName: 'sealcard',
      poolSize: tuning.poolSize ?? 10,
      // A lost connection shows in the query that needed it; without a handler it would end the process.
      poolErrorHandler: () => {},
      extra: {
        connectionTimeoutMillis: 5_000,
        // Where silence has no limit, a host that is gone is noticed all the same.
        keepAlive: true,
        keepAliveInitialDelayMillis: 5_000,
        onConnect: setSocketTimeout(limits.statement_timeout),
      },
      ...schema,
    },
    limits,
  )
}
