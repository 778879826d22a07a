import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { PinoLogger } from 'nestjs-pino'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Metrics } from '../../observability/metrics.js'
import { anyOf, isPrivate } from '../limits/trusted-proxies.js'

/** What a reverse proxy adds: RFC 7239, and what most of them write. */
const FORWARDED = ['x-forwarded-for', 'forwarded'] as const

/**
 * Tells whoever runs the service that it stands behind a proxy that `trustedProxies` does not name. All members then have
 * one address, and one stranger uses up its limits: nobody can log in. The service serves nevertheless: it cannot know
 * beforehand, and a limit that is shared keeps every promise about cards.
 *
 * A public address is not told: whoever likes writes that header, and a stranger's address belongs in no log.
 */
@Injectable()
export class ProxyWatch {
  readonly #trusted
  /** Whoever writes `[]` says that there is no proxy, or that it may count as one address. */
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
      'requests come through a proxy that trustedProxies does not name: everybody behind it counts as one address, and a stranger uses up its limits. Add it to trustedProxies, or write [] if it is none',
    )
  }
}
