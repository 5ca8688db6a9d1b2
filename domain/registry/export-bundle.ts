// Writes a bundle as JSON text, piece by piece, always in the same order: what is imported from it exports as the same bytes.
import { decimalFromNumber, formatDecimal, MAX_DECIMAL_LENGTH } from '#domain/quantity/decimal.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type { Bundle, Device, Id, ObjectKind, Point, PriceSeries, UsageRecord } from '#domain/registry/bundle.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Quality, Telemetry, Value } from '#domain/ports/telemetry.ts'
import { checkReading } from './check-rows.ts'
import { factsOfPremises, withPrices } from './facts-of-premises.ts'
import { ALL, listAll, LIST_PAGE } from './list-all.ts'

/** Readings that are held at once. */
export const READINGS_PER_PIECE = 10_000
const FIRST_INSTANT = 0
const END_INSTANT = Date.UTC(2200, 0, 1)

export type ExportOptions = {
  records: Records
  /** With it, the readings of the declared points of the exported devices stand at the end. */
  telemetry?: Telemetry
  /** Only this premises and whatever concerns it; the whole platform if absent. */
  premises?: Id
  /** Leaves out what this scope may not see; everything if absent. */
  scope?: Scope
  /** Facts as the platform knew them at that instant: also keeps a long export from seeing half of a change. */
  knownAt?: number
}

/** The lists that an export has, each as a source that can be gone through once. */
type Sources = { [K in ObjectKind]: AsyncIterable<object> | Iterable<object> } & {
  usage: AsyncIterable<UsageRecord> | Iterable<UsageRecord>
}

/**
 * Pieces of one JSON document: one object per line, lists in the order of the page, members by id, prices and readings by
 * instant; instants in UTC, numbers without trailing zeros. A list without members is left out. Readings that a bundle could not
 * bring back (text or an off-quarter instant at a meter) are left out too. Premises that the scope does not see give an empty bundle.
 */
export async function* exportBundle(options: ExportOptions): AsyncGenerator<string> {
  const devices: Device[] = []
  const sources = options.premises === undefined ? platform(options) : onePremises(await factsOf(options))
  const gathering = {
    ...sources,
    devices: gather(sources.devices as AsyncIterable<Device>, options.telemetry === undefined ? [] : devices),
  }
  const written = { any: false }
  yield '{'
  for (const list of [...OBJECT_KINDS, 'usage'] as const) yield* writeList(list, jsonOf(gathering[list]), written)
  if (options.telemetry !== undefined) yield* writeList('readings', readingRows(options.telemetry, devices), written)
  yield written.any ? '\n}\n' : '}\n'
}

const factsOf = async ({ records, premises, scope, knownAt }: ExportOptions): Promise<Bundle> =>
  (await factsOfPremises(records, premises ?? '', {
    ...(scope === undefined ? {} : { scope }),
    ...(knownAt === undefined ? {} : { knownAt }),
  })) ?? {}

const onePremises = (bundle: Bundle): Sources => ({
  ...(Object.fromEntries(OBJECT_KINDS.map((kind) => [kind, bundle[kind] ?? []])) as unknown as Sources),
  usage: bundle.usage ?? [],
})

const platform = ({ records, scope = ALL, knownAt }: ExportOptions): Sources => {
  const asKnown = knownAt === undefined ? {} : { knownAt }
  const lists = OBJECT_KINDS.map((kind) => [kind, listAll(records, kind, asKnown, scope)])
  return {
    ...(Object.fromEntries(lists) as unknown as Sources),
    priceSeries: seriesWithPrices(records, listAll(records, 'priceSeries', asKnown, scope), knownAt),
    usage: usageOf(records, listAll(records, 'devices', asKnown, scope), knownAt),
  }
}

async function* seriesWithPrices(
  records: Records,
  all: AsyncIterable<PriceSeries>,
  knownAt?: number,
): AsyncGenerator<PriceSeries> {
  for await (const series of all)
    yield await withPrices(records, series, { from: FIRST_INSTANT, to: END_INSTANT }, knownAt)
}

