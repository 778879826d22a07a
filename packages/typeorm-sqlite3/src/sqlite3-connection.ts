import type { Database, RunResult, Statement } from 'sqlite3'
import type { ConnectionOptions, SqliteConnection, SqliteResult } from './engine.js'
import { notConnected, packageError } from './errors.js'
import { StatementCache } from './statement-cache.js'

const YIELDS_ROWS = /^\s*(SELECT|PRAGMA|WITH|EXPLAIN|VALUES)\b|\bRETURNING\b/i

/** @throws SqliteDriverError ERR_SQLITE_PACKAGE */
export const loadSqlite3 = async (): Promise<typeof import('sqlite3')> => {
  try {
    return (await import('sqlite3')).default
  } catch (cause) {
    throw packageError('sqlite3', cause)
  }
}

const finalize = (statement: Statement): Promise<void> =>
  new Promise((resolve) => statement.finalize(() => resolve()))

/** Over the sqlite3 package: every call runs on libuv's threads, so a lock or a slow disk never stops the event loop. */
export class Sqlite3Connection implements SqliteConnection {
  readonly #statements = new StatementCache<Promise<Statement>>((statement) => {
    statement.then(
      (prepared) => prepared.finalize(),
      () => {},
    )
  })

  #closing = false
  /** The package runs statements that are made together on several threads, in no order. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(private readonly database: Database) {}

  static async open(file: string, options: ConnectionOptions): Promise<Sqlite3Connection> {
    const lib = await loadSqlite3()
    const access = options.readonly ? lib.OPEN_READONLY : lib.OPEN_READWRITE | lib.OPEN_CREATE
    const database = await new Promise<Database>((resolve, reject) => {
      const opened = new lib.Database(file, access | lib.OPEN_FULLMUTEX, (error) =>
        error ? reject(error) : resolve(opened),
      )
    })
    database.serialize()
    database.configure('busyTimeout', options.busyTimeoutMs)
    return new Sqlite3Connection(database)
  }

  exec(sql: string): Promise<void> {
    return this.#inOrder(
      () =>
        new Promise((resolve, reject) => {
          this.database.exec(sql, (error) => (error ? reject(error) : resolve()))
        }),
    )
  }

  query(sql: string, params: unknown[]): Promise<SqliteResult> {
    return this.#inOrder(() => this.#query(sql, params))
  }

  /** Begins when what was made before has ended, whether it failed or not. */
  async #inOrder<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing) throw notConnected()
    const mine = this.#last.then(work, work)
    this.#last = mine
    return mine
  }

  async #query(sql: string, params: unknown[]): Promise<SqliteResult> {
    const statement = await this.#prepared(sql)
    try {
      return await this.#run(statement, sql, params)
    } catch (error) {
      // The package leaves a failed statement unfinished. After SQLITE_BUSY it would count as a running write, and
      // SQLite would not commit later statements until it ends: acknowledged, and lost with the process.
      this.#statements.delete(sql)
      await finalize(statement)
      throw error
    }
  }

  /** What has begun still ends; a statement that was prepared from now on would keep the database from closing. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#last.catch(() => {})
    for (const statement of this.#statements.drain()) {
      const prepared = await statement.catch(() => undefined)
      if (prepared) await finalize(prepared)
    }
    await new Promise<void>((resolve, reject) => {
      this.database.close((error) => (error ? reject(error) : resolve()))
    })
  }

  #run(statement: Statement, sql: string, params: unknown[]): Promise<SqliteResult> {
    return new Promise((resolve, reject) => {
      if (YIELDS_ROWS.test(sql)) {
        statement.all(params, (error, rows) => (error ? reject(error) : resolve({ rows })))
      } else {
        statement.run(params, function (this: RunResult, error) {
          if (error) reject(error)
          else resolve({ changes: this.changes, lastId: this.lastID })
        })
      }
    })
  }

  /**
   * The package silently drops what is called on a statement whose prepare failed: wait for the prepare itself.
   */
  #prepared(sql: string): Promise<Statement> {
    const cached = this.#statements.get(sql)
    if (cached) return cached
    const prepared = new Promise<Statement>((resolve, reject) => {
      const statement = this.database.prepare(sql, (error) =>
        error ? reject(error) : resolve(statement),
      )
    })
    prepared.catch(() => this.#statements.delete(sql))
    this.#statements.set(sql, prepared)
    return prepared
  }
}
