// What an import would really change: the objects, prices, usage records and readings that differ from what is there.
import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import { sha256 } from '#api/settlement/sha256.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Reading, Telemetry } from '#domain/ports/telemetry.ts'
import { MAX_PAGE_READINGS } from '#domain/ports/telemetry.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import type { Bundle, Id, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import { changeOf } from '#domain/registry/bundle-change.ts'
import { valueOf } from '#domain/registry/import-readings.ts'
import { ALL, LIST_PAGE } from '#domain/registry/list-all.ts'
import type { Before, PriceBefore, ReadingBefore } from '#domain/imports/undo.ts'

export type Found = {
  before: Before
  /** Versions that the objects have, for the change to rest on. */
  versions: Map<string, number>
  created: number
  changed: number
  unchanged: number
}
export const hashOf = (value: object): string => sha256(canonicalJson(value)).slice(0, 32)

/** Looks at everything that the bundle names; `done` is called with how many objects have been looked at. */
export async function findBefore(
  bundle: Bundle,
  { records, telemetry }: { records: Records; telemetry: Telemetry },
  done: (objects: number) => void = () => {},
): Promise<Found> {
  const change = changeOf(bundle)
  const found: Found = {
    before: { objects: [], prices: [], usage: [], readings: [] },
    versions: new Map(),
    created: 0,
    changed: 0,
    unchanged: 0,
  }
  const objects = change.objects ?? []
  for (const kind of OBJECT_KINDS) {
    const own = objects.filter((object) => object.kind === kind)
    for (let i = 0; i < own.length; i += LIST_PAGE) {
      const chunk = own.slice(i, i + LIST_PAGE)
      const { items } = await records.listObjects(ALL, kind, { ids: chunk.map(({ id }) => id), limit: LIST_PAGE })
      const stored = new Map(items.map((item) => [item.value.id, item]))
      for (const { id, value } of chunk) noteObject(kind, id, value, stored.get(id), found)
      done(i + chunk.length)
      await setImmediate()
    }
  }
  for (const { series, rows } of change.prices ?? []) {
    const noted = await pricesBefore(series, rows, records)
    if (noted.length > 0) found.before.prices.push({ series, rows: noted })
    count(found, noted.length, noted.filter(({ before }) => before !== null).length, rows.length)
  }
  found.before.usage = await newUsage(bundle, records)
  count(found, found.before.usage.length, 0, (bundle.usage ?? []).length)
  for (const rows of bundle.readings ?? []) {
    const noted = await readingsBefore(rows, bundle, records, telemetry)
    if (noted.length > 0) found.before.readings.push({ device: rows.device, point: rows.point, rows: noted })
    await setImmediate()
  }
  return found
}

function count(found: Found, differing: number, replaced: number, all: number): void {
  found.created += differing - replaced
  found.changed += replaced
  found.unchanged += all - differing
}

function noteObject(
  kind: ObjectKind,
  id: Id,
  value: ObjectOf<ObjectKind>,
  stored: { value: object; version: number } | undefined,
  found: Found,
): void {
  const plain = JSON.parse(JSON.stringify(value)) as object
  found.versions.set(`${kind}/${id}`, stored?.version ?? 0)
  if (stored !== undefined && isDeepStrictEqual(stored.value, plain)) found.unchanged += 1
  else {
    if (stored === undefined) found.created += 1
    else found.changed += 1
    found.before.objects.push({ kind, id, version: stored?.version ?? 0, after: hashOf(plain) })
  }
}

async function pricesBefore(
  series: Id,
  rows: readonly { at: number; interval: string; price: string }[],
  records: Records,
): Promise<PriceBefore[]> {
  if (rows.length === 0) return []
  const [from, to] = [
    rows.reduce((least, { at }) => Math.min(least, at), Infinity),
    rows.reduce((most, { at }) => Math.max(most, at), 0),
  ]
  const known = new Map(
    (await records.prices(series, from, to + 1)).map((row) => [`${row.at} ${row.interval}`, row.price]),
  )
  return rows.flatMap(({ at, interval, price }) => {
    const before = known.get(`${at} ${interval}`) ?? null
    return before === price ? [] : [{ at, interval, price, before }]
  })
}

async function newUsage(bundle: Bundle, records: Records): Promise<Before['usage']> {
  const usage = bundle.usage ?? []
  if (usage.length === 0) return []
  const at = (text: string): number => parseInstant(text) ?? Number.NaN
  const [from, to] = [
    usage.reduce((least, one) => Math.min(least, at(one.from)), Infinity),
    usage.reduce((most, one) => Math.max(most, at(one.to)), 0),
  ]
  const keyOf = (one: Before['usage'][number]): string =>
    `${one.device} ${one.organisation} ${at(one.from)} ${at(one.to)}`
  const known = new Set((await records.usage([...new Set(usage.map(({ device }) => device))], from, to)).map(keyOf))
  return [...new Map(usage.map((one) => [keyOf(one), one])).entries()].flatMap(([key, one]) =>
    known.has(key) ? [] : [one],
  )
}

async function readingsBefore(
  rows: NonNullable<Bundle['readings']>[number],
  bundle: Bundle,
  records: Records,
  telemetry: Telemetry,
): Promise<ReadingBefore[]> {
  const device =
    bundle.devices?.find(({ id }) => id === rows.device) ??
    (await records.getObject(ALL, 'devices', rows.device))?.value
  const point = device?.points?.find(({ key }) => key === rows.point)
  const values = rows.values.map(([at, value]) => ({ at: parseInstant(at) ?? Number.NaN, value }))
  const series = telemetry.findSeries(rows.device, rows.point)
  const known = new Map<number, Reading>()
  if (series !== null && values.length > 0) {
    const wanted = new Set(values.map(({ at }) => at))
    const end = values.reduce((most, { at }) => Math.max(most, at), 0) + 1
    let from = values.reduce((least, { at }) => Math.min(least, at), Infinity)
    for (;;) {
      const page = await telemetry.readings(series, from, end, MAX_PAGE_READINGS)
      for (const reading of page) if (wanted.has(reading.at)) known.set(reading.at, reading)
      const last = page.at(-1)
      if (last === undefined || page.length < MAX_PAGE_READINGS) break
      from = last.at + 1
    }
  }
  return values.flatMap(({ at, value }): ReadingBefore[] => {
    const reading = known.get(at)
    if (reading === undefined) return [{ at, value, before: null }]
    if (isDeepStrictEqual(reading.value, valueOf(point, value))) return []
    const before = typeof reading.value === 'object' ? reading.value.decimal : reading.value
    return [{ at, value, before: { value: before, quality: reading.quality } }]
  })
}
