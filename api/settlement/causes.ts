// Why adjustments are: for each adjusted month the knowledge of when it was last settled against that of now, or of when the adjusting month was frozen.
import type { Id, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { LedgerEntry, Records, Stored } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { formatInstant, parseInstant } from '#domain/quantity/instant.ts'
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import {
  CAUSE_KINDS,
  changesBehind,
  type Cause,
  type Causes,
  type Change,
  type Known,
} from '#domain/settlement/causes.ts'
import { gather } from './gather.ts'
import { before, frozenFiguresOf } from './ledger-rows.ts'

/** Causes shown of one item: so many of one object, so many in all; the rest is counted. */
const SHOWN_OF_OBJECT = 10
const SHOWN = 50
/** Adjusted months that are compared for one answer. */
export const MONTHS_COMPARED = 24

type Stores = { records: Records; telemetry: Telemetry; now: () => number }
const ALL = { organisation: null }

/** The month and the item that an adjustment item is about, or null for any other item. */
export function adjustedBy(item: string): { month: string; of: string } | null {
  const match = /^adjustment:(\d{4}-\d{2}):(.+)$/.exec(item)
  return match === null ? null : { month: match[1] ?? '', of: match[2] ?? '' }
}

/**
 * The causes of adjustment items of the settlement of `period`, by item id. Items of more than 24 months are left out.
 * @param ledger as it was before the settlement was frozen, or as it is for a draft
 * @param until when the settlement was frozen; null for a draft
 */
export async function causesOfAdjustments(
  stores: Stores,
  premises: Id,
  period: string,
  items: readonly string[],
  ledger: readonly LedgerEntry[],
  until: number | null,
): Promise<Map<string, Causes>> {
  const months = Map.groupBy(items, (item) => adjustedBy(item)?.month ?? '')
  months.delete('')
  const found = new Map<string, Causes>()
  for (const [month, adjustments] of [...months].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, MONTHS_COMPARED)) {
    const since = settledAt(ledger, month, period)
    if (since === null) continue
    const then = await known(stores, premises, month, since)
    const now = await known(stores, premises, month, until)
    for (const item of adjustments) {
      const changes = changesBehind(premises, adjustedBy(item)?.of ?? '', month, then, now)
      found.set(item, {
        since: formatInstant(since),
        until: until === null ? null : formatInstant(until),
        counts: countsOf(changes),
        items: await Promise.all(firstOf(changes).map((change) => recordedWhen(stores, change, since, until))),
      })
    }
  }
  return found
}

/** When the figures of a closed month were computed last: at its freezing, or in a later settlement that adjusted it. */
function settledAt(ledger: readonly LedgerEntry[], month: string, period: string): number | null {
  const closed = ledger.findIndex((entry) => entry.period === month && entry.status === 'closed')
  const figures = frozenFiguresOf(ledger, month)
  if (closed < 0 || figures === null) return null
  const later = ledger.slice(closed + 1).filter((entry) => entry.period > month && entry.period !== period)
  const adjusting = new Set(later.map((entry) => entry.period))
  const computed = [...adjusting].map((one) => frozenFiguresOf(ledger, one)).filter((entry) => entry !== null)
  return Math.max(figures.at, ...computed.filter((entry) => ledger.indexOf(entry) > closed).map(({ at }) => at))
}

const known = async (stores: Stores, premises: Id, month: string, knownAt: number | null): Promise<Known> =>
  gather(stores, premises, month, [], knownAt)

function countsOf(changes: readonly Change[]): Causes['counts'] {
  const counts = { fact: 0, price: 0, usage: 0, reading: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return counts
}

function firstOf(changes: readonly Change[]): Change[] {
  const byObject = Map.groupBy(changes, ({ object }) => `${object.kind} ${object.id}`)
  const few = [...byObject.values()].flatMap((ofOne) => ofOne.slice(0, SHOWN_OF_OBJECT))
  return few.sort((a, b) => CAUSE_KINDS.indexOf(a.kind) - CAUSE_KINDS.indexOf(b.kind)).slice(0, SHOWN)
}

async function recordedWhen(
  { records, telemetry, now }: Stores,
  change: Change,
  since: number,
  until: number | null,
): Promise<Cause> {
  const told = (at: number | null, by: string | null): Cause => ({
    ...change,
    recordedAt: at === null ? null : formatInstant(at),
    recordedBy: by,
  })
  const { kind, id } = change.object
  if (kind === 'readings') {
    const [device, point] = [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)]
    const series = telemetry.findSeries(device, point)
    const at = parseInstant(change.pointer.slice(1)) ?? 0
    const [reading] = series === null ? [] : await telemetry.readings(series, at, at + 1, 1)
    return told(reading?.receivedAt ?? null, null)
  }
  if (kind === 'usage' || change.kind === 'price') {
    return told(await firstInstant(since, until ?? now(), (at) => isRowKnown(records, change, at)), null)
  }
  const version = versionOf(await records.objectHistory(ALL, kind, id), change, until)
  return version === null ? told(null, null) : told(version.recordedAt, version.recordedBy)
}

/** Whether a price or usage record stood so at an instant: rows have no versions of their own, but can be read as of then. */
async function isRowKnown(records: Records, { object, pointer, after }: Change, knownAt: number): Promise<boolean> {
  if (object.kind === 'usage') {
    const record = after as { organisation: Id; from: string; to: string }
    const from = parseInstant(record.from) ?? 0
    const rows = await records.usage([object.id], from, from + 1, knownAt)
    return rows.some(
      (row) => row.organisation === record.organisation && parseInstant(row.to) === parseInstant(record.to),
    )
  }
  const [, , instant, interval] = pointer.split('/')
  const at = parseInstant(instant ?? '') ?? 0
  const rows = await records.prices(object.id, at, at + 1, knownAt)
  return rows.some((row) => row.at === at && row.interval === interval && row.price === after)
}

/** The first instant in (after, end] from which on something holds, by halving; it must hold at the end. */
async function firstInstant(after: number, end: number, holds: (at: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [after, end]
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (await holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** The version that brought the change: from it on the place holds what it holds now. */
function versionOf(
  history: readonly Stored<ObjectOf<ObjectKind>>[],
  { pointer, before: old, after }: Change,
  until: number | null,
): Stored<ObjectOf<ObjectKind>> | null {
  const versions = history.filter(({ recordedAt }) => until === null || recordedAt <= until)
  const gone = after === null
  const isSo = ({ value }: Stored<ObjectOf<ObjectKind>>): boolean => {
    const held = canonicalJson(valueAt(value, pointer) ?? null)
    return gone ? held !== canonicalJson(old) : held === canonicalJson(after)
  }
  let found = versions.at(-1) ?? null
  for (const version of versions.toReversed()) {
    if (!isSo(version)) break
    found = version
  }
  return found
}

function valueAt(value: unknown, pointer: string): unknown {
  let held = value
  for (const step of pointer.split('/').slice(1)) {
    if (typeof held !== 'object' || held === null) return undefined
    held = (held as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return held
}

/** The ledger and instant that the figures of a month go by: those of its freezing, or all and now for a draft. */
export function groundOf(
  ledger: readonly LedgerEntry[],
  period: string,
): { ledger: readonly LedgerEntry[]; knownAt: number | null } {
  const frozen = frozenFiguresOf(ledger, period)
  return frozen === null ? { ledger, knownAt: null } : { ledger: before(ledger, frozen), knownAt: frozen.at }
}
