// Gathers what a settlement rests on: facts, frozen settlements, readings; as of now, or as the platform knew them at an instant.
import { Failure } from '#domain/failure.ts'
import { microFrom } from '#domain/quantity/micro.ts'
import { periodOf } from '#domain/quantity/period.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import type { Bundle, Id } from '#domain/registry/bundle.ts'
import type { LedgerEntry, Records } from '#domain/ports/records.ts'
import type { ReadingsRequest } from '#domain/ports/meter-readings.ts'
import type { MeterReadings, Reading, Telemetry } from '#domain/ports/telemetry.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import type { FrozenSettlement } from '#domain/settlement/settlement.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import type { GatheredReadings, SettleJob } from './settle-job.ts'

const DAY_MS = 86_400_000
/** What a mean rate may rest on before the last reading (docs/MONEY.md "Consumption"). */
const RATE_MS = 28 * DAY_MS
const PAGE = 50_000
/** Readings looked through at a time for the first one after a window. */
const BEYOND = 200
/** Values that were replaced since, of one meter; more than that is no correction but a fault. */
const MAX_REPLACED = 100_000

/** The newest frozen settlement of each month, in the order of the ledger. */
export function frozenOf(ledger: readonly LedgerEntry[]): FrozenSettlement[] {
  const newest = new Map<string, FrozenSettlement>()
  for (const entry of ledger) newest.set(entry.period, JSON.parse(entry.body) as FrozenSettlement)
  return [...newest.values()]
}

type Stores = { records: Records; telemetry: Telemetry }

/** The closed months before a period, which a draft of it computes again for adjustments. */
export const closedBefore = (earlier: readonly FrozenSettlement[], period: string): string[] =>
  earlier.filter((one) => one.status === 'closed' && one.period < period).map((one) => one.period)

/**
 * Everything for a settlement of the period and for adjustments of the closed months before it.
 * @param knownAt null: as of now; else facts and readings as they were known then (the ledger given must be that of then).
 * @throws Failure 'not-found' when there was no such premises.
 */
export async function gather(
  stores: Stores,
  premises: Id,
  period: string,
  ledger: readonly LedgerEntry[],
  knownAt: number | null,
): Promise<Omit<SettleJob, 'explain'>> {
  const earlier = frozenOf(ledger)
  const months = [...closedBefore(earlier, period), period]
  const facts = await gatherFacts(stores, premises, months, knownAt)
  const readings = await gatherReadings(stores, facts, premises, months, knownAt)
  return { facts, premises, period, earlier, readings, recomputed: new Map() }
}

/** The facts of a premises with prices and usage of these months. @throws Failure 'not-found' when there was no such premises. */
export async function gatherFacts(
  { records }: Pick<Stores, 'records'>,
  premises: Id,
  months: readonly string[],
  knownAt: number | null,
): Promise<Bundle> {
  const timeZone = (await records.getObject({ organisation: null }, 'premises', premises, knownAt ?? undefined))?.value
    .timeZone
  if (timeZone === undefined) throw new Failure('not-found', NOTHING_HERE)
  const periods = months.map((month) => periodOf(month, timeZone))
  const range = { from: Math.min(...periods.map(({ from }) => from)), to: Math.max(...periods.map(({ to }) => to)) }
  const facts = await factsOfPremises(records, premises, { range, ...(knownAt === null ? {} : { knownAt }) })
  if (facts === null) throw new Failure('not-found', NOTHING_HERE)
  return facts
}

/** The readings that these months rest on by the facts. */
export async function gatherReadings(
  { telemetry }: Pick<Stores, 'telemetry'>,
  facts: Bundle,
  premises: Id,
  months: readonly string[],
  knownAt: number | null,
): Promise<GatheredReadings> {
  return readingsFor({ telemetry }, requiredReadings(facts, premises, months), knownAt)
}

