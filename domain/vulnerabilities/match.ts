// Which vulnerabilities a device has: by manufacturer and model, and by the version of its firmware.
import type { Device } from '#domain/registry/bundle.ts'
import type { Affected, Severity, Vulnerability } from './vulnerability.ts'
import { SEVERITIES } from './vulnerability.ts'

/** `unknown-version`: the product is affected in some versions, and which one the device has is not recorded. */
export type MatchState = 'affected' | 'unknown-version'

const words = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** Null: the device is no such product, or its version is not among the affected. */
export function matchOf(
  { manufacturer = '', model = '', firmware }: Pick<Device, 'manufacturer' | 'model' | 'firmware'>,
  { affected }: Pick<Vulnerability, 'affected'>,
): MatchState | null {
  const [maker, product] = [words(manufacturer), words(model)]
  if (maker === '' || product === '') return null
  const own = affected.filter((one) => words(one.manufacturer) === maker && isProduct(words(one.model), product, maker))
  if (own.length === 0) return null
  if (own.some(isUnbounded)) return 'affected'
  const version = firmware?.version
  if (version === undefined) return 'unknown-version'
  return own.some((one) => holds(one, version)) ? 'affected' : null
}

/** A maker's own name before the model says nothing. */
const isProduct = (listed: string, model: string, maker: string): boolean =>
  listed === model || listed === maker + model || maker + listed === model
const isUnbounded = ({ versions, from, before, upTo }: Affected): boolean =>
  versions === undefined && from === undefined && before === undefined && upTo === undefined

function holds({ versions = [], from, before, upTo }: Affected, version: string): boolean {
  if (versions.some((one) => compareVersions(one, version) === 0)) return true
  if (from === undefined && before === undefined && upTo === undefined) return false
  return (
    (from === undefined || compareVersions(version, from) >= 0) &&
    (before === undefined || compareVersions(version, before) < 0) &&
    (upTo === undefined || compareVersions(version, upTo) <= 0)
  )
}

/** Numbers by size, what is between them as text; `1.4` is `1.4.0`, and a suffix of letters comes before none (`2.0-rc1` < `2.0`). */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    const [one, other] = [x[i] ?? 0, y[i] ?? 0]
    if (one === other) continue
    if (typeof one === 'number' && typeof other === 'number') return one < other ? -1 : 1
    if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : 1
    return typeof one === 'string' ? -1 : 1
  }
  return 0
}
const partsOf = (version: string): (number | string)[] =>
  (
    version
      .toLowerCase()
      .replace(/^v(?=\d)/, '')
      .match(/\d+|[a-z]+/g) ?? []
  ).map((part) => (/^\d/.test(part) ? Number(part) : part))

/** The worst first. */
export const bySeverity = (a: { severity: Severity; code: string }, b: { severity: Severity; code: string }): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.code < b.code ? 1 : -1)
