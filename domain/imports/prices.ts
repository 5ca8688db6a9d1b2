// Spot prices of an area per quarter or hour, as markets and portals write them; kept in the unit of the price series.
import { decimalOf, formatDecimal } from '#domain/quantity/decimal.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import type { PriceSeries } from '#domain/registry/bundle.ts'
import { ZONE_FIELD, textField } from './fields.ts'
import { resolveStamps, stampSentence, type Stamp } from './local-time.ts'
import { stampIn } from './readings.ts'
import { ROWS_PER_STEP, type ImportRules } from './rules.ts'
import type { RowReader } from './row-reader.ts'

/** Each unit as a power of ten of EUR/MWh. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['eur/mwh', 0],
  ['€/mwh', 0],
  ['c/kwh', 1],
  ['snt/kwh', 1],
  ['cent/kwh', 1],
  ['eur/kwh', 3],
  ['€/kwh', 3],
])
const SERIES_UNITS = ['EUR/MWh', 'EUR/kWh']

type Priced = { row: RowReader; stamp: Stamp; text: string; price: string }

export const PRICE_RULES: ImportRules = {
  fields: [
    {
      key: 'series',
      form: 'id',
      required: true,
      words: ['sarja', 'hintasarja', 'prisserie', 'price series', 'metric', 'suure'],
    },
    {
      key: 'at',
      form: 'instant',
      required: true,
      words: [
        'aika',
        'tunti',
        'alkuaika',
        'tid',
        'timme',
        'starttid',
        'time',
        'datetime',
        'start',
        'ts',
        'ts_utc',
        'mtu',
        'delivery start',
        'delivery date',
        'hour',
        'timestamp',
        'pvm',
      ],
    },
    {
      key: 'price',
      form: 'decimal',
      required: true,
      words: ['hinta', 'pris', 'value', 'arvo', 'day-ahead price', 'fi', 'price fi', 'spot', 'energy price'],
    },
    {
      key: 'unit',
      form: 'choice',
      choices: [...UNITS.keys()],
      default: 'EUR/MWh',
      words: ['yksikkö', 'enhet', 'currency'],
    },
    textField('quality', ['laatu', 'kvalitet']),
    ZONE_FIELD,
  ],
  *read(sheet) {
    const listed = new Map<string, Priced[]>()
    let zone = 'Europe/Helsinki'
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      if (row.raw('quality').toLowerCase() === 'missing') {
        row.tell('price', 'missing-quantity', `${row.raw('at')} has no price; nothing is taken for it.`, 'warning')
        continue
      }
      const series = row.id('series')
      const at = row.text('at')
      // ENTSO-E writes the interval whole: «01.10.2025 00:00 - 01.10.2025 00:15 (CET/CEST)».
      const start = at?.replace(/\s*\(.*\)$/, '').split(/\s+[-–]\s+/)[0]
      const stamp = start === undefined ? null : stampIn(row, start)
      const written = row.decimal('price')
      const unit = row.choice('unit')
      zone = row.raw('timeZone') === '' ? zone : (row.zone('timeZone') ?? zone)
      if (row.failed() || series === null || stamp === null || written === null || unit === null) continue
      const known = sheet.known.priceSeries.get(series)
      const price = priceIn(written, unit, known?.unit ?? 'EUR/MWh')
      if (price === null)
        row.tell(
          'unit',
          'unknown-unit',
          `The series ${series} is in ${known?.unit}; only ${SERIES_UNITS.join(' and ')} are taken.`,
        )
      else listed.getOrInsert(series, []).push({ row, stamp, text: at!, price })
    }
    const series: PriceSeries[] = []
    for (const [id, rows] of listed) {
      yield
      const unit = sheet.known.priceSeries.get(id)?.unit ?? 'EUR/MWh'
      for (const row of rows) sheet.origin.getOrInsert(`/priceSeries/${series.length}`, row.row.row)
      series.push({ id, unit, values: valuesOf(rows, zone) })
    }
    sheet.bundle.priceSeries = series
  },
}

function priceIn(price: string, unit: string, target: string): string | null {
  const [power, own] = [UNITS.get(unit.toLowerCase()), UNITS.get(target.toLowerCase())]
  if (power === undefined || own === undefined || !SERIES_UNITS.includes(target)) return null
  const { digits, scale } = decimalOf(price)!
  const shift = power - own
  return formatDecimal(
    shift >= scale ? { digits: digits * 10n ** BigInt(shift - scale), scale: 0 } : { digits, scale: scale - shift },
  )
}

/** The interval of a price reaches to the next one: a quarter or an hour; the last has that of the one before. */
function valuesOf(rows: readonly Priced[], zone: string): NonNullable<PriceSeries['values']> {
  const found: { at: number; one: Priced }[] = []
  for (const [i, resolved] of resolveStamps(
    rows.map(({ stamp }) => stamp),
    zone,
  ).entries()) {
    const one = rows[i]!
    if ('at' in resolved) found.push({ at: resolved.at, one })
    else one.row.tell('at', resolved.problem, stampSentence(resolved.problem, one.text, zone))
  }
  found.sort((a, b) => a.at - b.at)
  const values: NonNullable<PriceSeries['values']> = []
  let last: 'PT15M' | 'PT1H' = 'PT1H'
  for (const [i, { at, one }] of found.entries()) {
    const next = found[i + 1]?.at
    if (next === at && found[i + 1]!.one.price !== one.price) {
      found[i + 1]!.one.row.tell(
        'at',
        'duplicate',
        `Row ${one.row.row} has another price for the same time. Leave one of them out.`,
      )
      continue
    }
    if (next === at) continue
    const gap = next === undefined ? null : next - at
    const interval: 'PT15M' | 'PT1H' = gap === 900_000 ? 'PT15M' : gap === 3_600_000 ? 'PT1H' : last
    if (gap !== null && gap !== 900_000 && gap !== 3_600_000)
      found[i + 1]!.one.row.tell(
        'at',
        'missing-quantity',
        `Between ${formatInstant(at)} and ${formatInstant(next!)} prices are missing, if they are no other file's.`,
        'warning',
      )
    last = interval
    values.push([formatInstant(at), interval, one.price])
  }
  return values
}