/** The readings of these windows, as of now or as they were known then. */
export async function readingsFor(
  { telemetry }: Pick<Stores, 'telemetry'>,
  requests: readonly ReadingsRequest[],
  knownAt: number | null,
): Promise<GatheredReadings> {
  return Promise.all(
    requests.map(async ({ device, point, from, to }) => {
      const series = telemetry.findSeries(device, point)
      const known =
        series === null
          ? null
          : knownAt === null
            ? await telemetry.meterReadings(series, from, to)
            : await meterReadingsKnownAt(telemetry, series, from, to, knownAt)
      return { device, point, readings: known === null || known.at.length === 0 ? null : known }
    }),
  )
}

/** The window of a meter as `meterReadings` gives it, without what came in after `knownAt` and with what that replaced. */
export async function meterReadingsKnownAt(
  telemetry: Telemetry,
  series: number,
  from: number,
  to: number,
  knownAt: number,
): Promise<MeterReadings> {
  const rows = await readingsKnownAt(telemetry, series, from, to, knownAt)
  const first = Math.max(
    0,
    rows.findLastIndex(({ at }) => at <= from),
  )
  const end = rows.findIndex(({ at }) => at >= to)
  const last = rows.at(-1)
  const start =
    end >= 0 || last === undefined
      ? first
      : Math.max(
          0,
          Math.min(
            first,
            rows.length - 2,
            rows.findIndex(({ at }) => at >= last.at - RATE_MS),
          ),
        )
  const kept = rows.slice(start, end < 0 ? rows.length : end + 1)
  return {
    at: Float64Array.from(kept, ({ at }) => at),
    micro: BigInt64Array.from(kept, ({ micro }) => micro),
    simulated: kept.some(({ simulated }) => simulated),
    qualities: new Uint8Array(kept.length),
  }
}

type MeterRow = { at: number; micro: bigint; simulated: boolean }

/** From the last row at or before `from` on, or a little more; beyond `to` no further than the first row there. */
async function readingsKnownAt(
  telemetry: Telemetry,
  series: number,
  from: number,
  to: number,
  knownAt: number,
): Promise<MeterRow[]> {
  // Most meters have a row within the days before; where there is none, all of the past is looked through.
  for (const start of [Math.max(0, from - RATE_MS), 0]) {
    const rows = await rowsKnownAt(telemetry, series, start, to, knownAt)
    const reaches = rows.some(({ at }) => at >= to)
    if (start === 0 || (reaches && (rows[0]?.at ?? to) <= from)) return rows
  }
  return []
}

async function rowsKnownAt(
  telemetry: Telemetry,
  series: number,
  from: number,
  to: number,
  knownAt: number,
): Promise<MeterRow[]> {
  const byInstant = new Map<number, Reading>()
  let end = LAST
  // Within the window by full pages; beyond it the first one that was known then is enough, and it is mostly the first of all.
  for (let start = from; ;) {
    const limit = start < to ? PAGE : BEYOND
    const page = await telemetry.readings(series, start, start < to ? to : LAST, limit)
    for (const reading of page) {
      if (reading.receivedAt > knownAt) continue
      byInstant.set(reading.at, reading)
      if (reading.at >= to) {
        end = reading.at
        break
      }
    }
    if (end < LAST) break
    const last = page.at(-1)
    if (page.length === limit && last !== undefined) start = last.at + 1
    else if (start < to) start = to
    else break
  }
  // Newest first: of several values replaced since, the oldest replacement shows what stood then, and is set last.
  for (const old of await telemetry.superseded(series, from, end, MAX_REPLACED))
    if (old.receivedAt <= knownAt && old.supersededAt > knownAt) byInstant.set(old.at, old)
  return [...byInstant.values()]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, value, simulated }) => {
      if (typeof value === 'boolean' || typeof value === 'string') return []
      const micro = microFrom(typeof value === 'number' ? value : value.decimal)
      return typeof micro === 'bigint' ? [{ at, micro, simulated }] : []
    })
}
const LAST = Date.UTC(2200, 0, 1)
