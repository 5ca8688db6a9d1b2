// How long lists, searches, filters and trees of 50,000 devices with 500,000 points take over HTTP, beside a scan of the same rows; and how much memory.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Bundle, Device, LifecycleState } from '#domain/registry/bundle.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { startApi } from '#tests/api/start-api.ts'

const small = process.argv.includes('--small')
const [PREMISES, PER_PREMISES, POINTS, ROUNDS] = small ? [4, 500, 10, 10] : [50, 1_000, 10, 30]
const WARMING = 8
const SPACES = 100
const ORGANISATIONS = 25
const LIMIT_MS = 100
const MEMORY_MIB = 1024

const KINDS = [
  ['Lämpömittari', 'Temperaturgivare', 'Temperature sensor', 'temperature-sensor'],
  ['Sähkömittari', 'Elmätare', 'Electricity meter', 'electricity-meter'],
  ['Ilmanvaihtokone', 'Ventilationsaggregat', 'Air handling unit', 'air-handling-unit'],
  ['Kosteusanturi', 'Fuktgivare', 'Humidity sensor', 'humidity-sensor'],
  ['Läsnäolotunnistin', 'Närvarodetektor', 'Occupancy sensor', 'occupancy-sensor'],
] as const
const MAKERS = ['Vesi ja Lämpö Oy', 'Nordisk Mätning Ab', 'Åkerö Instruments', 'Kajo', 'Tuuli']
const STATES: LifecycleState[] = ['in-use', 'in-use', 'in-use', 'out-of-service', 'retired']
const points = Array.from({ length: POINTS }, (_, p) => ({ key: `point-${p}`, unit: 'kWh', kind: 'gauge' as const }))

const organisation = (n: number): string => `virasto-${n % ORGANISATIONS}`
const deviceOf = (premises: string, n: number): Device => {
  const [fi, sv, en, type] = KINDS[n % KINDS.length] ?? KINDS[0]
  const number = (n * 7_919) % 1_000_003
  return {
    id: `laite-${String(number).padStart(7, '0')}`,
    name: { fi: `${fi} ${n}`, sv: `${sv} ${n}`, en: `${en} ${n}` },
    premises,
    space: `tila-${n % SPACES}`,
    type,
    serial: `SN-${number}-${n % 13}`,
    manufacturer: MAKERS[n % MAKERS.length] ?? '',
    model: `M${n % 40}`,
    ...(n % 50 === 0 ? { tags: [`Kierros ${n % 7}`] } : {}),
    ownership: [{ from: '2020-01-01', to: null, shares: { [organisation(n % 3)]: '1' } }],
    ...(n % 4 === 0
      ? { roles: [{ role: 'maintainer' as const, organisation: organisation(n), from: '2020-01-01', to: null }] }
      : {}),
    ...(n % 3 === 0 ? { lifecycle: [{ state: STATES[n % STATES.length] ?? 'in-use', from: '2021-01-01' }] } : {}),
    points,
  }
}
const bundleOf = (p: number): Bundle => {
  const id = `talo-${p}`
  return {
    premises: [
      {
        id,
        name: { fi: `Talo ${p}`, sv: `Hus ${p}` },
        timeZone: 'Europe/Helsinki',
        landlord: organisation(p),
        spaces: Array.from({ length: SPACES }, (_, s) => ({
          id: `tila-${s}`,
          name: { fi: `Huone ${s}`, sv: `Rum ${s}` },
          storey: String(1 + Math.floor(s / 20)),
          use: 'common' as const,
          areaM2: '20',
        })),
      },
    ],
    devices: Array.from({ length: PER_PREMISES }, (_, d) => deviceOf(id, p * PER_PREMISES + d)),
  }
}

