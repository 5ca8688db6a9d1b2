// How long settlements take: one premises month, many premises, and ten thousand meters. `node bench/settle.ts [--full]`.
import { createHash } from 'node:crypto'
import { cpus } from 'node:os'
import type {
  Bundle,
  Device,
  Invoice,
  MeteredCost,
  PointRef,
  PriceSeries,
  SplitMethod,
  Tariff,
  TariffVersion,
} from '#domain/registry/bundle.ts'
import type { ReadingsOf } from '#domain/ports/meter-readings.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { periodOf } from '#domain/quantity/period.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import { replayExplanation } from '#domain/settlement/replay.ts'
import { settle } from '#domain/settlement/settle.ts'
import type { KeptMonth, Settled } from '#domain/settlement/settle.ts'
import type { FrozenSettlement } from '#domain/settlement/settlement.ts'

const MONTH = '2026-03'
const ZONE = 'Europe/Helsinki'
const PERIOD = periodOf(MONTH, ZONE)
const full = process.argv.includes('--full')

type Size = { parties: number; meters: number; invoices: number }
/** The premises month of the requirement. */
const ORDINARY: Size = { parties: 10, meters: 60, invoices: 300 }

/** A small generator with a seed (mulberry32), so that every run does the same work. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A month of quarter readings of a counter, from the first boundary to the last. */
function counterReadings(seed: number): MeterReadings {
  const next = random(seed)
  const count = (PERIOD.to - PERIOD.from) / QUARTER_MS + 1
  const at = new Float64Array(count)
  const micro = new BigInt64Array(count)
  let total = Math.floor(next() * 1e11)
  for (let i = 0; i < count; i += 1) {
    at[i] = PERIOD.from + i * QUARTER_MS
    micro[i] = BigInt(total)
    total += Math.floor(next() * 2e6)
  }
  return { at, micro, simulated: false, qualities: new Uint8Array(count) }
}

/** Thirteen months of hourly readings of a counter. */
function yearReadings(seed: number, factor: number): MeterReadings {
  const next = random(seed)
  const [from, to] = [periodOf('2026-01', ZONE).from, periodOf('2027-01', ZONE).to]
  const count = (to - from) / 3_600_000 + 1
  const micro = new BigInt64Array(count)
  let total = 0
  for (let i = 0; i < count; i += 1, total += Math.floor((1 + next() * 0.1) * factor * 1e6)) micro[i] = BigInt(total)
  const at = Float64Array.from({ length: count }, (_, i) => from + i * 3_600_000)
  return { at, micro, simulated: false, qualities: new Uint8Array(count) }
}
/** Its first version without the prices of single quarters, which are there for one month only. */
const withoutSpot = ({ versions: [version] }: Tariff): TariffVersion => ({
  ...version!,
  components: version!.components.filter(({ kind }) => kind !== 'spot'),
})

const spot: PriceSeries[] = [
  {
    id: 'spot',
    unit: 'EUR/MWh',
    values: Array.from({ length: (PERIOD.to - PERIOD.from) / QUARTER_MS }, (_, i) => [
      formatInstant(PERIOD.from + i * QUARTER_MS),
      'PT15M' as const,
      (((i * 7919) % 40_000) / 100 - 50).toFixed(2),
    ]),
  },
]
const tariffs: Tariff[] = [
  {
    id: 'el',
    unit: 'kWh',
    versions: [
      {
        from: '2026-01-01',
        to: null,
        vat: { category: 'S', rate: '25.5' },
        components: [
          { id: 'energy', kind: 'energy', price: '0.0745' },
          { id: 'day', kind: 'energy', price: '0.0312', when: { days: [1, 2, 3, 4, 5], from: '07:00', to: '22:00' } },
          { id: 'spot', kind: 'spot', series: 'spot', margin: '0.0035' },
          { id: 'power', kind: 'peak', price: '2.10', minimum: '8' },
          { id: 'base', kind: 'fixed', amount: '25.00' },
        ],
      },
    ],
  },
]

