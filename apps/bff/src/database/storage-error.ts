import type { InternalErrorCode } from '@sealcard/protocol'
import { isUnavailable, SqliteDriverError } from '@sealcard/typeorm-sqlite3'
import { retry } from '../core/concurrency/retry.js'

/** No turn among this process's writers came in time: something holds it. The write did not happen. */
export class WriteLeaseError extends Error {
  readonly code = 'ERR_WRITE_LEASE' satisfies InternalErrorCode

  constructor(readonly waitedMs: number) {
    super(
      `no turn at the writer within ${waitedMs} ms (a slow disk, a database that does not answer, or a transaction that waits for another connection of its own?)`,
    )
    this.name = 'WriteLeaseError'
  }
}

/** The storage failed the work that had the turn; the work that waited did not begin. The answer is 503. */
export class WriterUnavailableError extends Error {
  readonly code = 'ERR_WRITER_UNAVAILABLE' satisfies InternalErrorCode

  constructor(outage: unknown) {
    super('audit: the storage failed the work before this one', { cause: outage })
    this.name = 'WriterUnavailableError'
  }
}

/** The storage can't be used as configured, e.g. its package is not installed. The words are ours. */
export class StorageConfigError extends Error {
  readonly code = 'ERR_STORAGE_CONFIG' satisfies InternalErrorCode

  /** @param what without a full stop */
  constructor(
    readonly what: string,
    readonly todo?: string,
    options?: ErrorOptions,
  ) {
    super(todo === undefined ? what : `${what}. ${todo}`, options)
    this.name = 'StorageConfigError'
  }
}

const UNIQUE = new Set([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_ROWID',
  '23505',
])

/**
 * PostgreSQL classes: 08 connection, 53 resources, 57P shutdown, 58 system. Codes: 25006 read-only, 40001 and 40P01
 * retry. Timeouts: 57014 statement, 55P03 wait for a lock, 25P03 pause in a transaction.
 */
const POSTGRES_UNAVAILABLE = /^(08...|53...|57P..|57014|58...|25006|25P03|40001|40P01|55P03)$/
/** Our own: the database, or the work before, was too slow. */
const WAITED = new Set<string>([
  'ERR_WRITE_LEASE',
  'ERR_WRITER_UNAVAILABLE',
  'ERR_DEADLINE',
] satisfies InternalErrorCode[])
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** What pg says without a code; and TypeORM, when the connection ended between two statements of a transaction. */
const POSTGRES_TEXT =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Cannot use a pool after|Query runner already released|Database connection provided by a query runner was already released)/

interface ErrorLike {
  name?: unknown
  code?: unknown
  message?: unknown
  path?: unknown
  driverError?: unknown
  cause?: unknown
  errors?: unknown
}

export interface Layer {
  readonly error: unknown
  readonly name: string
  readonly code: string
  readonly message: string
  /** Of a file, where the system names one. */
  readonly path: string | undefined
}

/** Some drivers give a number for a code. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The error and everything it wraps: TypeORM's driverError, causes, and the parts of an AggregateError. */
export function* layers(error: unknown, depth = 0): Generator<Layer> {
  if (typeof error !== 'object' || error === null || depth > 5) return
  const { name, code, message, path, driverError, cause, errors } = error as ErrorLike
  yield {
    error,
    name: textOf(name),
    code: textOf(code),
    message: textOf(message),
    path: typeof path === 'string' ? path : undefined,
  }
  yield* layers(driverError, depth + 1)
  yield* layers(cause, depth + 1)
  if (Array.isArray(errors)) for (const part of errors) yield* layers(part, depth + 1)
}

/** Whether a claim (an insert) lost: the row is already there. */
export const isUniqueViolation = (error: unknown): boolean => {
  for (const { code, message } of layers(error)) {
    // The sqlite3 package gives the primary code only and says which constraint in words.
    if (UNIQUE.has(code)) return true
    if (code === 'SQLITE_CONSTRAINT' && /UNIQUE constraint failed/.test(message)) return true
  }
  return false
}

/** Whether the database, not the request, is the cause: answer 503 and let the client retry. */
export const isStorageUnavailable = (error: unknown): boolean => {
  for (const { error: layer, code, message } of layers(error)) {
    if (WAITED.has(code) || NETWORK.has(code)) return true
    if (layer instanceof SqliteDriverError || isUnavailable(layer)) return true
    if (POSTGRES_UNAVAILABLE.test(code)) return true
    if (POSTGRES_TEXT.test(message)) return true
  }
  return false
}

/** Why the database cannot be used, for the operator. No secret and no row in either sentence. */
export interface Trouble {
  /** Without a full stop. */
  readonly what: string
  readonly todo: string
}

const hasState = (error: unknown, ...states: readonly string[]): boolean => {
  const { code, driverError } = (error ?? {}) as {
    code?: unknown
    driverError?: { code?: unknown }
  }
  return [code, driverError?.code].some((state) => states.includes(String(state)))
}

/** Whether the database undid a transaction only because another one ran: SQLSTATE 40001 and 40P01. */
export const isSerializationFailure = (error: unknown): boolean => hasState(error, '40001', '40P01')

/** Whether another transaction was in the way, also of a row alone (55P03): that says nothing about the storage. */
export const isLostToAnother = (error: unknown): boolean =>
  isSerializationFailure(error) || hasState(error, '55P03')

/** Whether it fails a whole group: each half of the group would meet the same outage, or wait for the same row, again. */
export const failsGroup = (error: unknown): boolean =>
  isStorageUnavailable(error) && !isSerializationFailure(error)

/**
 * @param tries at most
 * @param work runs again from the start when its transaction lost against a concurrent one; must not keep state
 * @param again judges its other errors, e.g. a lost claim that the next try will see as a row
 */
export const retried = <T>(
  tries: number,
  work: () => Promise<T>,
  again: (error: unknown) => boolean = () => false,
): Promise<T> => {
  const onError = (error: unknown) => isSerializationFailure(error) || again(error)
  return retry({ tries, onError }, work)
}
