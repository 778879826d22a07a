import { createServer } from 'node:net'

/** Each worker has its own ports, below those that the kernel gives out itself (from 32768, elsewhere 49152). */
const EACH = 500
const FIRST = 20_000 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 24) * EACH
let next = process.pid % EACH

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port that no other process takes before the caller's server starts, or while that server restarts. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < EACH; tries++) {
    const port = FIRST + (next++ % EACH)
    if (await isFree(port)) return port
  }
  throw new Error('no port is free')
}