/** Premises with tenants, meters and invoices; every third meter is a main meter with the next two as its sub-meters. */
function makeFacts(id: string, { parties, meters, invoices }: Size): Bundle {
  const organisations = Array.from({ length: parties }, (_, i) => `org-${i}`)
  const ref = (i: number): PointRef => ({ device: `${id}-em-${i}`, point: 'energy' })
  const devices = Array.from({ length: meters }, (_, i): Device => ({
    id: ref(i).device,
    premises: id,
    points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }],
  }))
  const metered = (i: number): SplitMethod => ({
    by: 'metered',
    meters: { 'org-0': [ref(i + 1)], 'org-1': [ref(i + 2)] },
    remainder: { by: 'area' },
  })
  const mains = Array.from({ length: Math.floor(meters / 3) }, (_, k) => k * 3)
  const categories = ['cleaning', 'security', 'waste', 'heat', 'rent']
  return {
    premises: [
      {
        id,
        name: { fi: id },
        timeZone: ZONE,
        landlord: 'org-0',
        spaces: Array.from({ length: 40 }, (_, i) => ({
          id: `s-${i}`,
          use: 'exclusive' as const,
          areaM2: `${20 + i * 3}.5`,
        })),
        tenancies: Array.from({ length: 40 }, (_, i) => ({
          space: `s-${i}`,
          organisation: `org-${i % parties}`,
          from: '2026-01-01',
          to: null,
        })),
        headcounts: organisations.map((organisation, i) => ({
          organisation,
          people: 5 + i,
          from: '2026-01-01',
          to: null,
        })),
      },
    ],
    devices,
    priceSeries: spot,
    tariffs,
    agreements: [
      {
        id: `${id}-a`,
        premises: id,
        parties: organisations,
        versions: [
          {
            version: 1,
            from: '2026-01-01',
            to: null,
            rules: [
              ...mains.map((i) => ({ category: `el-${i}`, method: metered(i) })),
              {
                category: 'rent',
                method: {
                  by: 'mix',
                  parts: [
                    { weight: '70', method: { by: 'area' } },
                    { weight: '30', method: { by: 'headcount' } },
                  ],
                },
              },
              { category: '*', method: { by: 'area' } },
            ],
            approvals: organisations.map((organisation) => ({ organisation })),
          },
        ],
      },
    ],
    meteredCosts: Array.from({ length: meters }, (_, i): MeteredCost => ({
      id: `${id}-el-${i}`,
      premises: id,
      category: i % 3 === 0 && i + 2 < meters ? `el-${i}` : 'electricity',
      meter: ref(i),
      tariff: 'el',
      payer: 'org-0',
      from: '2026-01-01',
      to: null,
    })),
    invoices: Array.from({ length: invoices }, (_, i): Invoice => ({
      id: `${id}-inv-${i}`,
      premises: id,
      category: categories[i % categories.length]!,
      net: `${100 + i}.${String(i % 100).padStart(2, '0')}`,
      vat: { category: 'S', rate: '25.5' },
      payer: `org-${i % parties}`,
      serviceFrom: '2026-03-01',
      serviceTo: i % 4 === 0 ? '2026-05-11' : '2026-04-01',
    })),
  }
}

/** Readings some minutes apart at odd seconds, as devices send them by themselves: every boundary lies between two. */
function oddReadings(of: MeterReadings): MeterReadings {
  return { ...of, at: of.at.map((at, i) => (i === 0 ? at - 7_000 : at + ((i * 7_919) % 600) * 1000)) }
}

/** Main meters show the sum of more than their sub-meters, so that no item is blocked. */
function makeReadings(seed: number, meters: number): ReadingsOf {
  const all = Array.from({ length: meters }, (_, i) => counterReadings(seed * 100_003 + i))
  for (let i = 0; i + 2 < meters; i += 3) {
    const [main, a, b] = [all[i]!, all[i + 1]!, all[i + 2]!]
    for (let k = 0; k < main.micro.length; k += 1) main.micro[k] = main.micro[k]! + a.micro[k]! + b.micro[k]!
  }
  return ({ device }) => all[Number(device.slice(device.lastIndexOf('-') + 1))]!
}

function once(id: string, size: Size, readings: ReadingsOf): { ms: number; text: string; items: number } {
  const facts = makeFacts(id, size)
  const from = performance.now()
  const { settlement } = settle({ facts, premises: id, period: MONTH, readings, earlier: [] })
  const ms = performance.now() - from
  if (settlement.blocked.length > 0) throw new Error(`${settlement.blocked.length} items are blocked`)
  return { ms, text: canonicalJson(settlement), items: settlement.items.length }
}

