// What questions cost as the embedded store grows: 1, 3, 10 million readings, with `--full` on to 100 million; a plot of it in store-size.svg.
// `npm run bench -- store-size [--full] [--append]`
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { percentileOf, report } from './whole-server.ts'

const MILLION = 1_000_000
const SIZES = process.argv.includes('--small')
  ? [0.1, 0.3]
  : process.argv.includes('--full')
    ? [1, 3, 10, 30, 100]
    : [1, 3, 10]
const POINTS = 1_000
const COUNTERS = 100
const YEAR_MS = 365 * 86_400_000
const MONTH_MS = 30 * 86_400_000
const END = Date.UTC(2026, 0, 1)
/** Readings of one call of commit. */
const COMMIT_READINGS = 5_000
const REPEATS = 15

type Figures = {
  million: number
  latest: number
  year: number
  month: number
  bytes: number
  perSecond: number
  rss: number
}

const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-'))
const figures: Figures[] = []
try {
  for (const million of SIZES) figures.push(await measure(million))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report('The embedded store as it grows (`npm run bench -- store-size`)', [
  ...figures.map(({ million, latest, year, month, bytes, perSecond, rss }) => ({
    'million readings': million,
    'latest of 1,000 points, ms': latest,
    'a year of one point in 400 buckets, ms': year,
    'a month of 100 counters by hour, ms': month,
    'bytes a reading': bytes,
    'written and durable, readings/s': Math.round(perSecond),
    'memory, MiB': Math.round(rss),
  })),
  {
    'million readings': 'goal at 100',
    'latest of 1,000 points, ms': '≤ 10',
    'a year of one point in 400 buckets, ms': '≤ 20',
    'a month of 100 counters by hour, ms': '≤ 150',
    'bytes a reading': '≤ 4',
  },
])
if (!process.argv.includes('--small')) writeFileSync(join(import.meta.dirname, 'store-size.svg'), plot(figures))

/** A store of its own for each size: a year of 1,000 points, denser the larger it is. */
async function measure(million: number): Promise<Figures> {
  const own = mkdtempSync(join(folder, 'store-'))
  const store = await openEmbeddedTelemetry({ folder: own })
  const series = Array.from({ length: POINTS }, (_, point) => store.seriesOf(`device-${point >> 2}`, `p-${point & 3}`))
  const steps = Math.round((million * MILLION) / POINTS)
  const counts = new Float64Array(POINTS)
  const from = performance.now()
  let flying: Promise<unknown> = Promise.resolve()
  let gathered = 0
  for (let step = 0; step < steps; step++) {
    const at = END - YEAR_MS + Math.floor((YEAR_MS * step) / steps)
    for (let point = 0; point < POINTS; point++) {
      const chance = Math.random()
      counts[point]! += Math.floor(chance * 40)
      const value =
        point < COUNTERS
          ? (counts[point] as number) / 100
          : Math.round(210 + 10 * Math.sin(step / 50) + chance * 4) / 10
      // Clocks and networks are not even: up to a second late, and received up to half a second after that.
      const measured = at + Math.floor(Math.random() * 1_000)
      store.add(series[point] as number, measured, value, 'measured', measured + 20 + Math.floor(chance * 500), false)
    }
    gathered += POINTS
    if (gathered < COMMIT_READINGS) continue
    gathered = 0
    await flying
    flying = store.commit()
  }
  await store.commit()
  const perSecond = (steps * POINTS * 1_000) / (performance.now() - from)
  await store.settle()
  const edges = (start: number, span: number, count: number): number[] =>
    Array.from({ length: count + 1 }, (_, edge) => Math.round(start + (span * edge) / count))
  const middle = async (ask: (turn: number) => Promise<unknown>): Promise<number> => {
    const times: number[] = []
    for (let turn = 0; turn < REPEATS; turn++) {
      const asked = performance.now()
      await ask(turn)
      times.push(performance.now() - asked)
    }
    return percentileOf(times, 50)
  }
  const year = edges(END - YEAR_MS, YEAR_MS, 400)
  const month = edges(END - 2 * MONTH_MS, MONTH_MS, 720)
  const answers = {
    million,
    latest: await middle(() => store.latest(series)),
    // Another point each time, so that not only the memory of decoded chunks is measured.
    year: await middle((turn) => store.buckets([series[100 + turn * 7] as number], year)),
    month: await middle(() => store.buckets(series.slice(0, COUNTERS), month)),
    perSecond,
    rss: process.memoryUsage().rss / 2 ** 20,
  }
  await store.close()
  const bytes = statSync(join(own, 'telemetry.sqlite')).size / (steps * POINTS)
  rmSync(own, { recursive: true, force: true })
  return { ...answers, bytes }
}

/** Cost by size on two logarithmic axes, as one picture without outside parts. */
function plot(all: readonly Figures[]): string {
  const [width, height, left, top] = [720, 420, 70, 40]
  const most = Math.max(...all.map(({ million }) => million), 10)
  const x = (million: number): number => left + (Math.log10(million) / Math.log10(most)) * (width - left - 180)
  const y = (ms: number): number => top + (1 - (Math.log10(Math.max(ms, 0.1)) + 1) / 4) * (height - top - 50)
  const lines: [name: string, colour: string, of: (one: Figures) => number][] = [
    ['month of 100 counters by hour', '#a3330b', ({ month }) => month],
    ['year of one point, 400 buckets', '#1f5fa8', ({ year }) => year],
    ['latest of 1,000 points', '#2f6b2f', ({ latest }) => latest],
  ]
  const grid = [0.1, 1, 10, 100, 1_000].map(
    (ms) =>
      `<path d="M${left} ${y(ms)}H${width - 180}" stroke="#ccc"/><text x="${left - 8}" y="${y(ms) + 4}" text-anchor="end">${ms}</text>`,
  )
  const marks = all.map(
    ({ million }) => `<text x="${x(million)}" y="${height - 28}" text-anchor="middle">${million}</text>`,
  )
  const curves = lines.map(([name, colour, of]) => {
    const places = all.map((one) => `${x(one.million).toFixed(1)} ${y(of(one)).toFixed(1)}`)
    const last = all.at(-1) as Figures
    return (
      `<path d="M${places.join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      places
        .map((place) => `<circle cx="${place.split(' ')[0]}" cy="${place.split(' ')[1]}" r="3" fill="${colour}"/>`)
        .join('') +
      `<text x="${x(last.million) + 8}" y="${y(of(last)) + 4}" fill="${colour}">${name}</text>`
    )
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/><text x="${left}" y="20" font-size="14">Milliseconds for a question, by million readings in the store</text>
${grid.join('')}${marks.join('')}${curves.join('')}</svg>
`
}
