import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { AppConfig, ProxiesConfig } from '../../core/config/config.js'
import { proxyOf } from '../../core/config/proxy-url.js'

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
