import type { Database, RunResult, Statement } from 'sqlite3'
import { StorageConfigError } from '../storage-error.js'
import type { ConnectionOptions, SqliteConnection, SqliteResult } from './connection.js'
import { StatementCache } from './statement-cache.js'

const YIELDS_ROWS = /^\s*(SELECT|PRAGMA|WITH|EXPLAIN|VALUES)\b|\bRETURNING\b/i

const load = async (): Promise<typeof import('sqlite3')> => {
  try {
    return (await import('sqlite3')).default
  } catch (cause) {
    throw new StorageConfigError('sqlite: the package sqlite3 is not installed or not built', {
      cause,
    })
  }
}

/** Over the sqlite3 package: every call runs on libuv's threads, so a lock or a slow disk never stops the event loop. */
export class Sqlite3Connection implements SqliteConnection {
  readonly #statements = new StatementCache<Promise<Statement>>((statement) => {
    statement.then(
      (prepared) => prepared.finalize(),
      () => {},
    )
  })

  private constructor(private readonly database: Database) {}

  static async open(file: string, options: ConnectionOptions): Promise<Sqlite3Connection> {
    const lib = await load()
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
    return new Promise((resolve, reject) => {
      this.database.exec(sql, (error) => (error ? reject(error) : resolve()))
    })
  }

  async query(sql: string, params: unknown[]): Promise<SqliteResult> {
    const statement = await this.#prepared(sql)
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

  async close(): Promise<void> {
    for (const statement of this.#statements.drain()) {
      const prepared = await statement.catch(() => undefined)
      if (prepared) await new Promise<void>((resolve) => prepared.finalize(() => resolve()))
    }
    await new Promise<void>((resolve, reject) => {
      this.database.close((error) => (error ? reject(error) : resolve()))
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
