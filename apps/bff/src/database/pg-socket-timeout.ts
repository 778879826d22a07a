import type { Socket } from 'node:net'

/** What pg's pool gives to `onConnect`; pg has no types of its own. */
export interface PgClient {
  readonly connection: { readonly stream: Socket }
}

/** For the server's word that a statement took too long to arrive. */
const MARGIN_MS = 2_500

/**
 * Ends a connection over which no byte came or went for longer than any statement may take. The server ends a long
 * statement itself and says so; one that says nothing is gone, or the way to it, and TCP alone would wait for it for a
 * quarter of an hour, and with it a transaction, its place in the pool, and whoever waits for its turn.
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
