// A checked bundle as one change of the records: objects whole, prices and usage records to be added.
import { parseDurationMs, parseInstant } from '#domain/quantity/instant.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type { Bundle, Device, ObjectKind, ObjectOf, PriceSeries } from '#domain/registry/bundle.ts'
import type { ObjectChange, PriceRow, RecordChange } from '#domain/ports/records.ts'
import { decimalText } from './check-values.ts'

/** Milliseconds of an instant that has been checked. */
const instantOf = (text: string): number => parseInstant(text) ?? Number.NaN

/** Meter changes are kept in the order of their instants, whatever the order in which they came. */
const deviceStored = (device: Device): Device => ({
  ...device,
  ...(device.points === undefined
    ? {}
    : {
        points: device.points.map((point) =>
          point.meterChanges === undefined
            ? point
            : { ...point, meterChanges: point.meterChanges.toSorted((a, b) => instantOf(a.at) - instantOf(b.at)) },
        ),
      }),
})

const seriesStored = ({ id, unit }: PriceSeries): PriceSeries => ({ id, unit })

const storedForm = <K extends ObjectKind>(kind: K, value: ObjectOf<K>): ObjectOf<K> => {
  if (kind === 'devices') return deviceStored(value as Device)
  if (kind === 'priceSeries') return seriesStored(value as PriceSeries)
  return value
}

/** Of several prices of one instant and interval the last listed. */
const priceRows = (series: PriceSeries): PriceRow[] => {
  const rows = (series.values ?? []).map(([at, interval, price]): PriceRow => ({
    at: instantOf(at),
    interval: plainInterval(interval),
    price: decimalText(price) ?? '',
  }))
  return [...new Map(rows.map((row) => [`${row.at} ${row.interval}`, row])).values()]
}

/** One spelling per length: PT60M is PT1H. */
const plainInterval = (interval: string): string => {
  const minutes = (parseDurationMs(interval) ?? 0) / 60_000
  return `PT${minutes >= 60 ? `${Math.floor(minutes / 60)}H` : ''}${minutes % 60 > 0 ? `${minutes % 60}M` : ''}`
}

/** `expectedVersions` by `<kind>/<id>`: the versions that a change by a person rests on (see ObjectChange). */
export const changeOf = (bundle: Bundle, expectedVersions: ReadonlyMap<string, number> = new Map()): RecordChange => ({
  objects: OBJECT_KINDS.flatMap((kind) =>
    (bundle[kind] ?? []).map((value) => {
      const expectedVersion = expectedVersions.get(`${kind}/${value.id}`)
      const change = { kind, id: value.id, value: storedForm(kind, value) } as ObjectChange
      return expectedVersion === undefined ? change : { ...change, expectedVersion }
    }),
  ),
  prices: (bundle.priceSeries ?? [])
    .map((series) => ({ series: series.id, rows: priceRows(series) }))
    .filter(({ rows }) => rows.length > 0),
  usage: bundle.usage ?? [],
})