const rows: { what: string; took: string; limit: string }[] = []
const seconds = (ms: number): string => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`)

const readings = makeReadings(1, ORDINARY.meters)
const first = once('p', ORDINARY, readings)
const warm = Array.from({ length: 5 }, () => once('p', ORDINARY, readings))
if (warm.some(({ text }) => text !== first.text)) throw new Error('two runs gave different bytes')
const middle = warm.map(({ ms }) => ms).sort((a, b) => a - b)[2]!
rows.push({
  what: `premises month: 10 parties, 60 meters, 300 invoices (first run)`,
  took: seconds(first.ms),
  limit: '300 ms',
})
rows.push({ what: 'the same, middle of five later runs, same bytes', took: seconds(middle), limit: '300 ms' })

{
  const { settlement, explanations } = settle({
    facts: makeFacts('p', ORDINARY),
    premises: 'p',
    period: MONTH,
    readings,
    earlier: [],
  })
  const from = performance.now()
  const told = explanations((text) => createHash('sha256').update(text).digest('hex'))
  const ms = performance.now() - from
  rows.push({
    what: `explanations of its ${settlement.items.length} items, readings hashed`,
    took: seconds(ms),
    limit: '',
  })
  if (told.some((explanation) => replayExplanation(explanation).contradictions.length > 0))
    throw new Error('an explanation contradicts itself')
}
{
  const odd: ReadingsOf = (ref) => oddReadings(readings(ref)!)
  rows.push({
    what: 'the same premises, readings at odd seconds',
    took: seconds(once('p', ORDINARY, odd).ms),
    limit: '300 ms',
  })
}

/** Cost against size: milliseconds for each thousand items and 10,000 readings should stay the same. */
const plot: string[] = []
for (const factor of [0.25, 0.5, 1, 2, 4, 8]) {
  const size = { parties: 10, meters: 60 * factor, invoices: 300 * factor }
  const of = makeReadings(1, size.meters)
  const ms = Math.min(once('p', size, of).ms, once('p', size, of).ms)
  const bar = '█'.repeat(Math.max(1, Math.round(ms / 15)))
  plot.push(
    `${String(size.meters).padStart(4)} meters ${String(size.invoices).padStart(5)} invoices ${ms.toFixed(0).padStart(5)} ms ${bar}`,
  )
}

/** A draft after twelve closed months: all of them computed again, and none because neither facts nor readings have changed. */
{
  const months = Array.from({ length: 13 }, (_, i) => (i < 9 ? `2026-0${i + 1}` : i < 12 ? `2026-${i + 1}` : '2027-01'))
  const hourly = Array.from({ length: ORDINARY.meters }, (_, i) => yearReadings(i, i % 3 === 0 ? 3 : 1))
  const ofYear: ReadingsOf = ({ device }) => hourly[Number(device.slice(device.lastIndexOf('-') + 1))]!
  const facts: Bundle = {
    ...makeFacts('p', ORDINARY),
    tariffs: [{ ...tariffs[0]!, versions: [withoutSpot(tariffs[0]!)] }],
  }
  const closed = months.slice(0, -1).map((period): FrozenSettlement => {
    const { settlement } = settle({ facts, premises: 'p', period, readings: ofYear, earlier: [] })
    return { ...settlement, status: 'closed' }
  })
  const input = { facts, premises: 'p', period: months.at(-1)!, readings: ofYear, earlier: closed }
  const timed = (recomputed: ReadonlyMap<string, KeptMonth>): { ms: number; settled: Settled } => {
    const from = performance.now()
    const settled = settle({ ...input, recomputed })
    return { ms: performance.now() - from, settled }
  }
  const all = timed(new Map())
  const none = timed(all.settled.recomputed)
  if (canonicalJson(all.settled.settlement) !== canonicalJson(none.settled.settlement))
    throw new Error('kept months gave another draft')
  rows.push({ what: 'a draft after 12 closed months, all computed again', took: seconds(all.ms), limit: '' })
  rows.push({ what: 'the same, closed months kept (unchanged): same bytes', took: seconds(none.ms), limit: '300 ms' })
}

const premisesCount = full ? 300 : 30
{
  let took = 0
  const heaps: number[] = []
  for (let i = 0; i < premisesCount; i += 1) {
    // Made outside the clock: a store reads them from disk.
    took += once(`p${i}`, ORDINARY, i % 10 === 0 ? makeReadings(i, ORDINARY.meters) : readings).ms
    if (i % 10 === 9) heaps.push(Math.round(process.memoryUsage().heapUsed / 1e6))
  }
  rows.push({
    what: `${premisesCount} such premises`,
    took: seconds(took),
    limit: full ? '60 s' : `${(60 * premisesCount) / 300} s`,
  })
  rows.push({
    what: 'heap after every tenth of them, first to last',
    took: `${heaps[0]}–${heaps.at(-1)} MB`,
    limit: 'flat',
  })
}

const meterCount = full ? 10_000 : 1_000
{
  const batch = 200
  let took = 0
  for (let i = 0; i < meterCount; i += batch) {
    const of = makeReadings(i, batch)
    took += once(`m${i}`, { parties: 10, meters: batch, invoices: 0 }, of).ms
  }
  const values = (meterCount * (PERIOD.to - PERIOD.from)) / QUARTER_MS / 1e6
  rows.push({
    what: `${meterCount} meters × one month of quarters (${values.toFixed(1)} M values)`,
    took: seconds(took),
    limit: full ? '60 s' : `${(60 * meterCount) / 10_000} s`,
  })
}

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`)
console.table(rows)
console.log(plot.join('\n'))
