// The telemetry store in memory: plain sorted lists, for tests and small tools. It ends with the process; `backup` writes it out.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '#domain/failure.ts'
import { MAX_PAGE_READINGS } from '#domain/ports/telemetry.ts'
import type { CommitResult, Reading, SeriesInfo, Superseded, Telemetry, Value } from '#domain/ports/telemetry.ts'
import { watchArrivals } from '#domain/metering/arrivals.ts'
import { bucketsOf, quarterOf, quartersOf } from '#domain/metering/bucket-figures.ts'
import type { Quarter } from '#domain/metering/bucket-figures.ts'
import { checkEdges, checkReading } from '#domain/metering/check-reading.ts'
import { meterReadingsOf } from '#domain/metering/choose-meter-readings.ts'

/** What is kept of a series: readings by instant, roll-ups of dropped ones, replaced values in order of replacement. */
type Series = SeriesInfo & {
  readings: Reading[]
  quarters: Quarter[]
  superseded: Superseded[]
  latest: Reading | null
  durable: boolean
}

const FILE = 'telemetry.json'

/** Opens an empty store, or a copy of what `backup(from)` wrote. */
export function openMemoryTelemetry(from?: string): Telemetry {
  const all: Series[] = from === undefined ? [] : (JSON.parse(readFileSync(join(from, FILE), 'utf8')) as Series[])
  const numbers = new Map<string, number>(all.map((one) => [keyOf(one.device, one.point), one.series]))
  let open: { series: number; reading: Reading }[] = []
  let closed = false

  const seriesAt = (number: number): Series => {
    const found = all[number - 1]
    if (found === undefined) throw new Failure('bad-request', `There is no series ${number}.`)
    return found
  }
  const use = (): void => {
    if (closed) throw new Failure('store-unavailable', 'The telemetry store is closed.')
  }

  return watchArrivals({
    seriesOf(device, point) {
      const known = numbers.get(keyOf(device, point))
      if (known !== undefined) return known
      const series = all.length + 1
      all.push({ series, device, point, readings: [], quarters: [], superseded: [], latest: null, durable: false })
      numbers.set(keyOf(device, point), series)
      return series
    },
    findSeries(device, point) {
      const series = numbers.get(keyOf(device, point))
      return series !== undefined && seriesAt(series).durable ? series : null
    },
    seriesOfDevice: (device) =>
      all.filter((one) => one.device === device && one.durable).map(({ series, point }) => ({ series, device, point })),
    add(series, at, value, quality, receivedAt, simulated) {
      use()
      seriesAt(series)
      checkReading(at, value, receivedAt)
      const plain = typeof value === 'number' ? value + 0 : value
      open.push({ series, reading: { at, value: plain, quality, receivedAt, simulated } })
    },
    async commit() {
      use()
      const result: CommitResult = { stored: 0, duplicate: 0, superseded: 0 }
      for (const { series, reading } of open) result[keep(seriesAt(series), reading)] += 1
      open = []
      return result
    },
    async latest(series) {
      use()
      return series.map((number) => seriesAt(number).latest)
    },
    async buckets(series, edges) {
      use()
      checkEdges(edges)
      return series.map((number) => bucketsOf(seriesAt(number).readings, seriesAt(number).quarters, edges))
    },
    async readings(series, from, to, limit) {
      use()
      const { readings } = seriesAt(series)
      const start = place(readings, from)
      const end = Math.min(place(readings, to), start + Math.min(limit, MAX_PAGE_READINGS))
      return readings.slice(start, end)
    },
    async meterReadings(series, from, to) {
      use()
      return meterReadingsOf(seriesAt(series).readings, from, to)
    },
    async superseded(series, from, to, limit) {
      use()
      const found = seriesAt(series).superseded.filter((one) => one.at >= from && one.at < to)
      return found.toReversed().slice(0, limit)
    },
    async dropBefore(before, keepFrom) {
      use()
      let dropped = 0
      for (const one of all) {
        const cut = quarterOf(Math.min(before, keepFrom.get(one.series) ?? before))
        const old = one.readings.splice(0, place(one.readings, cut))
        one.quarters = quartersOf(one.quarters, old)
        one.superseded = one.superseded.filter(({ at }) => at >= cut)
        dropped += old.length
      }
      return { dropped }
    },
    state() {
      const readings = all.reduce((sum, one) => sum + one.readings.length, 0)
      return { state: 'ready', reason: null, readings, bytes: 0, queued: open.length }
    },
    async backup(folder) {
      use()
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, FILE), JSON.stringify(all), { mode: 0o600 })
    },
    async close() {
      closed = true
    },
  })
}

const keyOf = (device: string, point: string): string => JSON.stringify([device, point])

/** Index of the first reading at or after `at`. */
function place(readings: readonly Reading[], at: number): number {
  let low = 0
  let high = readings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((readings[middle] as Reading).at < at) low = middle + 1
    else high = middle
  }
  return low
}

function keep(series: Series, reading: Reading): keyof CommitResult {
  series.durable = true
  const index = place(series.readings, reading.at)
  const former = series.readings[index]
  if (former?.at === reading.at) {
    if (sameValue(former.value, reading.value)) return 'duplicate'
    series.superseded.push({ ...former, supersededAt: reading.receivedAt })
    series.readings[index] = reading
  } else {
    series.readings.splice(index, 0, reading)
  }
  if (series.latest === null || reading.at >= series.latest.at) series.latest = reading
  return former?.at === reading.at ? 'superseded' : 'stored'
}

function sameValue(a: Value, b: Value): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.decimal === b.decimal : a === b
}