async function* usageOf(
  records: Records,
  devices: AsyncIterable<Device>,
  knownAt?: number,
): AsyncGenerator<UsageRecord> {
  let ids: Id[] = []
  for await (const device of devices) {
    ids.push(device.id)
    if (ids.length < LIST_PAGE) continue
    yield* await records.usage(ids, FIRST_INSTANT, END_INSTANT, knownAt)
    ids = []
  }
  yield* await records.usage(ids, FIRST_INSTANT, END_INSTANT, knownAt)
}

/** Passes the members on and remembers them. */
async function* gather<T>(members: AsyncIterable<T> | Iterable<T>, into: T[]): AsyncGenerator<T> {
  for await (const member of members) {
    into.push(member)
    yield member
  }
}

async function* jsonOf(members: AsyncIterable<object> | Iterable<object>): AsyncGenerator<string> {
  for await (const member of members) yield JSON.stringify(member)
}

/** The list with its name, unless it has no members; a member may come in several pieces, the first of which is marked by `{`. */
async function* writeList(
  name: string,
  members: AsyncIterable<string>,
  written: { any: boolean },
): AsyncGenerator<string> {
  let first = true
  for await (const piece of members) {
    if (first) yield `${written.any ? ',' : ''}\n${JSON.stringify(name)}:[\n${piece}`
    else yield piece.startsWith('{') ? `,\n${piece}` : piece
    first = false
    written.any = true
  }
  if (!first) yield '\n]'
}

async function* readingRows(telemetry: Telemetry, devices: readonly Device[]): AsyncGenerator<string> {
  for (const device of devices) {
    for (const point of (device.points ?? []).toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      const series = telemetry.findSeries(device.id, point.key)
      if (series !== null) yield* readingsOf(telemetry, series, device.id, point)
    }
  }
}

/** `{"device":…,"point":…,"values":[` with the first values, then more values, then `]}`; anew where the quality changes. */
async function* readingsOf(telemetry: Telemetry, series: number, device: Id, point: Point): AsyncGenerator<string> {
  let from = FIRST_INSTANT
  let begun: Quality | null = null
  for (;;) {
    const readings = await telemetry.readings(series, from, END_INSTANT, READINGS_PER_PIECE)
    let piece: string[] = []
    for (const reading of readings) {
      const value = valueText(point, reading.value)
      if (value === null || !canComeBack(point, reading.at, value)) continue
      // How sure the platform's clock was is its own affair: a suspect reading comes back as measured.
      const quality = reading.quality === 'suspect' ? 'measured' : reading.quality
      if (quality !== begun) {
        if (piece.length > 0) yield piece.join('')
        if (begun !== null) yield ']}'
        begun = quality
        const head = { device, point: point.key, ...(quality === 'measured' ? {} : { quality }) }
        piece = [`${JSON.stringify(head).slice(0, -1)},"values":[${JSON.stringify([formatInstant(reading.at), value])}`]
      } else piece.push(`,${JSON.stringify([formatInstant(reading.at), value])}`)
    }
    if (piece.length > 0) yield piece.join('')
    const last = readings.at(-1)
    if (last === undefined || readings.length < READINGS_PER_PIECE) break
    from = last.at + 1
  }
  if (begun !== null) yield ']}'
}

/** A value as a bundle writes it: numbers as decimal text, where that is not too long and not at a state point, whose texts are states. */
const valueText = (point: Point, value: Value): string | number | boolean | null => {
  if (typeof value === 'object') return value.decimal
  if (typeof value !== 'number' || point.kind === 'state') return value
  const decimal = decimalFromNumber(value)
  const text = decimal === null ? null : formatDecimal(decimal)
  return text !== null && text.length > MAX_DECIMAL_LENGTH ? value : text
}

const canComeBack = (point: Point, at: number, value: string | number | boolean): boolean => {
  let fits = true
  checkReading(point, at, value, '', () => {
    fits = false
  })
  return fits
}
