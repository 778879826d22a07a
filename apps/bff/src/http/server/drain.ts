import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import type { Timers } from '../../core/ports/timers.js'
import { SECOND } from '../../core/time.js'

/** Between "not ready" and the first look whether clients stay away: a balancer asks every second or so. */
const NOTICE_MS = SECOND
/** If no client connects for this long, the balancer knows that we are not ready. */
const QUIET_MS = 100
/** How many times we wait for that. Then we keep new connections outside. */
const QUIET_TRIES = 5
/** By then a handshake that the full queue delayed is complete. A client that found it full retries only after 1 s. */
const SETTLE_MS = 500
/** How long an idle kept-alive connection stays open. A request on it gets `Connection: close` and so ends it. */
const LINGER_MS = SECOND
const LINGER_STEP_MS = 25
/** A turn of the event loop this short has just emptied the kernel's queue of connections. */
const SHORT_TURN_NS = 40_000n
/** How long we wait for such a turn. */
const TURNS_NS = 300_000_000n

/**
 * Stops serving without cutting a request. Every answer during that time must carry `Connection: close`.
 *
 * The order matters. Closing idle connections first would reset a request that is on its way on one of them. Closing
 * the listening socket resets the connections that the kernel has queued. So we close it when no client connects any
 * more. If clients keep connecting, we close it when the queue is short and just emptied.
 */
export const drainServer = async (server: Server, timers: Timers): Promise<void> => {
  await timers.sleep(NOTICE_MS)
  if (!(await quiet(server, timers))) {
    shortenQueue(server)
    await timers.sleep(SETTLE_MS)
  }
  await shortTurn()
  // Not http.Server's own close: that one closes idle connections at once.
  NetServer.prototype.close.call(server)
  for (let waited = 0; waited < LINGER_MS; waited += LINGER_STEP_MS) {
    if ((await connections(server)) === 0) return
    await timers.sleep(LINGER_STEP_MS)
  }
}

const quiet = async (server: Server, timers: Timers): Promise<boolean> => {
  let arrivals = 0
  const note = () => arrivals++
  server.on('connection', note)
  try {
    for (let tries = 0; tries < QUIET_TRIES; tries++) {
      const before = arrivals
      await timers.sleep(QUIET_MS)
      if (arrivals === before) return true
    }
    return false
  } finally {
    server.off('connection', note)
  }
}

/**
 * From now on the kernel queues one connection and does not answer the others. Those clients retry after a second and
 * find the port closed. So no connection is reset after its client sent a request. `listen` on a listening socket changes
 * only its queue. Node has no public name for it; without it the queue stays as it is.
 */
const shortenQueue = (server: Server): void => {
  const { _handle: handle } = server as { _handle?: { listen?(queue: number): number } }
  handle?.listen?.(0)
}

/** Ends right after the event loop looked at all sockets and found little to do. */
const shortTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const giveUpAt = process.hrtime.bigint() + TURNS_NS
    const turn = (since: bigint) => {
      const now = process.hrtime.bigint()
      if (now - since < SHORT_TURN_NS || now > giveUpAt) {
        resolve()
        return
      }
      setImmediate(() => setImmediate(turn, process.hrtime.bigint()))
    }
    setImmediate(turn, process.hrtime.bigint())
  })

const connections = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)))
