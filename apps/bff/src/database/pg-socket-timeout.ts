import type { Socket } from 'node:net'

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
