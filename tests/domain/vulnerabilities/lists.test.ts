// Lists of vulnerabilities as they are published, and which devices they are about.
import { expect, test } from 'vitest'
import { compareVersions, matchOf } from '#domain/vulnerabilities/match.ts'
import { rangeOf, readCsaf } from '#domain/vulnerabilities/read-csaf.ts'
import { readCve } from '#domain/vulnerabilities/read-cve.ts'
import { readVulnerabilityTable } from '#domain/vulnerabilities/read-table.ts'

const cve = (versions: object[], more: object = {}) => ({
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: 'CVE-2026-1111', state: 'PUBLISHED', datePublished: '2026-02-03T10:00:00.000Z' },
  containers: {
    cna: {
      title: 'Default password',
      affected: [{ vendor: 'Carlo Gavazzi', product: 'EM-340', versions }],
      descriptions: [{ lang: 'en', value: 'Long text' }],
      metrics: [{ cvssV3_1: { version: '3.1', baseScore: 9.8, baseSeverity: 'CRITICAL' } }],
      solutions: [{ lang: 'en', value: 'Update to 2.1.' }],
      references: [{ url: 'https://example.org/advisory' }],
      ...more,
    },
  },
})
const device = (version?: string) => ({
  manufacturer: 'Carlo Gavazzi',
  model: 'EM340',
  ...(version === undefined ? {} : { firmware: { version } }),
})

test('versions go by numbers, and letters come before none', () => {
  expect(['1.10', '1.9', 'v1.2', '2.0-rc1', '2.0', '1.9.0'].toSorted(compareVersions)).toEqual([
    'v1.2',
    '1.9',
    '1.9.0',
    '1.10',
    '2.0-rc1',
    '2.0',
  ])
  expect(compareVersions('1.9', '1.9.0')).toBe(0)
})

test('a CVE record: the product in its versions, severity, remedy', () => {
  const read = readCve(cve([{ version: '1.0', lessThan: '2.1', status: 'affected', versionType: 'semver' }]))
  if (!read.ok) throw new Error(read.message)
  const [one] = read.vulnerabilities
  expect(one).toMatchObject({
    code: 'CVE-2026-1111',
    severity: 'critical',
    score: '9.8',
    remedy: 'Update to 2.1.',
    published: '2026-02-03',
    affected: [{ from: '1.0', before: '2.1' }],
  })
  const matches = ['0.9', '1.0', '2.0.9', '2.1'].map((version) => matchOf(device(version), one!))
  expect(matches).toEqual([null, 'affected', 'affected', null])
  expect(matchOf(device(), one!)).toBe('unknown-version')
  expect(matchOf({ manufacturer: 'Carlo Gavazzi', model: 'EM330' }, one!)).toBeNull()
  expect(matchOf({ model: 'EM340' }, one!)).toBeNull()
})

test('a CVE record without versions is about all of them; one without product is told; a rejected one is taken back', () => {
  const all = readCve(cve([{ version: '*', status: 'affected' }]))
  expect(all.ok && matchOf(device(), all.vulnerabilities[0]!)).toBe('affected')
  expect(readCve(cve([], { affected: [] }))).toMatchObject({ ok: false, pointer: '/containers/cna/affected' })
  const rejected = { ...cve([]), cveMetadata: { cveId: 'CVE-2026-1111', state: 'REJECTED' } }
  expect(readCve(rejected)).toEqual({ ok: true, vulnerabilities: [], withdrawn: ['CVE-2026-1111'] })
})

test('a CSAF advisory: the tree of vendor, product and version range', () => {
  const advisory = {
    document: {
      csaf_version: '2.0',
      title: 'Advisory 7',
      tracking: { id: 'ADV-7', initial_release_date: '2026-01-15T00:00:00Z' },
      references: [{ url: 'https://example.org/adv-7' }],
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Carlo Gavazzi',
          branches: [
            {
              category: 'product_name',
              name: 'EM340',
              branches: [
                {
                  category: 'product_version_range',
                  name: 'vers:generic/<2.1',
                  product: { product_id: 'P-1', name: 'EM340 <2.1' },
                },
                { category: 'product_version', name: '2.1', product: { product_id: 'P-2', name: 'EM340 2.1' } },
              ],
            },
          ],
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-2222',
        product_status: { known_affected: ['P-1'], fixed: ['P-2'] },
        scores: [{ cvss_v3: { baseScore: 5.3 }, products: ['P-1'] }],
        remediations: [
          { category: 'mitigation', details: 'Close port 502.' },
          { category: 'vendor_fix', details: 'Install 2.1.' },
        ],
      },
    ],
  }
  const read = readCsaf(advisory)
  if (!read.ok) throw new Error(read.message)
  expect(read.vulnerabilities).toMatchObject([
    { code: 'CVE-2026-2222', title: 'Advisory 7', severity: 'medium', score: '5.3', remedy: 'Install 2.1.' },
  ])
  expect(['2.0', '2.1'].map((version) => matchOf(device(version), read.vulnerabilities[0]!))).toEqual([
    'affected',
    null,
  ])
  expect(readCsaf({ document: { csaf_version: '1.2' } })).toMatchObject({ ok: false })
  expect(rangeOf('vers:generic/>=1.0|<=1.4')).toEqual({ from: '1.0', upTo: '1.4' })
})

test('a table: rows of one code make one, and a wrong row is told with its field', () => {
  const header = ['CVE', 'Valmistaja', 'Malli', 'Korjattu versiossa', 'Vakavuus', 'Toimenpide']
  const table = (rows: string[][]) => ({ header, rows, lines: rows.map((_row, i) => i + 2) })
  const { vulnerabilities, problems } = readVulnerabilityTable(
    table([
      ['CVE-1', 'Acme', 'A1', '1.2', 'high', 'Päivitä'],
      ['CVE-1', 'Acme', 'A2', '', 'high', 'Päivitä'],
    ]),
  )
  expect(problems).toEqual([])
  expect(vulnerabilities).toMatchObject([
    { code: 'CVE-1', severity: 'high', remedy: 'Päivitä', affected: [{ model: 'A1', before: '1.2' }, { model: 'A2' }] },
  ])
  // The word that the pages use for it, in each language.
  for (const code of ['Number', 'Tunnus', 'Beteckning', 'Numero', 'Nummer'])
    expect(
      readVulnerabilityTable({ header: [code, 'Maker', 'Model'], rows: [['CVE-1', 'Acme', 'A1']], lines: [2] })
        .problems,
    ).toEqual([])
  const wrong = readVulnerabilityTable(table([['CVE-2', 'Acme', '', '', 'awful', '']]))
  expect(wrong.problems.map(({ row, field }) => `${row} ${field}`)).toEqual(['1 model', '1 severity'])
})
