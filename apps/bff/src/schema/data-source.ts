import type { DataSource, DataSourceOptions } from 'typeorm'
import type { DatabaseConfig, PostgresConfig, SqliteConfig } from '../core/config/config.js'
import { SystemTimers, type Timers } from '../core/ports/timers.js'
import { limitsOf, type PgClient, setSocketTimeout } from '../database/postgres/limits.js'
import { LimitedPostgresDataSource, urlForDriver } from '../database/postgres/data-source.js'
import {
  NamedStatements,
  nameStatements,
  type QueryingClient,
} from '../database/postgres/named-statements.js'
import { SqliteDataSource } from '@sealcard/typeorm-sqlite3'
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
  /** SQLite: hears why the write-ahead log was not copied into the database. */
  onCheckpointFailure?: (error: unknown) => void
  /** PostgreSQL: connections. */
  poolSize?: number
  /** PostgreSQL: the longest statement, ms; 0: no limit. The socket may be silent for little longer. */
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
  new SqliteDataSource(
    { database: database.file, ...schema },
    {
      engine: database.engine,
      timers: tuning.timers ?? new SystemTimers(),
      readers: tuning.readers ?? 2,
      leaseTimeoutMs: tuning.leaseTimeoutMs ?? 10_000,
      busyTimeoutMs: tuning.busyTimeoutMs ?? 5_000,
      ...(database.checkpointPages !== undefined && { checkpointPages: database.checkpointPages }),
      ...(tuning.onCheckpointFailure && { onCheckpointFailure: tuning.onCheckpointFailure }),
    },
  )

const postgres = (
  database: PostgresConfig,
  schema: Schema,
  tuning: DataSourceTuning,
): DataSource => {
  const url = database.url.reveal()
  const limits = limitsOf(new URL(url), tuning.statementTimeoutMs)
  const names = new NamedStatements()
  const options = new URL(url).searchParams
  const named = options.get('prepared_statements') === 'on'
  const limit = setSocketTimeout(limits.statement_timeout)
  const source = new LimitedPostgresDataSource(
    {
      type: 'postgres',
      url: urlForDriver(url),
      applicationName: 'sealcard',
      poolSize: tuning.poolSize ?? Number(options.get('pool_size') ?? 10),
      // The query that needs a lost connection fails. Without a handler the error would end the process.
      poolErrorHandler: () => {},
      extra: {
        connectionTimeoutMillis: 5_000,
        // Notices a host that is gone, also where a statement has no limit.
        keepAlive: true,
        keepAliveInitialDelayMillis: 5_000,
        onConnect: (client: PgClient & QueryingClient) => {
          limit(client)
          if (named) names.prepareOn(client)
        },
      },
      ...schema,
    },
    limits,
  )
  if (named) nameStatements(source, names)
  return source
}
