// Where a bridge may connect to: hosts of a network, never the addresses by which a machine reaches itself in disguise or its cloud's keys.
import { lookup as resolve } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/** Unspecified, link-local (cloud metadata among them), shared-carrier metadata, multicast, broadcast and reserved ranges. */
const REFUSED = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['100.100.100.200', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  REFUSED.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 128],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['ff00::', 8],
] as const)
  REFUSED.addSubnet(net, prefix, 'ipv6')

/** Whether a bridge must not connect to this address; an IPv6 form of an IPv4 address is that one. */
export function isRefusedAddress(address: string): boolean {
  const family = isIP(address)
  return family === 0 || REFUSED.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** What is wrong with the host of a bridge, before its name is asked for; null when it may be tried. */
export function wrongHost(host: string): string | null {
  if (isIP(host) !== 0) return isRefusedAddress(host) ? `${host} is an address that no bridge may connect to` : null
  if (!/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host)) return 'is neither a host name nor an IP address'
  return /^[\d.]+$/.test(host) ? 'is no IP address' : null
}

/** Asks for the addresses of a name each time a connection is made, and gives only those that may be connected to. */
export const allowedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    const addresses = (found as LookupAddress[] | undefined)?.filter(({ address }) => !isRefusedAddress(address)) ?? []
    const [first] = addresses
    if (error !== null) callback(error, '')
    else if (first === undefined) callback(new Error(`${hostname} has no address that a bridge may connect to`), '')
    else if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
