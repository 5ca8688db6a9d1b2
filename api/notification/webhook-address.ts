// Where a webhook may go: public addresses only, and hosts that the operator named; checked for the address that is really connected to.
import { lookup as resolve } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/** Everything that is not the public internet (IANA special-purpose registries), and forms that hide an IPv4 address. */
const NOT_PUBLIC = new BlockList()
for (const [net, prefix] of [
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
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  NOT_PUBLIC.addSubnet(net, prefix, 'ipv4')
/** Of IPv6 only global unicast is public. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC.addSubnet(net, prefix, 'ipv6')

/** Whether an address is of the public internet; an IPv6 form of an IPv4 address is none. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4')
  return family === 6 && GLOBAL.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6')
}

/** Resolves a name each time a connection is made and gives only addresses that may be connected to; `isNamed`: the operator named the host. */
export const lookupPublic =
  (isNamed: boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const all = (found as LookupAddress[] | undefined) ?? []
      const addresses = isNamed ? all : all.filter(({ address }) => isPublicAddress(address))
      const [first] = addresses
      if (error !== null) callback(error, '')
      else if (first === undefined) callback(new Error(`${hostname} has no public address`), '')
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/

/** What is wrong with the address of an endpoint; null when it may be tried. `named` are hosts that the operator allows beyond the public internet. */
export function wrongUrl(text: string, named: ReadonlySet<string>): string | null {
  if (!URL.canParse(text)) return 'is no address'
  const url = new URL(text)
  const host = hostOf(url)
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(host) && named.has(host)))
    return 'must begin with https://'
  if (!named.has(host) && (isIP(host) !== 0 ? !isPublicAddress(host) : !host.includes('.')))
    return `goes to ${host}, which is not on the public internet. The operator can allow it by SAMTILA_WEBHOOK_HOSTS`
  return null
}
/** The host of an address as it is resolved: IPv6 without brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
