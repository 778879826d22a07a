import { BlockList, isIP } from 'node:net'

/** RFC 6890 and its registry: what is not of the public Internet. Metadata services of clouds are in some of these. */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** The only block of IPv6 that is handed out (RFC 4291, IANA). All else is local, mapped, translated or reserved. */
const PUBLIC_6 = '2000::/3'
/** Within it: Teredo and other protocol assignments, documentation, 6to4 (which holds an IPv4 address). */
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const listOf = (family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits] = range.split('/')
    list.addSubnet(network, Number(bits), family)
  }
  return list
}

const notPublic4 = listOf('ipv4', NOT_PUBLIC_4)
const public6 = listOf('ipv6', [PUBLIC_6])
const notPublic6 = listOf('ipv6', NOT_PUBLIC_6)

/**
 * Whether an address is of the public Internet. Unknown is not public.
 * @param ip without brackets; false for what is no address
 */
export const isPublicAddress = (ip: string): boolean => {
  const family = isIP(ip)
  if (family === 4) return !notPublic4.check(ip, 'ipv4')
  const bare = ip.split('%')[0] ?? ip
  return family === 6 && public6.check(bare, 'ipv6') && !notPublic6.check(bare, 'ipv6')
}

/** The host of a URL as a name or an address: WHATWG has turned every spelling of IPv4 into four decimal numbers. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

/** A name that leads to this machine wherever it is asked for (RFC 6761). */
const LOCAL_NAME = /^(?:.*\.)?localhost\.?$/i

/** Whether the host of a URL is private by itself, without a look-up. */
export const isPrivateHost = (host: string): boolean =>
  LOCAL_NAME.test(host) || (isIP(host) !== 0 && !isPublicAddress(host))
