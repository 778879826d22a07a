import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DataSource, type DataSourceOptions, type ObjectLiteral, type QueryRunner } from 'typeorm'
import { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js'
import { retry } from '../../core/concurrency/retry.js'
import { SerialQueue } from '../../core/concurrency/serial-queue.js'
import type { SqliteEngine } from '../../core/config/config.js'
import type { Timers } from '../../core/ports/timers.js'
import { StorageConfigError, WriteLeaseError } from '../storage-error.js'
import { openConnection } from './connection.js'
import { type SharedWriter, type SqliteConnection } from './engine.js'
import { RwSqliteQueryRunner } from './rw-query-runner.js'

export interface RwSqliteSettings {
  engine: SqliteEngine
  timers: Timers
  /** Read-only connections; none for `:memory:`. */
  readers: number
  /** How long a write waits for its turn in this process, ms. */
  leaseTimeoutMs: number
  /** How long SQLite waits for another process's lock, ms. */
  busyTimeoutMs: number
}

const WRITER_PRAGMAS = [
  'PRAGMA foreign_keys = ON',
  // Acknowledged means durable: the WAL is synced at every commit.
  'PRAGMA synchronous = FULL',
  // What is deleted is overwritten, not only unlinked: retention promises that it is gone.
  'PRAGMA secure_delete = ON',
  'PRAGMA trusted_schema = OFF',
  'PRAGMA journal_size_limit = 67108864',
].join(';')

/** How long emptying the log waits for whoever reads an older state, ms: every write of every process waits behind it. */
const EMPTYING_MS = 50

/** A number that TypeORM does not know for one. */
class Bound {
  constructor(readonly value: number) {}
}

/** SQLite would make it for everybody to read; its log and the log's index get the same rights as the file has. */
const createForOwner = async (file: string): Promise<void> => {
  // It may be there, or not be possible: SQLite says what is wrong then.
  await writeFile(file, '', { flag: 'wx', mode: 0o600 }).catch(() => {})
}

const isBusy = (error: unknown): boolean =>
  /^SQLITE_BUSY/.test(String((error as { code?: unknown } | null)?.code))

/**
 * TypeORM on SQLite shares one connection among all callers: a rollback takes unrelated writes with it. This driver
 * has one writer, with turns in the order of asking, and readers that see only what is committed.
 */
export class RwSqliteDriver extends BetterSqlite3Driver implements SharedWriter {
  readonly #turns: SerialQueue
  readonly #readers: SqliteConnection[] = []
  #writer: SqliteConnection | undefined
  #next = 0
  #doubtful = false
  #writesFail = false

  constructor(
    dataSource: DataSource,
    private readonly settings: RwSqliteSettings,
  ) {
    super(dataSource)
    const { timers, leaseTimeoutMs: ms } = settings
    const error = () => new WriteLeaseError(ms)
    this.#turns = new SerialQueue({ deadline: { timers, ms, error } })
  }

  get writer(): SqliteConnection {
    if (!this.#writer) throw new StorageConfigError('sqlite: not connected')
    return this.#writer
  }

  /** The next reader in turn; none when the database is in memory. */
  get reader(): SqliteConnection | undefined {
    return this.#readers[this.#next++ % this.#readers.length]
  }

  /** A new one for each call: only then has each transaction its own. */
  override createQueryRunner(): QueryRunner {
    return new RwSqliteQueryRunner(this)
  }

  /**
   * TypeORM writes numbers into the text, which makes every statement a new one to prepare: a time is in most of them.
   * Bound, one prepared statement serves them all.
   */
  override escapeQueryWithParameters(sql: string, parameters: ObjectLiteral): [string, unknown[]] {
    const wrapped = Object.entries((parameters as ObjectLiteral | undefined) ?? {}).map(
      ([key, value]: [string, unknown]) => [
        key,
        typeof value === 'number' ? new Bound(value) : value,
      ],
    )
    const [text, values] = super.escapeQueryWithParameters(
      sql,
      Object.fromEntries(wrapped) as ObjectLiteral,
    )
    return [text, values.map((value: unknown) => (value instanceof Bound ? value.value : value))]
  }

  /**
   * The turn at the writer; call the result to give it back.
   * @throws WriteLeaseError, or the engine's error when a doubtful connection can't be replaced
   */
  async lease(): Promise<() => void> {
    const release = await this.#turns.acquire()
    try {
      if (this.#doubtful) await this.#replaceWriter()
      return release
    } catch (error) {
      release()
      throw error
    }
  }

  /** A write failed for a reason that is the storage's: a full disk, a lock, a file that takes no write. */
  noteFailedWrite(): void {
    this.#writesFail = true
  }

  /**
   * When a write failed: whether another goes through, by one that changes nothing of ours but reaches the disk.
   * @throws the engine's error while it does not
   */
  async proveWrites(): Promise<void> {
    if (!this.#writesFail) return
    const release = await this.lease()
    try {
      await this.writer.query('PRAGMA user_version = 1', [])
      this.#writesFail = false
    } finally {
      release()
    }
  }

  /**
   * Copies the write-ahead log into the database and empties it: what was erased before lies in neither any more. While
   * somebody reads an older state it stays, for the next time.
   */
  async emptyLog(): Promise<void> {
    const release = await this.lease()
    try {
      const { writer } = this
      await this.#setBusyTimeout(writer, EMPTYING_MS)
      try {
        await writer.query('PRAGMA wal_checkpoint(TRUNCATE)', [])
      } finally {
        await this.#setBusyTimeout(writer, this.settings.busyTimeoutMs)
      }
    } finally {
      release()
    }
  }

  /** By `exec`: SQLite sets it where the statement is prepared, and one that is kept prepared would do nothing. */
  #setBusyTimeout(connection: SqliteConnection, ms: number): Promise<void> {
    return connection.exec(`PRAGMA busy_timeout = ${ms}`)
  }

  /** What the writer's connection holds is not known: before anybody's next turn it is closed and opened anew. */
  doubtWriter(): void {
    // Another connection to a database in memory would be another database.
    this.#doubtful = !this.#inMemory
  }

  /** Nobody begins anything any more, or replaces the writer, while what has begun comes to its end. */
  override async disconnect(): Promise<void> {
    const connections = [...this.#readers.splice(0), this.#writer]
    this.#writer = undefined
    for (const connection of connections) await connection?.close()
  }

  protected override loadDependencies(): void {
    // The engine's package is loaded when the connection is opened, by configuration.
  }

  protected override async createDatabaseConnection(): Promise<SqliteConnection> {
    if (!this.#inMemory) {
      await mkdir(path.dirname(path.resolve(this.#file)), { recursive: true })
      await createForOwner(this.#file)
    }
    this.#writer = await this.#openWriter()
    for (let i = 0; !this.#inMemory && i < this.settings.readers; i++) {
      this.#readers.push(await this.#open(true))
    }
    return this.#writer
  }

  async #replaceWriter(): Promise<void> {
    const doubtful = this.writer
    const writer = await this.#openWriter()
    if (this.#writer !== doubtful) {
      await writer.close()
      throw new StorageConfigError('sqlite: not connected')
    }
    this.#writer = writer
    this.databaseConnection = writer
    this.#doubtful = false
    await doubtful.close().catch(() => {})
  }

  get #file(): string {
    return this.options.database
  }

  get #inMemory(): boolean {
    return this.#file === ':memory:'
  }

  #open(readonly: boolean): Promise<SqliteConnection> {
    const { engine, busyTimeoutMs } = this.settings
    return openConnection(engine, this.#file, { readonly, busyTimeoutMs })
  }

  async #openWriter(): Promise<SqliteConnection> {
    const writer = await this.#open(false)
    try {
      if (!this.#inMemory) await this.#enterWal(writer)
      await writer.exec(WRITER_PRAGMAS)
      return writer
    } catch (error) {
      await writer.close().catch(() => {})
      throw error
    }
  }

  /** Changing to WAL needs the file alone and doesn't heed the busy timeout: two processes that start together meet here. */
  async #enterWal(writer: SqliteConnection): Promise<void> {
    const { timers } = this.settings
    const pause = { timers, ms: (failed: number) => 20 + failed }
    await retry({ tries: 100, onError: isBusy, pause }, async () => {
      const { rows } = await writer.query('PRAGMA journal_mode = WAL', [])
      const [row] = rows as { journal_mode: string }[]
      if (row?.journal_mode === 'wal') return
      throw new StorageConfigError(
        'this file system does not allow write-ahead logging (WAL)',
        'Put the file on a disk of this machine.',
      )
    })
  }
}

type Options = Omit<Extract<DataSourceOptions, { type: 'better-sqlite3' }>, 'type' | 'driver'>

/**
 * TypeORM 1 knows no `sqlite3`. Its type stays `better-sqlite3`, so that no branch of TypeORM breaks; the driver is
 * ours whichever engine works under it.
 */
export class RwSqliteDataSource extends DataSource {
  constructor(options: Options, settings: RwSqliteSettings) {
    // A stand-in, so that TypeORM's own driver doesn't load a package that need not be there.
    super({ ...options, type: 'better-sqlite3', driver: {} })
    this.driver = new RwSqliteDriver(this, settings)
  }
}

/**
 * After an erasure: takes what was erased out of SQLite's write-ahead log too; in the database itself it is overwritten
 * at once (`secure_delete`). PostgreSQL's vacuum and its own log see to it there.
 */
export const truncateWal = async ({ driver }: DataSource): Promise<void> => {
  if (driver instanceof RwSqliteDriver) await driver.emptyLog()
}
