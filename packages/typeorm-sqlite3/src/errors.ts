/**
 * - `ERR_SQLITE_LEASE`: a write got no turn in time, and did not happen
 * - `ERR_SQLITE_CLOSED`: the data source is not connected, or not any more
 * - `ERR_SQLITE_PACKAGE`: the engine's package is not installed, or not for this system
 * - `ERR_SQLITE_WAL`: the file system does not allow write-ahead logging
 */
export type SqliteDriverErrorCode =
  'ERR_SQLITE_LEASE' | 'ERR_SQLITE_CLOSED' | 'ERR_SQLITE_PACKAGE' | 'ERR_SQLITE_WAL'

/** An error of the driver itself. SQLite's own errors keep their codes, e.g. `SQLITE_BUSY`. */
export class SqliteDriverError extends Error {
  /** @param what without a full stop @param todo what the operator of the program can do */
  constructor(
    readonly code: SqliteDriverErrorCode,
    readonly what: string,
    readonly todo?: string,
    options?: ErrorOptions,
  ) {
    super(todo === undefined ? what : `${what}. ${todo}`, options)
    this.name = 'SqliteDriverError'
  }
}

/** Something holds the writer for too long. */
export class WriteLeaseError extends SqliteDriverError {
  constructor(readonly waitedMs: number) {
    super(
      'ERR_SQLITE_LEASE',
      `no turn at the writer within ${waitedMs} ms (a slow disk, or a transaction that waits for another connection of its own?)`,
    )
    this.name = 'WriteLeaseError'
  }
}

export const notConnected = (): SqliteDriverError =>
  new SqliteDriverError('ERR_SQLITE_CLOSED', 'sqlite: not connected')

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : ''
}

/** An extended code continues the primary one: SQLITE_BUSY_SNAPSHOT. */
export const isBusy = (error: unknown): boolean => /^SQLITE_BUSY(_|$)/.test(codeOf(error))

const UNAVAILABLE =
  /^SQLITE_(BUSY|LOCKED|FULL|READONLY|IOERR|CANTOPEN|CORRUPT|NOTADB|PROTOCOL|NOMEM)(_|$)/

/** Whether the storage, not the statement, is why it failed: a full disk, a lock, a turn that did not come. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof WriteLeaseError || UNAVAILABLE.test(codeOf(error))

/** That run on Node 20. better-sqlite3 13 asks for a newer one, and crashes on it. */
const MAJOR: Readonly<Record<string, string>> = { sqlite3: '6', 'better-sqlite3': '12' }

/** A package that cannot be used here, with the reason in words. */
export const packageError = (name: string, cause: unknown): SqliteDriverError => {
  const { message } = (cause ?? {}) as { message?: unknown }
  const text = String(message)
  const failed = (what: string, todo: string) =>
    new SqliteDriverError('ERR_SQLITE_PACKAGE', what, todo, { cause })
  // Node: Cannot find package 'x' imported from …; jest and require: Cannot find module 'x'.
  if (codeOf(cause).endsWith('MODULE_NOT_FOUND') && text.includes(`'${name}'`)) {
    return failed(
      `the package ${name} is not installed`,
      `Install it beside the service: npm install ${name}@${MAJOR[name] ?? 'latest'}.`,
    )
  }
  // The package bindings looks for the file in a dozen places and names them all.
  const missing = /^Could not locate the bindings file|\.node'/.test(text)
  const why = missing ? 'its native part is missing' : lastPart(text)
  return failed(
    `the package ${name} cannot be loaded here (${why})`,
    'Install it again on this system.',
  )
}

/** `/a/b.node: invalid ELF header`; of the linker: `libm.so.6: version 'GLIBC_2.38' not found (required by …)`. */
const lastPart = (text: string): string => {
  const [line = ''] = text.split('\n')
  const parts = line.replace(/\s*\(required by .*$/, '').split(': ')
  return (parts.at(-1) ?? '').replaceAll('`', "'").slice(0, 200)
}
