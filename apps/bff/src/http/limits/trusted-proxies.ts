import { BlockList, isIP } from 'node:net'
import { withoutPort } from '../../core/net/address.js'

/** Whether an address, as a socket or a proxy says it, is one of these. */
export type AddressTest = (said: string | undefined) => boolean

/** @param ranges IP addresses and CIDR ranges, such as those of `trustedProxies` */
export function anyOf(ranges: readonly string[]): AddressTest {
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

/** This machine and the networks that nobody reaches from outside: RFC 6890, RFC 4193. */
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
