import { DataSource, type DataSourceOptions } from 'typeorm'
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js'
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js'
import { POSTGRES_LIMITS } from '../../core/config/database-url.js'
import { type Limits, refusesLimits, startOf, startupParameters } from './limits.js'

type Options = Extract<DataSourceOptions, { type: 'postgres' }>

/** Each transaction of it carries its limits of time, whatever stands between us and the server. */
class LimitedQueryRunner extends PostgresQueryRunner {
  readonly #start: string

  constructor(driver: LimitedDriver, mode: ConstructorParameters<typeof PostgresQueryRunner>[1]) {
    super(driver, mode)
    this.#start = startOf(driver.limits)
  }

  override query(
    ...[sql, parameters, structured]: Parameters<PostgresQueryRunner['query']>
  ): ReturnType<PostgresQueryRunner['query']> {
    return super.query(sql === 'START TRANSACTION' ? this.#start : sql, parameters, structured)
  }
}

class LimitedDriver extends PostgresDriver {
  constructor(
    dataSource: DataSource,
    readonly limits: Limits,
  ) {
    super(dataSource)
  }

  override createQueryRunner(
    ...[mode]: Parameters<PostgresDriver['createQueryRunner']>
  ): PostgresQueryRunner {
    return new LimitedQueryRunner(this, mode)
  }
}

/**
 * PostgreSQL, directly or through a pooler. The limits are asked for in the startup packet; where that is refused, the
 * connections do without, and each transaction sets them for itself.
 */
export class LimitedPostgresDataSource extends DataSource {
  constructor(
    private readonly settings: Options,
    private readonly limits: Limits,
  ) {
    super({ ...settings, extra: { ...(settings.extra as object), ...startupParameters(limits) } })
    this.driver = new LimitedDriver(this, limits)
  }

  override async initialize(): Promise<this> {
    try {
      return await super.initialize()
    } catch (error) {
      if (!refusesLimits(error)) throw error
      this.setOptions({ extra: this.settings.extra as object })
      this.driver = new LimitedDriver(this, this.limits)
      return super.initialize()
    }
  }
}

/** The driver takes them for `verify-full`, and warns at every start that another version will not. */
const CHECKED = /^(prefer|require|verify-ca)$/

/**
 * The URL as the driver gets it. Options of ours are not in it. An `sslmode` stands there as the word for what it means
 * here. With `uselibpqcompat=true` the words mean what they mean to libpq, and stay.
 */
export const urlForDriver = (text: string): string => {
  const url = new URL(text)
  const options = url.searchParams
  const changed =
    options.get('uselibpqcompat') !== 'true' && CHECKED.test(options.get('sslmode') ?? '')
  const ours = [...POSTGRES_LIMITS, 'prepared_statements', 'pool_size']
  if (!changed && !ours.some((name) => options.has(name))) return text
  if (changed) options.set('sslmode', 'verify-full')
  for (const name of ours) options.delete(name)
  return url.href
}
