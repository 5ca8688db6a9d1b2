// After a start: what came into the store since the last sign of life is seen by the rules as if it came now.
import type { Effect } from '#domain/alarms/machine.ts'
import { takeReading } from '#domain/alarms/watch.ts'
import type { PastReading } from '#domain/alarms/replay.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { valueShown } from '#api/routes/answers.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { DeviceEntry, Place, Watch } from './watches.ts'

/** Series asked for at once, and readings of one series that are gone through. */
const SERIES_AT_ONCE = 500
const MAX_READINGS = 100_000
/** Readings have their own clocks: so much before the last sign of life is looked at as well. */
const SLACK_MS = 15 * 60_000

export async function catchUp({
  telemetry,
  places,
  checkpoint,
  now,
  lateMs,
  isFor = () => true,
  take,
}: {
  telemetry: Pick<Telemetry, 'seriesOfDevice' | 'latest' | 'readings'>
  places: ReadonlyMap<string, Place>
  checkpoint: Checkpoint | null
  now: number
  /** Readings that are older raise nothing. */
  lateMs: number
  isFor?: (watch: Watch) => boolean
  take: (watch: Watch, effect: Effect | null) => void
}): Promise<void> {
  // The time in which the platform itself was away is nobody's silence.
  const awayMs = checkpoint === null ? 0 : Math.max(0, now - checkpoint.at)
  for (const place of places.values()) {
    for (const way of place.ways.values()) {
      const machine = checkpoint?.ways[way.key]
      if (machine !== undefined) way.machine = machine
    }
    const entries = [...place.devices.values()]
    const newest = await newestOf(telemetry, entries)
    for (const entry of entries) {
      const known = newest.get(entry) ?? []
      for (const { receivedAt } of known) {
        const heardAt = receivedAt + (checkpoint !== null && receivedAt <= checkpoint.at ? awayMs : 0)
        entry.heardAt = Math.max(entry.heardAt, Math.min(heardAt, now))
      }
      for (const watch of new Set([...entry.byPoint.values()].flat())) {
        if (!isFor(watch)) continue
        const missed: (PastReading & { receivedAt: number })[] = []
        for (const { number, point, at: latestAt } of known) {
          if (watch.watcher.probe.points?.includes(point) !== true) continue
          const from = Math.max(startOf(watch, latestAt, checkpoint, now), now - lateMs)
          const readings = from > latestAt ? [] : await telemetry.readings(number, from, now + 1, MAX_READINGS)
          for (const { at, value, receivedAt } of readings)
            missed.push({ point, value: valueShown(value), at, receivedAt })
        }
        for (const { receivedAt, ...reading } of missed.toSorted((a, b) => a.at - b.at))
          take(watch, takeReading(watch.watcher, watch.state, reading, Math.max(reading.at, receivedAt)))
      }
    }
    for (const entry of entries)
      for (const watch of entry.any) {
        if (!isFor(watch)) continue
        const { machine } = watch.state
        if (machine.phase === 'pending' || machine.phase === 'normal') {
          machine.phase = 'pending'
          machine.since = Math.max(entry.heardAt, entry.heardAt === 0 ? machine.since : 0)
        } else if (machine.phase === 'raised' && entry.heardAt > machine.since + awayMs)
          take(
            watch,
            takeReading(watch.watcher, watch.state, { point: '', value: 0, at: entry.heardAt }, entry.heardAt),
          )
      }
  }
}

type Newest = { number: number; point: string; at: number; receivedAt: number }

async function newestOf(
  telemetry: Pick<Telemetry, 'seriesOfDevice' | 'latest'>,
  entries: readonly DeviceEntry[],
): Promise<Map<DeviceEntry, Newest[]>> {
  const found = new Map<DeviceEntry, Newest[]>()
  const series = entries.flatMap((entry) =>
    telemetry.seriesOfDevice(entry.id).map(({ series: number, point }) => ({ entry, number, point })),
  )
  for (let i = 0; i < series.length; i += SERIES_AT_ONCE) {
    const page = series.slice(i, i + SERIES_AT_ONCE)
    const latest = await telemetry.latest(page.map(({ number }) => number))
    for (const [index, { entry, number, point }] of page.entries()) {
      const reading = latest[index] ?? null
      if (reading === null) continue
      const known = found.get(entry) ?? []
      known.push({ number, point, at: reading.at, receivedAt: reading.receivedAt })
      found.set(entry, known)
    }
  }
  return found
}

/** From where on the readings of a watch are gone through: what it has not seen, its window, or at least its newest reading. */
function startOf(
  { state, rule, watcher }: Watch,
  latestAt: number,
  checkpoint: Checkpoint | null,
  now: number,
): number {
  const several = (watcher.probe.points?.length ?? 0) > 1
  if (state.at !== 0 && !several) return state.at + 1
  if (state.at !== 0) return Math.min(latestAt, state.at)
  if (checkpoint !== null) return Math.min(latestAt, checkpoint.at - SLACK_MS)
  return rule.body.condition.kind === 'rate' ? Math.max(0, now - SLACK_MS) : latestAt
}
