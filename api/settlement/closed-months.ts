// What closed months come to today, kept as long as neither their facts nor their readings have changed: so a draft costs one month, not all before it.
import type { Bundle, Id } from '#domain/registry/bundle.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { periodOf } from '#domain/quantity/period.ts'
import { factsOfMonth } from '#domain/settlement/facts-of-month.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import type { KeptMonth } from '#domain/settlement/settle.ts'
import type { GatheredReadings } from './settle-job.ts'
import { sha256 } from './sha256.ts'

/** A meter of the month: a reading at an instant up to `until` may change it. `series` is null for one that was never heard. */
type Meter = { device: Id; point: string; series: number | null; until: number }
type Kept = { month: KeptMonth; revision: number; facts: string; mark: number; meters: Meter[] }
/** Counts of changes of facts and of arrivals of readings, taken before either was read. */
export type Counted = { revision: number; mark: number }

export type ClosedMonths = {
  counted(revision: number): Counted
  /** What the months come to, as far as that is kept and nothing they rest on has changed; `facts`, when given, decide where facts have changed. */
  kept(premises: Id, months: readonly string[], counted: Counted, facts: Bundle | null): Map<string, KeptMonth>
  /** Keeps what was computed from these facts and readings. */
  keep(
    premises: Id,
    computed: ReadonlyMap<string, KeptMonth>,
    counted: Counted,
    from: { facts: Bundle; readings: GatheredReadings },
  ): void
}

/** Keeps nothing for a store of readings that can't tell what came in since. */
export function createClosedMonths(telemetry: Telemetry, limit: number): ClosedMonths {
  const all = new Map<string, Kept>()
  const { arrivals } = telemetry
  const isUnchanged = ({ mark, meters }: Kept): boolean =>
    arrivals !== undefined &&
    meters.every(({ device, point, series, until }) =>
      series === null ? telemetry.findSeries(device, point) === null : arrivals.earliestSince(series, mark) > until,
    )
  return {
    counted: (revision) => ({ revision, mark: arrivals?.mark() ?? 0 }),
    kept(premises, months, counted, facts) {
      const found = new Map<string, KeptMonth>()
      for (const month of months) {
        const kept = all.get(`${premises} ${month}`)
        if (kept === undefined || !isUnchanged(kept)) continue
        if (kept.revision !== counted.revision) {
          if (facts === null || fingerprintOf(facts, premises, month) !== kept.facts) continue
          kept.revision = counted.revision
        }
        found.set(month, kept.month)
      }
      return found
    },
    keep(premises, computed, { revision, mark }, { facts, readings }) {
      if (arrivals === undefined) return
      const timeZone = facts.premises?.find(({ id }) => id === premises)?.timeZone ?? 'UTC'
      const found = new Map(readings.map((one) => [`${one.device} ${one.point}`, one.readings]))
      for (const [month, outcome] of computed) {
        const { to } = periodOf(month, timeZone)
        const meters = requiredReadings(facts, premises, [month]).map(({ device, point }): Meter => {
          const until = found.get(`${device} ${point}`)?.at.find((at) => at >= to) ?? Infinity
          return { device, point, series: telemetry.findSeries(device, point), until }
        })
        const key = `${premises} ${month}`
        all.delete(key)
        if (all.size >= limit) all.delete(all.keys().next().value ?? '')
        all.set(key, { month: outcome, revision, facts: fingerprintOf(facts, premises, month), mark, meters })
      }
    },
  }
}

const fingerprintOf = (facts: Bundle, premises: Id, month: string): string =>
  sha256(JSON.stringify(factsOfMonth(facts, premises, month)))
