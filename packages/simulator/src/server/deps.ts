import type { CallbackNetwork, Log, Network, Random, Timer, WebNetwork } from '../ports.js'
import type { World } from '../world/world.js'
import type { CallLog } from './calls/call-log.js'
import type { RequestLog } from './request-log.js'
import type { Saver } from './saver.js'
import type { WebHosts } from './web/hosts.js'

/** What the routes need. */
export interface Deps {
  world: World
  saver: Saver
  requests: RequestLog
  calls: CallLog
  network: Network
  timer: Timer
  log: Log
  /** The simulated DNS and list of legal domains: `https://…` as the mini-program says it → where it really is. */
  domains: Map<string, string>
  /** Page that opens when nothing names another: the package's first. */
  home: string
  version: string
  /** Where the simulator itself can be reached, once it listens. */
  origin: () => string
  callbacks: CallbackNetwork
  web: WebNetwork
  hosts: WebHosts
  random: Random
}
