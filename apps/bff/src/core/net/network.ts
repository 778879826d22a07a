import { isIP } from 'node:net'
import { addressKey, withoutPort } from './address.js'

/**
 * The network that an address is in: the first 24 bits of IPv4, the first 48 of IPv6. The audit keeps it for good and no
 * erasure reaches it, so it must not lead to one person: a whole address would.
 * @param said by the socket or a trusted proxy @returns e.g. `203.0.113.0/24`; empty for what is no address
 */
export function networkOf(said: string): string {
  const ip = withoutPort(said)
  const key = addressKey(ip)
  if (isIP(key) === 4) return `${key.split('.').slice(0, 3).join('.')}.0/24`
  const groups = key.split('::/64')[0]?.split(':') ?? []
  if (isIP(ip.split('%')[0] ?? ip) !== 6) return ''
  return `${groups.slice(0, 3).join(':')}::/48`
}
