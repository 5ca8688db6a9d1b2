// A security advisory in CSAF 2.0 (OASIS Common Security Advisory Framework) as vulnerabilities of products.
import { listOf, objectOf, textOf, type Read } from './json-reader.ts'
import {
  scoreText,
  severityOfScore,
  severityOfWord,
  type Affected,
  type Severity,
  type Vulnerability,
} from './vulnerability.ts'

/** Branches below one another at most. */
const DEPTH_LIMIT = 20

/** Whether it looks like CSAF. */
export const isCsaf = (value: unknown): boolean =>
  textOf(objectOf(objectOf(value)['document'])['csaf_version']) !== null

export function readCsaf(value: unknown): Read {
  const root = objectOf(value)
  const document = objectOf(root['document'])
  const tracking = objectOf(document['tracking'])
  const advisory = textOf(tracking['id'])
  const version = textOf(document['csaf_version'])
  if (version !== '2.0')
    return { ok: false, pointer: '/document/csaf_version', message: `CSAF ${version ?? '?'} is not read; only 2.0 is.` }
  if (advisory === null) return { ok: false, pointer: '/document/tracking/id', message: 'The advisory has no id.' }
  const products = productsOf(root)
  const published = (textOf(tracking['initial_release_date']) ?? '').slice(0, 10) || null
  const url = listOf(document['references'])
    .map((one) => textOf(objectOf(one)['url']))
    .find((one) => one !== null)
  const vulnerabilities: Vulnerability[] = []
  for (const [i, given] of listOf(root['vulnerabilities']).entries()) {
    const one = objectOf(given)
    const ids = listOf(one['ids']).map((id) => textOf(objectOf(id)['text']))
    const code = textOf(one['cve']) ?? ids.find((id) => id !== null) ?? `${advisory}-${i + 1}`
    const affected = listOf(objectOf(one['product_status'])['known_affected']).flatMap((id) => {
      const product = products.get(textOf(id) ?? '')
      return product === undefined ? [] : [product]
    })
    if (affected.length === 0) continue
    vulnerabilities.push({
      code,
      title: (textOf(one['title']) ?? textOf(document['title']) ?? code).slice(0, 500),
      ...severityOf(listOf(one['scores'])),
      affected,
      remedy: remedyOf(listOf(one['remediations'])),
      published,
      url: url ?? null,
    })
  }
  return vulnerabilities.length === 0
    ? { ok: false, pointer: '/vulnerabilities', message: `${advisory} names no affected product.` }
    : { ok: true, vulnerabilities, withdrawn: [] }
}

type Path = {
  vendor: string | null
  product: string | null
  range: Pick<Affected, 'versions' | 'from' | 'before' | 'upTo'>
}
/** Products by their id, from the branches of the tree and from relationships (which stand for the product they are made of). */
function productsOf(root: Record<string, unknown>): Map<string, Affected> {
  const tree = objectOf(root['product_tree'])
  const found = new Map<string, Affected>()
  const walk = (branches: unknown, path: Path, depth: number): void => {
    if (depth > DEPTH_LIMIT) return
    for (const given of listOf(branches)) {
      const branch = objectOf(given)
      const name = textOf(branch['name'])
      const here = stepInto(path, textOf(branch['category']), name)
      const id = textOf(objectOf(branch['product'])['product_id'])
      if (id !== null && here.vendor !== null && here.product !== null)
        found.set(id, { manufacturer: here.vendor, model: here.product, ...here.range })
      walk(branch['branches'], here, depth + 1)
    }
  }
  walk(tree['branches'], { vendor: null, product: null, range: {} }, 0)
  for (const given of listOf(tree['relationships'])) {
    const relation = objectOf(given)
    const id = textOf(objectOf(relation['full_product_name'])['product_id'])
    const base =
      found.get(textOf(relation['relates_to_product_reference']) ?? '') ??
      found.get(textOf(relation['product_reference']) ?? '')
    if (id !== null && base !== undefined && !found.has(id)) found.set(id, base)
  }
  return found
}

function stepInto(path: Path, category: string | null, name: string | null): Path {
  if (name === null) return path
  if (category === 'vendor') return { ...path, vendor: name }
  if (category === 'product_name') return { ...path, product: name }
  if (category === 'product_version') return { ...path, range: { versions: [name] } }
  return category === 'product_version_range' ? { ...path, range: rangeOf(name) } : path
}

/** `vers:generic/>=1.0|<2.1`, or plain `>=1.0 <2.1`; what is not understood bounds nothing. */
export function rangeOf(text: string): Path['range'] {
  const plain = text.startsWith('vers:') ? decodeURIComponent(text.slice(text.indexOf('/') + 1)) : text
  const range: Path['range'] = {}
  for (const [, sign = '', version = ''] of plain.matchAll(/(>=|<=|<|>|=)?\s*v?(\d[\w.+-]*)/g)) {
    if (sign === '<') range.before = version
    else if (sign === '<=') range.upTo = version
    else if (sign === '>=' || sign === '>') range.from = version
    else range.versions = [...(range.versions ?? []), version]
  }
  return range
}

function severityOf(scores: readonly unknown[]): { severity: Severity; score: string | null } {
  for (const given of scores) {
    const score = objectOf(given)
    const cvss = objectOf(score['cvss_v3'] ?? score['cvss_v2'])
    const base = cvss['baseScore']
    if (typeof base === 'number')
      return { severity: severityOfWord(cvss['baseSeverity']) ?? severityOfScore(base), score: scoreText(base) }
  }
  return { severity: 'unknown', score: null }
}

/** The maker's fix goes before what helps meanwhile. */
const CATEGORIES = ['vendor_fix', 'mitigation', 'workaround', 'no_fix_planned', 'none_available']
function remedyOf(remediations: readonly unknown[]): string | null {
  const rows = remediations.map(objectOf)
  for (const category of CATEGORIES) {
    const row = rows.find((one) => textOf(one['category']) === category)
    const details = row === undefined ? null : textOf(row['details'])
    if (details !== null) return details.slice(0, 2000)
  }
  return null
}
