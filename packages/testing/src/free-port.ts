import { createServer } from 'node:net'

/** Below what the kernel gives to whoever asks for any port (from 32768, elsewhere 49152), and others for each worker. */
const EACH = 500
const FIRST = 20_000 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 24) * EACH
let next = process.pid % EACH

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port that nobody takes between now and the start of whoever is to have it, nor while it restarts. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < EACH; tries++) {
    const port = FIRST + (next++ % EACH)
    if (await isFree(port)) return port
  }
  throw new Error('no port is free')
}
