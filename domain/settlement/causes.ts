// Why a closed month gives something else today: the facts and readings behind an item as they were known then, against those of now. Pure.
import type { Bundle, Id, ObjectKind, PointRef } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { formatDecimal } from '#domain/quantity/decimal.ts'
import { formatInstant, parseInstant } from '#domain/quantity/instant.ts'
import { periodOf } from '#domain/quantity/period.ts'
import { behindItem, concernsOf } from './behind-item.ts'
import type { Behind } from './behind-item.ts'
import { differencesOf } from './facts-diff.ts'

/** What changed: a fact of an object, a price of a series, a usage record, a reading of a meter (`device/point`). */
export const CAUSE_KINDS = ['fact', 'price', 'usage', 'reading'] as const
export type CauseKind = (typeof CAUSE_KINDS)[number]
/**
 * One change. `pointer` leads into the object as it is now (as it was, if gone); rows of prices, usage and readings are named
 * by their instant. What was or is not there is null.
 */
export type Change = {
  kind: CauseKind
  object: { kind: ObjectKind | 'usage' | 'readings'; id: string }
  pointer: string
  before: unknown
  after: unknown
}
/** A change with when the platform learned it, and from whom where it is a person or a program. */
export type Cause = Change & { recordedAt: string | null; recordedBy: string | null }
/** What changed between two instants; `until` null is now. `counts` are of all, `items` the first ones. */
export type Causes = {
  since: string
  until: string | null
  counts: Record<CauseKind, number>
  items: Cause[]
}
/** Facts and readings of a month as they were known at one instant. */
export type Known = { facts: Bundle; readings: readonly (PointRef & { readings: MeterReadings | null })[] }

/** The changes behind `item` of `month` (without `adjustment:`) from one knowledge to the other: facts, prices, usage, readings. */
export function changesBehind(premises: Id, item: string, month: string, then: Known, now: Known): Change[] {
  const [old, current] = [then, now].map(({ facts }) => behindItem(premises, item, month, facts)) as [Behind, Behind]
  const behind = union(old, current)
  const place = now.facts.premises?.find(({ id }) => id === premises)
  if (place === undefined) throw new Error(`the facts do not hold the premises ${premises}`)
  const period = periodOf(month, place.timeZone)
  return [
    ...factChanges(month, behind, then.facts, now.facts),
    ...priceChanges(behind, period, then.facts, now.facts),
    ...usageChanges(behind, period, then.facts, now.facts),
    ...readingChanges(behind, then, now),
  ]
}

function union(a: Behind, b: Behind): Behind {
  const objects = new Map([...a.objects].map(([kind, ids]) => [kind, new Set(ids)]))
  for (const [kind, ids] of b.objects) objects.set(kind, new Set([...(objects.get(kind) ?? []), ...ids]))
  const meters = [...a.meters, ...b.meters]
  return {
    objects,
    meters: [...new Map(meters.map((ref) => [`${ref.device} ${ref.point}`, ref])).values()],
    usage: new Set([...a.usage, ...b.usage]),
    methods: new Set([...a.methods, ...b.methods]),
    category: b.category ?? a.category,
    asset: b.asset ?? a.asset,
  }
}

function factChanges(month: string, behind: Behind, then: Bundle, now: Bundle): Change[] {
  return [...behind.objects].flatMap(([kind, ids]) =>
    [...ids].flatMap((id) => {
      const of = (facts: Bundle): object | null =>
        (facts[kind] as { id: Id }[] | undefined)?.find((one) => one.id === id) ?? null
      return differencesOf(of(then), of(now), concernsOf(kind, id, month, behind)).map((difference): Change => ({
        kind: 'fact',
        object: { kind, id },
        ...difference,
      }))
    }),
  )
}

const DAY_MS = 86_400_000
type Span = { from: number; to: number }

function priceChanges(behind: Behind, { from, to }: Span, then: Bundle, now: Bundle): Change[] {
  return [...(behind.objects.get('priceSeries') ?? [])].flatMap((id) => {
    const rowsOf = (facts: Bundle) =>
      new Map(
        (facts.priceSeries?.find((series) => series.id === id)?.values ?? []).map(([instant, interval, price]) => [
          `/values/${instant}/${interval}`,
          { at: parseInstant(instant) ?? 0, price: String(price) },
        ]),
      )
    const [old, current] = [rowsOf(then), rowsOf(now)]
    return [...current].flatMap(([pointer, { at, price }]): Change[] => {
      const before = old.get(pointer)?.price ?? null
      // An interval that began the day before may reach into the month.
      if (before === price || at < from - DAY_MS || at >= to) return []
      return [{ kind: 'price', object: { kind: 'priceSeries', id }, pointer, before, after: price }]
    })
  })
}

function usageChanges(behind: Behind, { from, to }: Span, then: Bundle, now: Bundle): Change[] {
  const keyOf = (record: NonNullable<Bundle['usage']>[number]): string =>
    [record.device, record.organisation, parseInstant(record.from), parseInstant(record.to)].join(' ')
  const known = new Set((then.usage ?? []).map(keyOf))
  return (now.usage ?? []).flatMap((record): Change[] => {
    const [start, end] = [parseInstant(record.from) ?? 0, parseInstant(record.to) ?? 0]
    if (!behind.usage.has(record.device) || known.has(keyOf(record)) || start >= to || end <= from) return []
    const { device, ...after } = record
    return [{ kind: 'usage', object: { kind: 'usage', id: device }, pointer: `/${record.from}`, before: null, after }]
  })
}

/** Readings are never taken away: what differs came later, or replaced another value. */
function readingChanges(behind: Behind, then: Known, now: Known): Change[] {
  return behind.meters.flatMap(({ device, point }) => {
    const of = (known: Known): MeterReadings | null =>
      known.readings.find((one) => one.device === device && one.point === point)?.readings ?? null
    const [old, current] = [of(then), of(now)]
    if (current === null) return []
    const known = new Map<number, bigint>()
    old?.at.forEach((at, i) => known.set(at, old.micro[i] ?? 0n))
    return Array.from(current.at).flatMap((at, i): Change[] => {
      const [before, after] = [known.get(at), current.micro[i] ?? 0n]
      if (before === after) return []
      return [
        {
          kind: 'reading',
          object: { kind: 'readings', id: `${device}/${point}` },
          pointer: `/${formatInstant(at)}`,
          before: before === undefined ? null : decimalText(before),
          after: decimalText(after),
        },
      ]
    })
  })
}
const decimalText = (micro: bigint): string => formatDecimal({ digits: micro, scale: 6 })
