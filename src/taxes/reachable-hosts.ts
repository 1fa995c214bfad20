import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Hosts that may be asked although they have a private address or no TLS: as `host` or `host:port`. */
export type TrustedHosts = readonly string[]

const inside = new BlockList()
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(address, bits, 'ipv4')
}
/** Tunnels into IPv4, documentation; all else that is not global is outside of 2000::/3. */
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside.addSubnet(address, bits, 'ipv6')
}
const globalIpv6 = new BlockList()
globalIpv6.addSubnet('2000::', 3, 'ipv6')

/** Whether an address is one of the open network. Source: the special-purpose address registries of IANA. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !inside.check(address, 'ipv4')
    case 6:
      return globalIpv6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
    default:
      return false
  }
}

export function isTrusted({ host, hostname }: URL, trusted: TrustedHosts): boolean {
  return trusted.includes(host) || trusted.includes(hostname)
}

/**
 * Whether an address of the web may be asked at all: by TLS, without credentials in it, and not at a literal private
 * address; a trusted host by anything. Names are looked at when they are resolved, see `publicLookup`.
 */
export function mayBeAsked(url: URL, trusted: TrustedHosts): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (isTrusted(url, trusted)) return url.protocol === 'https:' || url.protocol === 'http:'
  if (url.protocol !== 'https:') return false
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) === 0 || isPublicAddress(literal)
}

/** Resolves names, and refuses those that lead inside: at the moment of connecting, so that no name changes in between. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return callback(error, [])
    const inner = found.find(({ address }) => !isPublicAddress(address))
    if (inner !== undefined || found.length === 0) return callback(new Error('the name leads to a private address'), [])
    const [first] = found as [LookupAddress, ...LookupAddress[]]
    return options.all === true ? callback(null, found) : callback(null, first.address, first.family)
  })
}
