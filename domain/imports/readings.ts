// Readings of any meter from a table: one value of one point at one instant in each row.
import { formatExact, fractionOfDecimal, multiply } from '#domain/quantity/fraction.ts'
import { decimalOf } from '#domain/quantity/decimal.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { microFrom } from '#domain/quantity/micro.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Device, Point, ReadingRows } from '#domain/registry/bundle.ts'
import { decimalOfCell, plainWord } from './cells.ts'
import { PREMISES_FIELD, ZONE_FIELD, textField, type Field } from './fields.ts'
import { resolveStamps, stampOf, stampSentence, type Stamp } from './local-time.ts'
import { ROWS_PER_STEP, type ImportRules, type Sheet } from './rules.ts'
import type { RowReader } from './row-reader.ts'

export const QUALITY_WORDS: Record<string, ReadingRows['quality']> = {
  measured: 'measured',
  mitattu: 'measured',
  mätt: 'measured',
  uppmätt: 'measured',
  ok: 'measured',
  manual: 'manual',
  käsin: 'manual',
  manuell: 'manual',
  estimated: 'estimated',
  est: 'estimated',
  arvioitu: 'estimated',
  arvio: 'estimated',
  estimerad: 'estimated',
  uppskattad: 'estimated',
}
const QUALITIES = new Map(Object.entries(QUALITY_WORDS).map(([word, quality]) => [plainWord(word), quality]))
export const qualityOf = (text: string): ReadingRows['quality'] => QUALITIES.get(plainWord(text))

export const READING_FIELDS: readonly Field[] = [
  { ...PREMISES_FIELD, required: false },
  {
    key: 'device',
    form: 'device',
    required: true,
    words: ['laite', 'mittari', 'anordning', 'mätare', 'meter', 'user key', 'device id', 'device_id'],
  },
  textField('point', ['mittauspiste', 'suure', 'pistetunnus', 'mätpunkt', 'metric', 'register', 'piste']),
  {
    key: 'at',
    form: 'instant',
    required: true,
    words: [
      'aika',
      'aikaleima',
      'ajankohta',
      'hetki',
      'päivä',
      'tid',
      'tidpunkt',
      'datum',
      'time',
      'timestamp',
      'datetime',
      'date',
      'ts',
      'ts_utc',
    ],
  },
  {
    key: 'value',
    form: 'decimal',
    required: true,
    words: ['lukema', 'arvo', 'mätarställning', 'avläsning', 'värde', 'reading', 'meter reading', 'kulutus'],
  },
  textField('unit', ['yksikkö', 'enhet']),
  { ...textField('quality', ['laatu', 'kvalitet']), default: 'manual' },
  ZONE_FIELD,
]

/** One value on its way: where it belongs and what it was written as. */
export type Listed = {
  row: RowReader
  device: Device
  point: Point
  stamp: Stamp
  at: string
  value: string
  quality: ReadingRows['quality']
  zone: string
}

export const READING_RULES: ImportRules = {
  fields: READING_FIELDS,
  *read(sheet) {
    const listed: Listed[] = []
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      const one = readingOf(row, sheet)
      if (one !== null) listed.push(one)
    }
    yield* putReadings(listed, sheet)
  },
}

function readingOf(row: RowReader, { known }: Sheet): Listed | null {
  const device = row.device('device')
  const at = row.text('at')
  const text = row.text('value')
  const quality = qualityOf(row.raw('quality'))
  if (quality === undefined) row.tell('quality', 'invalid-choice', 'Write measured, manual or estimated.')
  const stamp = at === null ? null : stampIn(row, at)
  if (device === null || text === null || stamp === null || at === null) return null
  const point = pointOf(row, device)
  if (point === null) return null
  const value = valueIn(row, point, text)
  const zone = zoneOf(row, device, known.premises)
  if (row.failed() || value === null || zone === null) return null
  return { row, device, point, stamp, at, value, quality, zone }
}

export function stampIn(row: RowReader, text: string, key = 'at'): Stamp | null {
  const stamp = stampOf(text)
  if (stamp === null)
    row.tell(
      key,
      'invalid-instant',
      `“${text.slice(0, 80)}” is no time. Write it as 2026-03-01 00:15, 1.3.2026 0.15 or with its offset.`,
    )
  return stamp
}
export function zoneOf(
  row: RowReader,
  device: Device,
  premises: ReadonlyMap<string, { timeZone: string }>,
): string | null {
  return row.raw('timeZone') === ''
    ? (premises.get(device.premises)?.timeZone ?? 'Europe/Helsinki')
    : row.zone('timeZone')
}

