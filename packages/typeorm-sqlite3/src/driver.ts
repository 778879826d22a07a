import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DataSource, ObjectLiteral, QueryRunner } from 'typeorm'
import { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js'
import { autocheckpoint, Checkpoints, mayCopyBeside } from './checkpoints.js'
import { openConnection } from './connection.js'
import type { SharedWriter, SqliteConnection } from './engine.js'
import { isBusy, notConnected, SqliteDriverError } from './errors.js'
import { SqliteQueryRunner } from './query-runner.js'
import type { SqliteSettings } from './settings.js'
import { sleep } from './timers.js'
import { WriterLock } from './writer-lock.js'

const WRITER_PRAGMAS = [
  'PRAGMA foreign_keys = ON',
  // Acknowledged means durable: the WAL is synced at every commit.
  'PRAGMA synchronous = FULL',
  // What is deleted is overwritten, not only unlinked: retention promises that it is gone.
  'PRAGMA secure_delete = ON',
  'PRAGMA trusted_schema = OFF',
  'PRAGMA journal_size_limit = 67108864',
].join(';')

/** How long emptying the log waits for a reader of an older state, ms: every write of every process waits behind it. */
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

const versionOf = async (connection: SqliteConnection): Promise<string> => {
  const { rows } = await connection.query('SELECT sqlite_version() AS version', [])
  const [row] = rows as { version: string }[]
  return row?.version ?? ''
}

/**
 * TypeORM on SQLite shares one connection among all callers: a rollback takes unrelated writes with it. This driver
 * has one writer, with turns in the order of asking, and readers that see only what is committed.
 */
export class SqliteDriver extends BetterSqlite3Driver implements SharedWriter {
  /** Of the SQLite that the engine's package brings; set when connected. */
  version?: string
  readonly #writerLock: WriterLock
  readonly #readers: SqliteConnection[] = []
  #writer: SqliteConnection | undefined
  #checkpoints: Checkpoints | undefined
  #next = 0
  #doubtful = false
  #writesFail = false

  constructor(
    dataSource: DataSource,
    private readonly settings: SqliteSettings,
  ) {
    super(dataSource)
    this.#writerLock = new WriterLock(settings.timers, settings.leaseTimeoutMs)
  }

  get writer(): SqliteConnection {
    if (!this.#writer) throw notConnected()
    return this.#writer
  }

  /** The next reader in turn; none when the database is in memory. */
  get reader(): SqliteConnection | undefined {
    return this.#readers[this.#next++ % this.#readers.length]
  }

  /** A new one for each call: only then has each transaction its own. */
  override createQueryRunner(): QueryRunner {
    return new SqliteQueryRunner(this)
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
    const give = await this.#writerLock.acquire()
    const release = () => {
      give()
      void this.#checkpoints?.afterTurn()
    }
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
   * Copies the write-ahead log into the database and empties it: what was erased before lies in neither any more.
   * While a reader holds an older state, the log stays; the next call empties it.
   */
  async emptyLog(): Promise<void> {
    const release = await this.lease()
    try {
      const truncate = () => this.#truncate(this.writer)
      await (this.#checkpoints?.without(truncate) ?? truncate())
    } finally {
      release()
    }
  }

  async #truncate(writer: SqliteConnection): Promise<void> {
    await this.#setBusyTimeout(writer, EMPTYING_MS)
    try {
      await writer.query('PRAGMA wal_checkpoint(TRUNCATE)', [])
    } finally {
      await this.#setBusyTimeout(writer, this.settings.busyTimeoutMs)
    }
  }

  /** By `exec`: SQLite sets it where the statement is prepared, and one that is kept prepared would do nothing. */
  #setBusyTimeout(connection: SqliteConnection, ms: number): Promise<void> {
    return connection.exec(`PRAGMA busy_timeout = ${ms}`)
  }

  /** What the writer's connection holds is not known: before the next turn it is closed and opened anew. */
  doubtWriter(): void {
    // Another connection to a database in memory would be another database.
    this.#doubtful = !this.#inMemory
  }

  /** Accepts no new work and no new writer, and waits until the work that has begun ends. */
  override async disconnect(): Promise<void> {
    const connections = [...this.#readers.splice(0), this.#checkpoints, this.#writer]
    this.#writer = undefined
    this.#checkpoints = undefined
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
    if (this.#copiesBeside) await this.#openCheckpoints()
    for (let i = 0; !this.#inMemory && i < this.settings.readers; i++) {
      this.#readers.push(await this.#open(true))
    }
    return this.#writer
  }

  async #openCheckpoints(): Promise<void> {
    const connection = await this.#open(false)
    // What leaves the log is on the disk before.
    await connection.exec('PRAGMA synchronous = FULL')
    const { checkpointPages: pages, onCheckpointFailure: onFailure } = this.settings
    const lease = () => this.lease()
    this.#checkpoints = new Checkpoints(connection, { pages, lease, onFailure })
  }

  async #replaceWriter(): Promise<void> {
    const doubtful = this.writer
    const writer = await this.#openWriter()
    if (this.#writer !== doubtful) {
      await writer.close()
      throw notConnected()
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

  /** Another engine would copy on the event loop. An SQLite that may damage the file copies within its COMMIT. */
  get #copiesBeside(): boolean {
    const { engine } = this.settings
    return !this.#inMemory && engine === 'sqlite3' && mayCopyBeside(this.version ?? '')
  }

  #open(readonly: boolean): Promise<SqliteConnection> {
    const { engine, busyTimeoutMs } = this.settings
    return openConnection(engine, this.#file, { readonly, busyTimeoutMs })
  }

  async #openWriter(): Promise<SqliteConnection> {
    const writer = await this.#open(false)
    try {
      this.version = await versionOf(writer)
      if (!this.#inMemory) await this.#enterWal(writer)
      await writer.exec(`${WRITER_PRAGMAS};PRAGMA cache_size = -${this.settings.cacheKiB}`)
      if (this.#copiesBeside) await writer.exec(autocheckpoint(this.settings.checkpointPages))
      return writer
    } catch (error) {
      await writer.close().catch(() => {})
      throw error
    }
  }

  /** Changing to WAL needs the file alone and doesn't heed the busy timeout: two processes that start together meet here. */
  async #enterWal(writer: SqliteConnection): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        const { rows } = await writer.query('PRAGMA journal_mode = WAL', [])
        const [row] = rows as { journal_mode: string }[]
        if (row?.journal_mode === 'wal') return
        throw new SqliteDriverError(
          'ERR_SQLITE_WAL',
          'this file system does not allow write-ahead logging (WAL)',
          'Put the file on a disk of this machine.',
        )
      } catch (error) {
        if (!isBusy(error) || tries === 100) throw error
        await sleep(this.settings.timers, 20 + tries)
      }
    }
  }
}