/** `--data=FOLDER`: filled once, and used again without filling. */
const given = process.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length)
const folder = given ?? mkdtempSync(join(tmpdir(), 'samtila-bench-registry-'))
const isFilled = existsSync(join(folder, 'records.sqlite'))
const records = await openEmbeddedRecords({ folder })
const telemetry = await openEmbeddedTelemetry({ folder })
const api = await startApi({ stores: { records, telemetry } })
const mib = (bytes: number): number => Math.round(bytes / 2 ** 20)
let failed = 0
try {
  const began = performance.now()
  if (!isFilled)
    await api.fill({
      organisations: Array.from({ length: ORGANISATIONS }, (_, n) => ({
        id: organisation(n),
        name: { fi: `Virasto ${n}` },
      })),
    })
  for (let p = 0; p < PREMISES && !isFilled; p++) await api.fill(bundleOf(p))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const devices = PREMISES * PER_PREMISES
  const file = join(folder, 'records.sqlite')
  console.log(
    `${devices} devices with ${devices * POINTS} points in ${PREMISES} premises: filled in ${seconds} s, ${mib(statSync(file).size)} MiB on disk\n`,
  )

  const base = await api.app.listen({ host: '127.0.0.1', port: 0 })
  const operator = await api.token(null, ['viewer'])
  const owner = await api.token(organisation(1), ['viewer'])
  const ask = async (token: string, path: string): Promise<{ ms: number; bytes: number }> => {
    const from = performance.now()
    const answer = await fetch(`${base}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${path}: ${text}`)
    return { ms: performance.now() - from, bytes: text.length }
  }
  const after = (n: number): string => `laite-${String((n * 104_729) % 1_000_003).padStart(7, '0')}`
  const MEASURED: [what: string, path: (n: number) => string][] = [
    ['list of devices, any page', (n) => `/devices?limit=50&after=${after(n)}`],
    ['devices of a premises', (n) => `/devices?limit=50&premises=talo-${n % PREMISES}`],
    ['devices of a space', (n) => `/devices?limit=50&premises=talo-${n % PREMISES}&space=tila-${n % SPACES}`],
    ['filter: type', (n) => `/devices?limit=50&type=${KINDS[n % KINDS.length]?.[3] ?? ''}&after=${after(n)}`],
    ['filter: tag', (n) => `/devices?limit=50&tag=Kierros%20${n % 7}`],
    ['filter: retired', () => '/devices?limit=50&lifecycle=retired'],
    ['filter: never heard', (n) => `/devices?limit=50&state=never&after=${after(n)}`],
    ['filter: maintainer and words', (n) => `/devices?limit=50&maintainer=${organisation(n)}&q=anturi`],
    ['filter: a serial number', (n) => `/devices?limit=50&q=SN-${(n * 7_919) % 1_000_003}`],
    ['filter: a common word, bent', (n) => `/devices?limit=50&q=mittarit&after=${after(n)}`],
    ['search: a serial number', (n) => `/search?q=SN-${(n * 7_919) % 1_000_003}`],
    ['search: a common word', () => '/search?q=mittari'],
    ['search: two words, bent', () => `/search?q=${encodeURIComponent('lämpömittarin oy')}`],
    ['search: two letters', () => '/search?q=ta'],
    ['search: nothing', () => '/search?q=eiolemassa'],
    ['premises', () => '/premises?limit=50'],
    ['tree: a premises with its spaces', (n) => `/premises/talo-${n % PREMISES}`],
    ['tree: meters of a premises', (n) => `/premises/talo-${n % PREMISES}/meter-tree?from=2026-01-01&to=2026-02-01`],
  ]
  const percentile = (sorted: readonly number[], part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  console.log('| question over HTTP | who | p50 ms | p95 ms | CPU ms | KiB |\n|---|---|---|---|---|---|')
  for (const [what, path] of MEASURED) {
    for (const [who, token] of [
      ['operator', operator],
      ['owner', owner],
    ] as const) {
      // An owner sees a part of the premises only; the first is theirs.
      const pathOf = (n: number) => (who === 'owner' ? path(n).replaceAll(/talo-\d+/g, 'talo-1') : path(n))
      // What the first askers wait for is the start of the program.
      for (let n = 0; n < WARMING; n++) await ask(token, pathOf(n))
      const cpu = process.cpuUsage()
      const times: number[] = []
      let bytes = 0
      for (let n = 0; n < ROUNDS; n++) {
        const { ms, bytes: length } = await ask(token, pathOf(n + 3))
        times.push(ms)
        bytes += length
      }
      const used = process.cpuUsage(cpu)
      const sorted = times.toSorted((a, b) => a - b)
      const p95 = percentile(sorted, 0.95)
      if (p95 > LIMIT_MS) failed += 1
      const cells = [percentile(sorted, 0.5), p95, (used.user + used.system) / 1000 / ROUNDS].map((ms) => ms.toFixed(1))
      console.log(`| ${what} | ${who} | ${cells.join(' | ')} | ${(bytes / ROUNDS / 1024).toFixed(1)} |`)
    }
  }

  // The same rows, looked through one by one, as a plain table is without an index of words.
  const plain = new DatabaseSync(file, { readOnly: true })
  const scan = (what: string, sql: string, ...values: string[]): void => {
    const statement = plain.prepare(sql)
    statement.all(...values)
    const times = Array.from({ length: Math.max(3, ROUNDS / 8) }, () => {
      const from = performance.now()
      statement.all(...values)
      return performance.now() - from
    }).toSorted((a, b) => a - b)
    console.log(`| ${what} | ${percentile(times, 0.5).toFixed(1)} | ${percentile(times, 0.95).toFixed(1)} |`)
  }
  console.log('\n| baseline: the statement alone, without HTTP | p50 ms | p95 ms |\n|---|---|---|')
  const current = "kind = 'devices' AND superseded_at IS NULL"
  scan('names and ids, LIKE', `SELECT id FROM objects WHERE ${current} AND search LIKE ? LIMIT 50`, '%eiolemassa%')
  scan('whole facts, LIKE', `SELECT id FROM objects WHERE ${current} AND body LIKE ? LIMIT 50`, '%"SN-1-eiole"%')
  scan('a page by OFFSET', `SELECT body FROM objects WHERE ${current} ORDER BY id LIMIT 50 OFFSET ${devices - 60}`)
  scan(
    'a tag in the facts',
    `SELECT id FROM objects WHERE ${current} AND instr(json_extract(body, '$.tags'), ?) > 0 LIMIT 50`,
    'eiole',
  )
  plain.close()

  const rss = mib(process.memoryUsage.rss())
  const { maxRSS } = process.resourceUsage()
  console.log(
    `\nmemory: ${rss} MiB now, ${mib(maxRSS * 1024)} MiB at most (filling included), wanted below ${MEMORY_MIB}`,
  )
  if (rss > MEMORY_MIB) failed += 1
  console.log(failed === 0 ? `everything under ${LIMIT_MS} ms at p95` : `${failed} figures beyond what is wanted`)
} finally {
  await api.close()
  if (given === undefined) rmSync(folder, { recursive: true, force: true })
}
process.exit(failed === 0 ? 0 : 1)
