import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici'
import { hostOf, isPrivateHost, isPublicAddress } from '../../core/net/public-address.js'
import type { Webhook } from '../webhook.js'
import { PrivateAddress } from './private-address-error.js'

/** Injection token of the `Resolver`. */
export const RESOLVER = Symbol('Resolver')

/** The addresses of a name, as `dns.lookup` with `all`. */
export interface Resolver {
  lookup(
    host: string,
    options: LookupOptions & { all: true },
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ): void
}

/** The machine's own. */
export const SYSTEM_RESOLVER: Resolver = {
  lookup: (host, options, done) => lookup(host, options, done),
}

const CONNECT_MS = 5_000

/** A name with one private address is refused whole: which of its addresses is tried is not ours to choose. */
const publicOnly =
  (resolver: Resolver): LookupFunction =>
  (host, options, done) => {
    resolver.lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      if (addresses.some(({ address }) => !isPublicAddress(address)))
        return done(new PrivateAddress(), '')
      const [first] = addresses
      if (options.all) return done(null, addresses)
      done(null, first?.address ?? '', first?.family)
    })
  }

const anyAddress =
  (resolver: Resolver): LookupFunction =>
  (host, options, done) => {
    resolver.lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      if (options.all) return done(null, addresses)
      const [first] = addresses
      done(null, first?.address ?? '', first?.family)
    })
  }

/**
 * The address is judged where the connection is made: what a name leads to may change between a look-up and the next one.
 * Node looks no address up, so an address in the URL is judged by itself.
 */
const direct = ({ allowPrivate }: Webhook, resolver: Resolver): Dispatcher => {
  const judged = allowPrivate ? anyAddress(resolver) : publicOnly(resolver)
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: judged })
  return new Agent({
    connect: (options, done) => {
      const host = options.hostname.replace(/^\[(.*)\]$/, '$1')
      if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host))
        return done(new PrivateAddress(), null)
      return connect(options, done)
    },
  })
}

/** How messages leave. Each webhook has its own connections, so one that hangs takes no other's. */
export class WebhookWays {
  readonly #open = new Map<string, Dispatcher>()

  constructor(private readonly resolver: Resolver) {}

  of(webhook: Webhook): Dispatcher {
    const known = this.#open.get(webhook.id)
    if (known) return known
    const timeout = CONNECT_MS
    const opened = webhook.proxy
      ? new ProxyAgent({
          uri: webhook.proxy.reveal(),
          proxyTls: { timeout },
          requestTls: { timeout },
        })
      : direct(webhook, this.resolver)
    this.#open.set(webhook.id, opened)
    return opened
  }

  /**
   * A proxy looks names up itself. A name that leads to a private address from here is refused, too. A name that only the
   * proxy can look up is the proxy's to judge.
   * @throws PrivateAddress
   */
  async refusePrivate({ url, allowPrivate, proxy }: Webhook): Promise<void> {
    if (allowPrivate || !proxy) return
    const host = hostOf(url)
    if (isPrivateHost(host)) throw new PrivateAddress()
    if (isIP(host) !== 0) return
    const addresses = await new Promise<LookupAddress[]>((resolve) =>
      this.resolver.lookup(host, { all: true }, (error, found) => resolve(error ? [] : found)),
    )
    if (addresses.some(({ address }) => !isPublicAddress(address))) throw new PrivateAddress()
  }

  /** Breaks the connections off. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((way) => way.destroy()))
  }
}
