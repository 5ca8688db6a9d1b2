// Measures the embedded telemetry store alone: `node bench/store.ts` on 10 million readings, `--small` on 300,000.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { benchPlainTable } from './store-plain-table.ts'
import { T0, POINTS, SPAN_MS, readingAt } from './store-readings.ts'
import { cpuMs, median, percentile, printTable, timed } from './store-measure.ts'

const small = process.argv.includes('--small')
const STEPS = small ? 300 : 10_000
const PLAIN_STEPS = small ? 100 : 1_000
/** Readings of one call of commit, as a busy broker gathers them, and how many calls may be under way. */
const COMMIT_READINGS = 1_000
const WINDOW = 32
const REPEATS = 15
/** A steady load as the broker is asked to carry it: readings per second, in commits of so many, for so long. */
const PACED = { perSecond: 250_000, commitReadings: 500, seconds: small ? 1 : 5 }

const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-'))
try {
  await bench()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  const store = await openEmbeddedTelemetry({ folder })
  const series = Array.from({ length: POINTS }, (_, point) =>
    store.seriesOf(`device-${point >> 2}`, `point-${point & 3}`),
  )
  const written = await write(store, series)
  const readings = STEPS * POINTS
  const growing = sizeOf(folder)
  await store.settle()
  const day = await queries(store, series)
  await store.close()
  const bytes = sizeOf(folder)
  const [reopened, openMs] = await timed(() => openEmbeddedTelemetry({ folder }))
  const cold = await queries(reopened, series, 1)
  const paced = await pace(reopened, series)
  await reopened.close()
  const plain = benchPlainTable(join(folder, 'plain'), PLAIN_STEPS)

  console.log(`${readings} readings of ${POINTS} series over 30 days; plain table: ${PLAIN_STEPS * POINTS} readings`)
  printTable([
    ['', 'log + chunks', 'plain SQLite table'],
    [
      'written and durable, readings/s',
      Math.round(readings / (written.ms / 1000)),
      Math.round(plain.readingsPerSecond),
    ],
    ['CPU per reading, µs', (written.cpuMs * 1000) / readings, plain.cpuUs],
    ['commit p50 / p99 / max, ms', written.commits, plain.commits],
    ['bytes per reading, log still in', growing / readings, ''],
    ['bytes per reading, settled', bytes / readings, plain.bytesPerReading],
    ['latest of 1,000 series, ms', day.latest, plain.latest],
    ['30 days of one point in 200 buckets, ms', day.month, plain.month],
    ['hourly buckets of 100 counters over 30 days, ms', day.hourly, plain.hourly],
    ['the three queries, first time after opening, ms', `${cold.latest} / ${cold.month} / ${cold.hourly}`, ''],
    ['opening, ms', openMs, ''],
    [`commit p50 / p99 / max at ${PACED.perSecond.toLocaleString('en')} readings/s, ms`, paced, ''],
  ])
}

async function write(
  store: EmbeddedTelemetry,
  series: readonly number[],
): Promise<{ ms: number; cpuMs: number; commits: string }> {
  const waits: number[] = []
  const flying: Promise<void>[] = []
  const cpu = cpuMs()
  const [, ms] = await timed(async () => {
    for (let step = 0; step < STEPS; step++) {
      for (let start = 0; start < POINTS; start += COMMIT_READINGS) {
        for (let point = start; point < Math.min(start + COMMIT_READINGS, POINTS); point++) {
          const { at, value, receivedAt } = readingAt(point, step, STEPS)
          store.add(series[point] as number, at, value, 'measured', receivedAt, false)
        }
        flying.push(committed(store, waits))
        if (flying.length >= WINDOW) await flying.shift()
      }
    }
    await Promise.all(flying)
  })
  return {
    ms,
    cpuMs: cpuMs() - cpu,
    commits: spread(waits),
  }
}

/** Commits at a steady rate, whether the store keeps up or not. */
async function pace(store: EmbeddedTelemetry, series: readonly number[]): Promise<string> {
  const waits: number[] = []
  const flying: Promise<void>[] = []
  const start = performance.now()
  const commits = (PACED.perSecond * PACED.seconds) / PACED.commitReadings
  for (let commit = 0; commit < commits; commit++) {
    const due = start + (commit * 1000 * PACED.commitReadings) / PACED.perSecond
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1))
    for (let row = 0; row < PACED.commitReadings; row++) {
      const reading = commit * PACED.commitReadings + row
      const { at, value, receivedAt } = readingAt(reading % POINTS, STEPS + Math.floor(reading / POINTS), STEPS)
      store.add(series[reading % POINTS] as number, at, value, 'measured', receivedAt, false)
    }
    flying.push(committed(store, waits))
  }
  await Promise.all(flying)
  return spread(waits)
}

function spread(waits: readonly number[]): string {
  return [50, 99, 100].map((part) => percentile(waits, part).toFixed(1)).join(' / ')
}

/** One commit; how long it took is kept. */
async function committed(store: EmbeddedTelemetry, waits: number[]): Promise<void> {
  const asked = performance.now()
  await store.commit()
  waits.push(performance.now() - asked)
}

async function queries(
  store: EmbeddedTelemetry,
  series: readonly number[],
  repeats = REPEATS,
): Promise<Record<'latest' | 'month' | 'hourly', string>> {
  const edges = (count: number): number[] =>
    Array.from({ length: count + 1 }, (_, edge) => T0 + (SPAN_MS * edge) / count)
  const measure = async (query: () => Promise<unknown>): Promise<string> => {
    const times: number[] = []
    for (let turn = 0; turn < repeats; turn++) times.push((await timed(query))[1])
    return median(times).toFixed(1)
  }
  let turn = 0
  return {
    latest: await measure(() => store.latest(series)),
    // Another point every time, so that not only the cache of decoded chunks is measured.
    month: await measure(() => store.buckets([series[++turn * 7] as number], edges(200))),
    hourly: await measure(() => store.buckets(series.slice(0, 100), edges(720))),
  }
}

function sizeOf(folder: string): number {
  return statSync(join(folder, 'telemetry.sqlite')).size
}
