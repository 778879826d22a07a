import { BlockList, isIP } from 'node:net'
import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { PinoLogger } from 'nestjs-pino'
import { CONFIG, type Config } from '../../core/config/config.js'
import { withoutPort } from '../../core/net/address.js'
import { Metrics } from '../../observability/metrics.js'

/** Whether an address, as a socket or a proxy says it, is one of these. */
export type AddressTest = (said: string | undefined) => boolean

/** @param ranges IP addresses and CIDR ranges, such as those of `trustedProxies` */
export const anyOf = (ranges: readonly string[]): AddressTest => {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    if (bits === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(bits), familyOf(address))
  }
  return (said = '') => {
    // Azure's gateways write every hop with its port; a zone says only by which interface.
    const [address = ''] = withoutPort(said).split('%')
    return isIP(address) !== 0 && list.check(address, familyOf(address))
  }
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** This machine and the networks that no outside host can reach: RFC 6890, RFC 4193. */
export const isPrivate: AddressTest = anyOf([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
])

/** What a reverse proxy adds: RFC 7239, and what most of them write. */
const FORWARDED = ['x-forwarded-for', 'forwarded'] as const

/**
 * Warns the operator that the service stands behind a proxy that `trustedProxies` does not name. All members then share
 * one address. One stranger can use up its limits, and no member can log in. The service serves nevertheless: it cannot
 * know this at the start, and a shared limit breaks no promise about cards.
 *
 * A public address is not logged: anyone can write that header, and a stranger's address belongs in no log.
 */
@Injectable()
export class ProxyWatch {
  readonly #trusted
  /** An operator who writes `[]` says that there is no proxy, or that it may count as one address. */
  readonly #wanted: boolean
  readonly #seen
  #told = false

  constructor(
    @Inject(CONFIG) { trustedProxies }: Config,
    private readonly logger: PinoLogger,
    metrics: Metrics,
  ) {
    logger.setContext('http')
    this.#trusted = anyOf(trustedProxies ?? [])
    this.#wanted = trustedProxies?.length !== 0
    this.#seen = metrics.counter(
      'sealcard_http_untrusted_proxy_total',
      'Requests through a proxy that trustedProxies does not name: their clients count as one address',
      [],
    )
  }

  see({ headers, socket }: FastifyRequest): void {
    if (!this.#wanted || FORWARDED.every((name) => headers[name] === undefined)) return
    const { remoteAddress: proxy } = socket
    if (!isPrivate(proxy) || this.#trusted(proxy)) return
    this.#seen.inc()
    if (this.#told) return
    this.#told = true
    this.logger.error(
      { proxy },
      'requests come through a proxy that trustedProxies does not name: all clients behind it count as one address, and one stranger can use up its limits. Add it to trustedProxies, or write [] if there is no proxy',
    )
  }
}
