import { QueryFailedError, QueryResult, TypeORMError, type ObjectLiteral } from 'typeorm'
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js'
import { BroadcasterResult } from 'typeorm/subscriber/BroadcasterResult.js'
import type { SharedWriterDriver, SqliteResult } from './engine.js'
import { isUnavailable } from './errors.js'

const ENDS = /^(COMMIT|ROLLBACK)$/
const READS_ONLY = /^\s*(SELECT|EXPLAIN)\b/i

/** Holds the writer from BEGIN to COMMIT or ROLLBACK, or for one writing statement; reads elsewhere otherwise. */
export class SqliteQueryRunner extends BetterSqlite3QueryRunner {
  declare driver: SharedWriterDriver
  #lease: (() => void) | undefined
  #ending = false
  /** Turned off for a migration, and not turned on again yet. */
  #foreignKeysOff = false

  override async startTransaction(
    isolationLevel?: Parameters<BetterSqlite3QueryRunner['startTransaction']>[0],
  ): Promise<void> {
    if (this.#lease) return super.startTransaction(isolationLevel)
    this.#lease = await this.driver.lease()
    try {
      await super.startTransaction(isolationLevel)
    } catch (error) {
      // TypeORM believes in the transaction although BEGIN failed; its ROLLBACK would hit another transaction.
      this.isTransactionActive = false
      this.transactionDepth = 0
      this.#drop()
      throw error
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction()
    if (!this.isTransactionActive) this.#drop()
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction()
    } catch (error) {
      if (this.isTransactionActive && this.transactionDepth <= 1) this.#giveUpConnection()
      throw error
    } finally {
      if (!this.isTransactionActive) {
        await this.#endFailedMigration()
        this.#drop()
      }
    }
  }

  override async release(): Promise<void> {
    if (this.isReleased) return
    try {
      if (this.isTransactionActive) {
        this.transactionDepth = 1
        await this.rollbackTransaction()
      }
    } catch {
      // The connection will be replaced, which rolls back; what failed first is already on its way to the caller.
    } finally {
      await this.#endFailedMigration()
      this.#drop()
      await super.release()
      this.isReleased = true
    }
  }

  override async beforeMigration(): Promise<void> {
    this.#foreignKeysOff = true
    await this.query('PRAGMA foreign_keys = OFF')
  }

  override async afterMigration(): Promise<void> {
    await this.query('PRAGMA foreign_keys = ON')
    this.#foreignKeysOff = false
  }

  /** TypeORM does not call `afterMigration` when a migration fails. All others write on the same connection. */
  async #endFailedMigration(): Promise<void> {
    if (!this.#foreignKeysOff) return
    // Inside a transaction the statement does nothing; a connection that is replaced has the setting from the start.
    await this.afterMigration().catch(() => this.driver.doubtWriter())
    this.#foreignKeysOff = false
  }

  /** Rows, an id or a QueryResult, by what is asked, as TypeORM has it. */
  override async query(
    query: string,
    parameters: unknown[] | ObjectLiteral = [],
    useStructuredResult = false,
  ): ReturnType<BetterSqlite3QueryRunner['query']> {
    if (this.isReleased) throw new TypeORMError('sqlite: this query runner is released')
    if (!Array.isArray(parameters)) throw new TypeORMError('sqlite: named parameters')
    const params = parameters.map((value: unknown) =>
      typeof value === 'boolean' ? Number(value) : value,
    )
    const { logger } = this.driver.dataSource
    const after = new BroadcasterResult()
    logger.logQuery(query, params, this)
    await this.broadcaster.broadcast('BeforeQuery', query, params)
    try {
      const result = toQueryResult(await this.#run(query, params))
      this.#afterQuery(after, query, params, result.raw, undefined)
      return useStructuredResult ? result : result.raw
    } catch (error) {
      if (!READS_ONLY.test(query) && isUnavailable(error)) this.driver.noteFailedWrite()
      logger.logQueryError(error as Error, query, params, this)
      this.#afterQuery(after, query, params, undefined, error)
      throw new QueryFailedError(query, params, error as Error)
    } finally {
      await after.wait()
    }
  }

  protected override loadPragmaRecords(tablePath: string, pragma: string): Promise<unknown> {
    const [, table] = this.splitTablePath(tablePath)
    return this.query(`PRAGMA ${pragma}("${table}")`)
  }

  async #run(query: string, params: unknown[]): Promise<SqliteResult> {
    // IMMEDIATE takes the write lock at once: a transaction that began reading can't fail with SQLITE_BUSY midway.
    const sql = query === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : query
    if (this.#lease) return this.#inTransaction(sql, params)
    const reader = READS_ONLY.test(sql) ? this.driver.reader : undefined
    if (reader) return reader.query(sql, params)
    const release = await this.driver.lease()
    try {
      return await this.driver.writer.query(sql, params)
    } finally {
      release()
    }
  }

  /** From COMMIT or ROLLBACK on, a late statement would be a transaction of its own, and stay. */
  async #inTransaction(sql: string, params: unknown[]): Promise<SqliteResult> {
    if (!ENDS.test(sql)) {
      if (this.#ending)
        throw new TypeORMError('sqlite: the transaction ends; wait for the statement before')
      return this.driver.writer.query(sql, params)
    }
    this.#ending = true
    try {
      return await this.driver.writer.query(sql, params)
    } finally {
      this.#ending = false
    }
  }

  /** A ROLLBACK that fails (after SQLITE_FULL or SQLITE_IOERR, say) leaves it open what the connection holds. */
  #giveUpConnection(): void {
    this.isTransactionActive = false
    this.transactionDepth = 0
    this.driver.doubtWriter()
  }

  #afterQuery(
    to: BroadcasterResult,
    query: string,
    params: unknown[],
    raw: unknown,
    error: unknown,
  ): void {
    this.broadcaster.broadcastAfterQueryEvent(
      to,
      query,
      params,
      error === undefined,
      undefined,
      raw,
      error,
    )
  }

  #drop(): void {
    const release = this.#lease
    this.#lease = undefined
    release?.()
  }
}

const toQueryResult = ({ rows, changes, lastId }: SqliteResult): QueryResult => {
  const result = new QueryResult()
  result.raw = rows ?? lastId
  if (rows) result.records = rows
  else if (changes !== undefined) result.affected = changes
  return result
}
