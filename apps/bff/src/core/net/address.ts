import { isIP } from 'node:net'

/** Counts for all that is no address: a proxy may write anything, also something new each time. */
const NO_ADDRESS = 'unknown'

/**
 * Whom a limit per address counts. One person easily has 2^64 IPv6 addresses, so those count by their /64.
 * @param said by the socket or a trusted proxy
 */
export const addressKey = (said: string): string => {
  const ip = withoutPort(said)
  if (isIP(ip) === 0) return NO_ADDRESS
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  if (!ip.includes(':')) return ip
  const [head = '', tail] = (ip.split('%')[0] ?? ip).split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail?.split(':').filter(Boolean) ?? []
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** Some proxies write `203.0.113.7:50001` or `[2001:db8::1]:50001`: each connection would be an address of its own. */
export const withoutPort = (said: string): string =>
  /^(\d+(?:\.\d+){3}):\d+$/.exec(said)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(said)?.[1] ?? said

/**
 * The network that an address is in: the first 24 bits of IPv4, the first 48 of IPv6. The audit keeps it for good and no
 * erasure reaches it, so it must not lead to one person: a whole address would.
 * @param said by the socket or a trusted proxy @returns e.g. `203.0.113.0/24`; empty for what is no address
 */
export const networkOf = (said: string): string => {
  const ip = withoutPort(said)
  const key = addressKey(ip)
  if (isIP(key) === 4) return `${key.split('.').slice(0, 3).join('.')}.0/24`
  const groups = key.split('::/64')[0]?.split(':') ?? []
  if (isIP(ip.split('%')[0] ?? ip) !== 6) return ''
  return `${groups.slice(0, 3).join(':')}::/48`
}
