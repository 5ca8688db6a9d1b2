// A CVE record (CVE JSON 5, cveproject.github.io/cve-schema) as a vulnerability.
import { listOf, objectOf, textOf, type Read } from './json-reader.ts'
import { scoreText, severityOfScore, severityOfWord, type Affected, type Severity } from './vulnerability.ts'

const METRICS = ['cvssV4_0', 'cvssV3_1', 'cvssV3_0', 'cvssV2_0'] as const

/** Whether it looks like a CVE record of format 5. */
export const isCve = (value: unknown): boolean =>
  textOf(objectOf(value)['dataType']) === 'CVE_RECORD' || objectOf(value)['cveMetadata'] !== undefined

export function readCve(value: unknown): Read {
  const record = objectOf(value)
  const meta = objectOf(record['cveMetadata'])
  const cna = objectOf(objectOf(record['containers'])['cna'])
  const code = textOf(meta['cveId'])
  if (code === null) return { ok: false, pointer: '/cveMetadata/cveId', message: 'The record has no CVE number.' }
  if (textOf(meta['state']) === 'REJECTED') return { ok: true, vulnerabilities: [], withdrawn: [code] }
  const affected = listOf(cna['affected']).flatMap(affectedOf)
  if (affected.length === 0)
    return { ok: false, pointer: '/containers/cna/affected', message: `${code} names no affected product.` }
  const { severity, score } = severityOf(listOf(cna['metrics']))
  const description = english(listOf(cna['descriptions']))
  return {
    ok: true,
    withdrawn: [],
    vulnerabilities: [
      {
        code,
        title: (textOf(cna['title']) ?? description ?? code).slice(0, 500),
        severity,
        score,
        affected,
        remedy: english(listOf(cna['solutions'])) ?? english(listOf(cna['workarounds'])),
        published: (textOf(meta['datePublished']) ?? '').slice(0, 10) || null,
        url:
          listOf(cna['references'])
            .map((one) => textOf(objectOf(one)['url']))
            .find((one) => one !== null) ?? null,
      },
    ],
  }
}

function affectedOf(value: unknown): Affected[] {
  const one = objectOf(value)
  const [manufacturer, model] = [textOf(one['vendor']), textOf(one['product'])]
  if (manufacturer === null || model === null) return []
  const rows = listOf(one['versions']).map(objectOf)
  const bad = rows.filter((row) => textOf(row['status']) === 'affected')
  if (bad.length === 0) return textOf(one['defaultStatus']) === 'affected' ? [{ manufacturer, model }] : []
  return bad.map((row) => {
    const [version, before, upTo] = [textOf(row['version']), textOf(row['lessThan']), textOf(row['lessThanOrEqual'])]
    const isOpen = (bound: string | null): boolean => bound === null || bound === '*' || bound === 'unspecified'
    if (before === null && upTo === null)
      return isOpen(version) || version === 'n/a'
        ? { manufacturer, model }
        : { manufacturer, model, versions: [version!] }
    return {
      manufacturer,
      model,
      ...(isOpen(version) || version === '0' ? {} : { from: version! }),
      ...(isOpen(before) ? {} : { before: before! }),
      ...(isOpen(upTo) ? {} : { upTo: upTo! }),
    }
  })
}

function severityOf(metrics: readonly unknown[]): { severity: Severity; score: string | null } {
  for (const name of METRICS)
    for (const metric of metrics) {
      const cvss = objectOf(objectOf(metric)[name])
      const score = cvss['baseScore']
      if (typeof score !== 'number') continue
      return { severity: severityOfWord(cvss['baseSeverity']) ?? severityOfScore(score), score: scoreText(score) }
    }
  return { severity: 'unknown', score: null }
}

const english = (texts: readonly unknown[]): string | null => {
  const found = texts.map(objectOf).find((one) => (textOf(one['lang']) ?? 'en').toLowerCase().startsWith('en'))
  return found === undefined ? null : (textOf(found['value'])?.slice(0, 2000) ?? null)
}
