// What is wrong with a bridge: an address that no bridge may have, filters that are none, certificates and keys that cannot be read.
import { X509Certificate, createPrivateKey } from 'node:crypto'
import type { Problem } from '#domain/failure.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import { isFilter } from '#broker/topic-filter.ts'
import { wrongHost } from './address.ts'
import type { BridgeSettings } from './bridge-client.ts'

const SHOWN_CHARACTERS = 100

/** Each problem with its JSON Pointer; empty when it can be tried. */
export function checkBridge(bridge: BridgeSettings, { topicBytes, topicLevels }: BrokerLimits): Problem[] {
  const { host, tls, topicFilters, ca, certificate, key } = bridge
  const problems: Problem[] = []
  const wrong = wrongHost(host)
  if (wrong !== null) problems.push({ pointer: '/host', code: 'wrong-host', message: wrong })
  for (const [index, filter] of topicFilters.entries()) {
    if (isFilter(filter, topicBytes, topicLevels) && !filter.startsWith('$')) continue
    const message = `${JSON.stringify(filter.slice(0, SHOWN_CHARACTERS))} is no topic filter that can be subscribed to`
    problems.push({ pointer: `/topicFilters/${index}`, code: 'bad-filter', message })
  }
  if (!tls && (ca !== null || certificate !== null || key !== null))
    problems.push({
      pointer: '/tls',
      code: 'tls-needed',
      message: 'certificates are for connections with TLS: switch it on',
    })
  if (ca !== null && !canBeRead(() => new X509Certificate(ca)))
    problems.push({ pointer: '/ca', code: 'wrong-pem', message: 'is no certificate in PEM form' })
  const client = certificate === null ? null : canBeRead(() => new X509Certificate(certificate))
  if (certificate !== null && client === null)
    problems.push({ pointer: '/certificate', code: 'wrong-pem', message: 'is no certificate in PEM form' })
  const secret = key === null ? null : canBeRead(() => createPrivateKey(key))
  if (key !== null && secret === null)
    problems.push({ pointer: '/key', code: 'wrong-pem', message: 'is no private key in PEM form without a password' })
  if (client !== null && secret !== null && !client.checkPrivateKey(secret))
    problems.push({ pointer: '/key', code: 'wrong-key', message: 'is not the key of the certificate' })
  return problems
}

function canBeRead<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
