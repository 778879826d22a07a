import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { z } from 'zod'
import type { AppConfig, ProxiesConfig } from '../../core/config/config.js'
import { proxyOf } from '../../core/config/proxy-url.js'

export interface PlatformCall<Schema extends z.ZodType> {
  app: AppConfig
  /** The platform's own name for it; appears in errors. */
  operation: string
  method: 'GET' | 'POST'
  /** After `apiBase`, with a leading slash. */
  path: string
  query?: Record<string, string>
  body?: Record<string, unknown>
  /** The errcode by which the platform names an address of ours that is not in its allow-list. */
  notAllowed?: number
  /** Of an answer without error. */
  schema: Schema
  /** Whether asking twice does no harm. If not, only a request that never left is tried again. */
  idempotent: boolean
  /**
   * Its endpoint may be down while the rest answers: it has a circuit of its own then. `names`: nothing but names depends
   * on it.
   */
  apart?: boolean | 'names'
}

export interface PlatformHttpSettings {
  /** Times one call is tried, the first included. */
  tries: number
  tryTimeoutMs: number
  connectTimeoutMs: number
  /** Before the second try; doubles; between half and one and a half of it is waited. */
  backoffMs: number
  /** Failures in a row that open a circuit; a timeout counts for three. */
  breakerFailures: number
  /** How long it stays open before one call may probe. */
  breakerOpenMs: number
  maxAnswerBytes: number
}

export const standardSettings: PlatformHttpSettings = {
  tries: 3,
  tryTimeoutMs: 3_000,
  connectTimeoutMs: 2_000,
  backoffMs: 150,
  breakerFailures: 5,
  breakerOpenMs: 3_000,
  maxAnswerBytes: 262_144,
}

/** How calls leave this machine: directly, or by the proxy that the configuration names for their app. */
export class Ways {
  readonly #open = new Map<string, Dispatcher>()

  constructor(
    private readonly proxies: ProxiesConfig | undefined,
    private readonly connectTimeoutMs: number,
  ) {}

  of(app: AppConfig): Dispatcher {
    const uri = proxyOf(app, this.proxies)?.reveal() ?? ''
    const known = this.#open.get(uri)
    if (known) return known
    const opened = this.#start(uri)
    this.#open.set(uri, opened)
    return opened
  }

  /** Closes the connections once their requests are answered. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((way) => way.close()))
  }

  /** A proxy gets no more than the platform's name and port: the call goes through a tunnel. */
  #start(uri: string): Dispatcher {
    const timeout = this.connectTimeoutMs
    return uri === ''
      ? new Agent({ connect: { timeout } })
      : new ProxyAgent({ uri, proxyTls: { timeout }, requestTls: { timeout } })
  }
}
