import type { ConnectionOptions, SqliteConnection, SqliteResult } from './engine.js'
import { notConnected, packageError } from './errors.js'
import { StatementCache } from './statement-cache.js'

// The package is optional, so its types are not at hand; these are the members used.
interface BetterStatement {
  reader: boolean
  all(...params: unknown[]): unknown[]
  run(...params: unknown[]): { changes: number; lastInsertRowid: number | bigint }
}
interface BetterDatabase {
  exec(sql: string): void
  prepare(sql: string): BetterStatement
  close(): void
}
type BetterSqlite3 = new (
  file: string,
  options: { readonly: boolean; timeout: number },
) => BetterDatabase

/** Not a literal in `import()`: neither TypeScript nor a bundler may ask for a package that need not be there. */
const PACKAGE: string = 'better-sqlite3'

/** It loads its native part with the first database. @throws SqliteDriverError ERR_SQLITE_PACKAGE */
export const loadBetterSqlite3 = async (): Promise<BetterSqlite3> => {
  try {
    const { default: Database } = (await import(PACKAGE)) as { default: BetterSqlite3 }
    new Database(':memory:', { readonly: false, timeout: 0 }).close()
    return Database
  } catch (cause) {
    throw packageError(PACKAGE, cause)
  }
}

/** Over better-sqlite3: two to five times faster, but synchronous; a lock held elsewhere stops the event loop. */
export class BetterSqlite3Connection implements SqliteConnection {
  readonly #statements = new StatementCache<BetterStatement>(() => {})
  #closed = false

  private constructor(private readonly database: BetterDatabase) {}

  static async open(file: string, options: ConnectionOptions): Promise<BetterSqlite3Connection> {
    const Database = await loadBetterSqlite3()
    return new BetterSqlite3Connection(
      new Database(file, { readonly: options.readonly, timeout: options.busyTimeoutMs }),
    )
  }

  async exec(sql: string): Promise<void> {
    this.#refuseWhenClosed()
    this.database.exec(sql)
  }

  async query(sql: string, params: unknown[]): Promise<SqliteResult> {
    this.#refuseWhenClosed()
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    if (statement.reader) return { rows: statement.all(...params) }
    const { changes, lastInsertRowid } = statement.run(...params)
    return { changes, lastId: lastInsertRowid }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#statements.drain()
    this.database.close()
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw notConnected()
  }
}
