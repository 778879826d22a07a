import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { AddressInfo } from 'node:net'
import { clockFile } from './adapters/clock-file.js'
import { callbackNetwork, fetchNetwork, webNetwork } from './adapters/fetch-network.js'
import { fileStore } from './adapters/file-store.js'
import { packageDir } from './adapters/package-dir.js'
import { silentLog, systemClock, systemRandom, systemTimer } from './adapters/system.js'
import { fakeApps } from './fake-apps.js'
import type { Clock, Log, Network, Random, Timer, WebNetwork, WorldStore } from './ports.js'
import { createServer } from './server/create-server.js'
import { CallLog } from './server/calls/call-log.js'
import { RequestLog } from './server/request-log.js'
import { Saver } from './server/saver.js'
import { WebHosts } from './server/web/hosts.js'
import { buildWeapp } from './weapp/index.js'
import { loadWorld } from './world/load.js'
import type { Apps, World } from './world/world.js'

export interface SimulatorOptions {
  /** 0 (the default): any free port. */
  port?: number
  host?: string
  /** Folder that keeps the world; without it the world lives in memory. */
  data?: string
  /** Instead of `data`: where the world is kept. */
  store?: WorldStore
  /** `https://…` as the mini-program says it → the address that really answers. */
  domains?: Record<string, string>
  apps?: Apps
  /** What a world without data starts with. */
  seed?: 'demo' | 'empty'
  /** Folder of a compiled weapp package, for the page with the phones. */
  weapp?: string
  clock?: Clock
  random?: Random
  timer?: Timer
  network?: Network
  /** What web pages on the phones reach. */
  web?: WebNetwork
  log?: Log
  /** Kept as the world's time: `{offset, frozenAt}`. A service in development may read it. */
  clockFile?: string
}

export interface Simulator {
  url: string
  world: World
  close(): Promise<void>
}

export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { clock = systemClock, random = systemRandom, host = '127.0.0.1' } = options
  const store = options.store ?? (options.data === undefined ? null : fileStore(options.data))
  const world = await loadWorld({
    apps: options.apps ?? fakeApps(),
    store,
    seed: options.seed ?? 'empty',
    ports: { clock, random },
  })
  const weapp = options.weapp === undefined ? null : await buildWeapp(options.weapp)
  if (options.clockFile !== undefined) {
    const sink = clockFile(options.clockFile)
    const tell = () => sink.moved(world.time.shift)
    tell()
    world.listen(({ type }) => {
      if (type === 'clock' || type === 'reset') tell()
    })
  }
  const saver = new Saver(world, store)
  const root = packageDir()
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const domains = new Map(
    Object.entries(options.domains ?? {}).map(([from, to]) => [new URL(from).origin, to]),
  )
  let url = ''
  const app = createServer(
    {
      world,
      saver,
      requests: new RequestLog(),
      calls: new CallLog(world, systemTimer),
      network: options.network ?? fetchNetwork,
      timer: options.timer ?? systemTimer,
      log: options.log ?? silentLog,
      domains,
      home: weapp?.app.entryPagePath ?? '',
      version,
      origin: () => url,
      callbacks: callbackNetwork,
      web: options.web ?? webNetwork,
      hosts: new WebHosts(world, domains, () => url),
      random,
    },
    {
      phoneDir: path.join(root, 'dist', 'phone'),
      packageJs: weapp?.packageJs ?? null,
      assetsDir: weapp?.assetsDir ?? null,
    },
  )
  await saver.flush()
  await app.listen({ port: options.port ?? 0, host })
  const { port } = app.server.address() as AddressInfo
  url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    url,
    world,
    close: async () => {
      await app.close()
      await saver.flush()
    },
  }
}
