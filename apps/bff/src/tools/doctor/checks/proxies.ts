import { isIP } from 'node:net'
import { type Check, ok, type Said, wrong } from '../support/check.js'

const NONE = 'none; every request counts by the address that it comes from'
/** Wider than any private network is: 10.0.0.0/8, fc00::/7. */
const WIDEST = { 4: 8, 6: 7 } as const

export const proxies: Check = {
  name: 'trusted proxies',
  timeoutMs: 1_000,
  run({ config: { trustedProxies, server, mode } }) {
    if (!trustedProxies) return [ofNone(server.host, mode === 'production')]
    if (trustedProxies.length === 0) return [ok('none', NONE)]
    const wide = trustedProxies.filter(tooWide)
    if (wide.length === 0) return [ok('named', trustedProxies.join(', '))]
    return wide.map((range) =>
      wrong(
        'too-wide',
        'nearly every host counts as a proxy: any client can write its own address, and the limits per address have no effect',
        'Name the addresses of the proxies alone.',
        range,
      ),
    )
  },
}

const tooWide = (range: string): boolean => {
  const [address = '', bits] = range.split('/')
  const family = isIP(address)
  return bits !== undefined && (family === 4 || family === 6) && Number(bits) < WIDEST[family]
}

/** Who listens on this machine alone is reached through something on this machine. */
const ofNone = (host: string, production: boolean): Said =>
  production && ['127.0.0.1', '::1', 'localhost'].includes(host)
    ? wrong(
        'none-behind-proxy',
        `HOST is ${host} and no proxy is trusted: all members together have one address, and one stranger uses up its limits`,
        'Add the reverse proxy to trustedProxies ("127.0.0.1" for one on this machine), and let it set X-Forwarded-For. Without one, write [].',
      )
    : ok('none', NONE)