/** The point that is named, or the only one of the device that is a meter. */
function pointOf(row: RowReader, device: Device): Point | null {
  const points = device.points ?? []
  const text = row.text('point')
  const meters = points.filter(({ kind }) => kind === 'counter' || kind === 'interval')
  const found = text === null ? (meters.length === 1 ? meters[0] : undefined) : points.find(({ key }) => key === text)
  if (found !== undefined) return found
  const keys = points.map(({ key }) => key).join(', ')
  row.tell(
    'point',
    'unknown-point',
    text === null
      ? `Which point is meant? ${device.id} has ${keys || 'none'}.`
      : `${device.id} has no point “${text.slice(0, 64)}”; it has ${keys || 'none'}.`,
  )
  return null
}

/** The value in the unit of the point, as exact as it was written; a state stays text. */
function valueIn(row: RowReader, point: Point, text: string): string | null {
  if (point.kind === 'state') return text
  const decimal = decimalOfCell(text)
  if (decimal === null) {
    row.tell('value', 'invalid-number', `“${text.slice(0, 80)}” is no plain number. Write it as 1234,5.`)
    return null
  }
  const unit = row.raw('unit')
  return unit === '' || unit === point.unit ? decimal : converted(row, decimal, unit, point)
}
export function converted(row: RowReader, decimal: string, unit: string, point: Point): string | null {
  const factor = point.unit === undefined ? null : unitFactor(unit, point.unit)
  const exact = factor === null ? null : multiply(fractionOfDecimal(decimalOf(decimal)!), factor)
  const text = exact === null ? null : formatExact(exact)
  if (text === null)
    row.tell(
      'unit',
      'unit-family',
      `${unit} cannot be written as ${point.unit ?? 'a value without unit'} of ${point.key}.`,
    )
  return text
}
/** Decides the instants of each point by the order of its rows, tells what looks wrong, and puts the readings into the bundle. */
export function* putReadings(listed: readonly Listed[], sheet: Sheet): Generator<void> {
  const rows: ReadingRows[] = []
  for (const group of Map.groupBy(listed, ({ device, point }) => `${device.id}/${point.key}`).values()) {
    yield
    const [{ device, point, zone }] = group as [Listed]
    const resolved = resolveStamps(
      group.map(({ stamp }) => stamp),
      zone,
    )
    const taken: { at: number; one: Listed }[] = []
    for (const [i, found] of resolved.entries()) {
      const one = group[i]!
      if ('at' in found) taken.push({ at: found.at, one })
      else one.row.tell('at', found.problem, stampSentence(found.problem, one.at, zone))
    }
    tellTwice(taken)
    if (point.kind === 'counter') tellFalls(taken, point)
    for (const [quality, same] of Map.groupBy(taken, ({ one }) => one.quality)) {
      for (const [i, { one }] of same.entries()) sheet.origin.set(`/readings/${rows.length}/values/${i}`, one.row.row)
      rows.push({
        device: device.id,
        point: point.key,
        ...(quality === undefined ? {} : { quality }),
        values: same.map(({ at, one }) => [formatInstant(at), one.value]),
      })
    }
  }
  sheet.bundle.readings = rows
}

function tellTwice(taken: readonly { at: number; one: Listed }[]): void {
  const first = new Map<number, Listed>()
  for (const { at, one } of taken) {
    const before = first.get(at)
    if (before === undefined) first.set(at, one)
    else if (before.value !== one.value)
      one.row.tell(
        'at',
        'duplicate',
        `Row ${before.row.row} has ${before.value} at the same time. Leave one of them out.`,
      )
  }
}
function tellFalls(taken: readonly { at: number; one: Listed }[], point: Point): void {
  const sorted = taken.toSorted((a, b) => a.at - b.at)
  for (const [i, { one }] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before === undefined) continue
    const [a, b] = [microFrom(before.one.value), microFrom(one.value)]
    if (typeof a === 'bigint' && typeof b === 'bigint' && b < a && point.rollover === undefined)
      one.row.tell(
        'value',
        'counter-fell',
        `${one.value} is less than ${before.one.value} before it: a meter does not count back. Check both.`,
        'warning',
      )
  }
}
