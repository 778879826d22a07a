import path from 'node:path'
import { freePort } from '../../../../scripts/lib/ports.mjs'
import { service } from '../../../../scripts/lib/service.mjs'
import { clientOf } from './load.mjs'
import { NODE, startService } from './seeded.mjs'
import { worldOf } from './world.mjs'

/** A small server of `lib/` in a process of its own. */
export const startBare = async (file, env = {}) => {
  const port = await freePort(0)
  const started = service(file, [...NODE, path.join(import.meta.dirname, file)], {
    PORT: String(port),
    ...env,
  })
  await started.ready
  const client = clientOf(port)
  return {
    port,
    pids: [started.pid],
    send: client.send,
    async stop() {
      client.close()
      await started.stop()
    },
  }
}

/** The service, a client of it, and people who use it. @param [main] another build of it */
export const startOurs = async (url, platform, main) => {
  const bff = await startService(url, platform.apiBase, main)
  const client = clientOf(bff.port)
  const stop = async () => {
    client.close()
    await bff.stop()
  }
  try {
    return { pids: [bff.pid], send: client.send, world: await worldOf(client.send), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** For a closed loop, where every answer must be right. */
export const strictly = (ask) => async (n) => {
  const wrong = await ask(n)
  if (wrong !== '') throw new Error(`an answer was wrong: ${wrong}`)
}
