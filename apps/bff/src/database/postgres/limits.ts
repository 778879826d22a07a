import type { Socket } from 'node:net'
import { POSTGRES_LIMITS } from '../../core/config/database-url.js'

/** Milliseconds; 0: none. Absent: what the server has. */
export type Limits = Readonly<Partial<Record<(typeof POSTGRES_LIMITS)[number], number>>>

const STANDARD: Required<Limits> = {
  statement_timeout: 10_000,
  // How long a statement waits for another transaction. Longer than the server needs to find a deadlock (1 s), and than
  // a job's batch holds its rows (200 statements). Shorter than the limit below, for a process that holds rows silently.
  lock_timeout: 3_000,
  // Such a process is frozen or cut off: no code of ours does slow work inside a transaction. The server then frees
  // the rows for the other requests, which retry after the 5 s that their refusal names.
  idle_in_transaction_session_timeout: 5_000,
}

/** The URL's limits win; an empty value leaves the limit to the server. */
export const limitsOf = (url: URL, statementTimeoutMs = STANDARD.statement_timeout): Limits => {
  const standard = { ...STANDARD, statement_timeout: statementTimeoutMs }
  const entries = POSTGRES_LIMITS.map((name) => [
    name,
    url.searchParams.get(name) ?? standard[name],
  ])
  const given = entries.filter(([, value]) => value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, Number(value)])) as Limits
}

/** For the startup packet: they hold in the whole session, outside transactions, too. As text: the driver drops a 0. */
export const startupParameters = (limits: Limits): Record<string, string> =>
  Object.fromEntries(Object.entries(limits).map(([name, ms]) => [name, String(ms)]))

/**
 * Begins a transaction with its limits, in one message. A pooler that gives each transaction another connection of the
 * server drops what the startup packet said (PgBouncer: `ignore_startup_parameters`), or refuses it.
 */
export const startOf = (limits: Limits): string =>
  [
    'START TRANSACTION',
    ...Object.entries(limits).map(([name, ms]) => `SET LOCAL ${name} = ${ms}`),
  ].join('; ')

/** PgBouncer and Railway: 08P01; Amazon's RDS Proxy: 0A000; a server that does not know the name: 42704. */
const REFUSALS: unknown[] = ['08P01', '0A000', '42704']

/** Whether a connection was refused only because of what the startup packet asks for. */
export const refusesLimits = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return REFUSALS.includes(code) && POSTGRES_LIMITS.some((name) => String(message).includes(name))
}

/** What pg's pool gives to `onConnect`; pg has no types of its own. */
export interface PgClient {
  readonly connection: { readonly stream: Socket }
}

/** Lets PostgreSQL's own statement_timeout error arrive before we close the socket. */
const MARGIN_MS = 2_500

/**
 * Ends a connection on which no byte arrives or leaves for longer than any statement may take. The server itself ends
 * a long statement and reports it. If no report comes, the server or the network is gone. TCP alone would wait for a
 * quarter of an hour. Until then the transaction, its place in the pool and the queue behind it would be stuck.
 *
 * The socket is destroyed: pg then fails the query with "Connection terminated", and the pool forgets the connection.
 * Its own `query_timeout` fails the query alone: the connection would go back to the pool with its transaction open.
 *
 * Idle connections need no exception: the pool closes them sooner, and a new one costs little.
 *
 * @param longestMs that a statement may take; 0 or absent: any time
 */
export const setSocketTimeout =
  (longestMs = 0) =>
  ({ connection: { stream } }: PgClient): void => {
    if (longestMs > 0) stream.setTimeout(longestMs + MARGIN_MS, () => stream.destroy())
  }

/**
 * For work that may take as long as it takes. During that time TCP's own keep-alive notices a host that is gone.
 * @returns puts the limit back, if there was one
 */
export const withoutSocketTimeout = ({ connection: { stream } }: PgClient): (() => void) => {
  const limit = stream.timeout ?? 0
  stream.setTimeout(0)
  return () => void stream.setTimeout(limit)
}
