import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js'
import { StorageConfigError } from '../storage-error.js'

export interface ConnectionOptions {
  readonly: boolean
  /** How long SQLite itself waits for another process's lock, ms. */
  busyTimeoutMs: number
}

export interface SqliteResult {
  /** Only of a statement that yields rows. */
  rows?: unknown[]
  changes?: number
  lastId?: number | bigint
}

/** One connection to one SQLite file. Calls run one after the other, in the order they were made. */
export interface SqliteConnection {
  /** Runs statements without parameters or results. */
  exec(sql: string): Promise<void>
  query(sql: string, params: unknown[]): Promise<SqliteResult>
  /** From the call on, the others fail. */
  close(): Promise<void>
}

/** What a query runner needs of the driver: one writer that all share, and readers. */
export interface SharedWriter {
  readonly writer: SqliteConnection
  readonly reader: SqliteConnection | undefined
  lease(): Promise<() => void>
  noteFailedWrite(): void
  doubtWriter(): void
}

export type SharedWriterDriver = BetterSqlite3Driver & SharedWriter

/** A package that cannot be used here, with the reason in words. */
export const packageError = (name: string, cause: unknown): StorageConfigError => {
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown }
  const text = String(message)
  // Node: Cannot find package 'x' imported from …; jest and require: Cannot find module 'x'.
  if (/MODULE_NOT_FOUND$/.test(String(code)) && text.includes(`'${name}'`)) {
    const what = `the package ${name} is not installed`
    return new StorageConfigError(what, 'Install it beside the service.', { cause })
  }
  // The package bindings looks for the file in a dozen places and names them all.
  const missing = /^Could not locate the bindings file|\.node'/.test(text)
  const why = missing ? 'its native part is missing' : lastPart(text)
  const what = `the package ${name} cannot be loaded here (${why})`
  return new StorageConfigError(what, 'Install it again on this system.', { cause })
}

/** `/a/b.node: invalid ELF header`; of the linker: `libm.so.6: version 'GLIBC_2.38' not found (required by …)`. */
const lastPart = (text: string): string => {
  const [line = ''] = text.split('\n')
  return (
    line
      .replace(/\s*\(required by .*$/, '')
      .split(': ')
      .at(-1)
      ?.replaceAll('`', "'")
      .slice(0, 200) ?? ''
  )
}
