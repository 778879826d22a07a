import type { SqliteConnection } from './engine.js'

/** Turns at the writer between two looks at the log. */
const LOOK_EVERY = 4

/** For the writer's connection. @param pages see `Checkpoints` */
export const autocheckpoint = (pages: number): string => `PRAGMA wal_autocheckpoint = ${pages * 2}`

/** The first without the WAL-reset bug. */
const SAFE = [3, 51, 3]

/**
 * Whether one connection may copy the log while another one writes. Before 3.51.3 SQLite could then lose what was just
 * committed and damage the file, seldom: https://sqlite.org/wal.html#walresetbug.
 * @param version as `sqlite_version()` says it
 */
export const mayCopyBeside = (version: string): boolean => {
  const parts = version.split('.').map(Number)
  if (parts.length < SAFE.length || parts.some(Number.isNaN)) return false
  const differs = SAFE.findIndex((part, n) => part !== parts[n])
  return differs < 0 || parts[differs]! > SAFE[differs]!
}

interface Settings {
  /** Pages in the log from which on it is copied. */
  readonly pages: number
  /** The turn at the writer; the result gives it back. */
  readonly lease: () => Promise<() => void>
  /** Hears of each copy that fails. */
  readonly onFailure: (error: unknown) => void
}

interface LogState {
  /** Pages in the log. */
  readonly log: number
  /** How many of them the database holds already. */
  readonly checkpointed: number
}

/**
 * Copies the write-ahead log into the database on a connection of its own. SQLite by itself does that within a COMMIT that
 * finds 1,000 pages in the log: that transaction waits. Here transactions continue while the log is copied. What they append
 * is copied between two of them, so the next one begins the log anew.
 *
 * A copy that fails is tried again after the next turns. From twice the pages on, SQLite copies within a COMMIT, too. The
 * log grows further only while a reader holds an older state, or while every copy fails.
 */
export class Checkpoints {
  #turns = 0
  #run: Promise<void> | undefined
  #copying: Promise<unknown> = Promise.resolve()
  #held = 0
  #closed = false

  constructor(
    private readonly connection: SqliteConnection,
    private readonly settings: Settings,
  ) {}

  /** Call it after each turn at the writer. @returns the run that is under way, if any; it never fails */
  afterTurn(): Promise<void> | undefined {
    this.#turns += 1
    if (!this.#run && this.#turns % LOOK_EVERY === 0)
      this.#run = this.#copyIfLarge()
        .catch((error: unknown) => this.#failed(error))
        // Whoever hears of it may fail, too. The next run comes all the same.
        .catch(() => {})
        .finally(() => {
          this.#run = undefined
        })
    return this.#run
  }

  /** Nothing is copied while the work runs: two who copy at once keep each other out. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#held += 1
    try {
      await this.#copying
      return await work()
    } finally {
      this.#held -= 1
    }
  }

  close(): Promise<void> {
    this.#closed = true
    return this.connection.close()
  }

  /** A run that meets the end of its connection is no failure: whoever opens the file next copies the log. */
  #failed(error: unknown): void {
    if (!this.#closed) this.settings.onFailure(error)
  }

  async #copyIfLarge(): Promise<void> {
    const [state] = await this.#checkpoint('NOOP')
    if (!state || state.log < this.settings.pages || state.checkpointed >= state.log) return
    await this.#copy()
    const release = await this.settings.lease()
    try {
      await this.#copy()
    } finally {
      release()
    }
  }

  async #copy(): Promise<void> {
    if (this.#held > 0) return
    const copying = this.#checkpoint('PASSIVE')
    this.#copying = copying.catch(() => {})
    await copying
  }

  /** SQLite before 3.51 knows no NOOP, and copies at each look. */
  async #checkpoint(mode: 'NOOP' | 'PASSIVE'): Promise<LogState[]> {
    const { rows } = await this.connection.query(`PRAGMA wal_checkpoint(${mode})`, [])
    return rows as LogState[]
  }
}
