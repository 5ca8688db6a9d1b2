// Exports of Fingrid Datahub as they are: one quantity per metering point and interval; MISSING and null are no quantity.
// Form: «Mittauspisteen tunnus;Tuotteen tyyppi;Resoluutio;Yksikkötyyppi;Lukeman tyyppi;Alkuaika;Määrä;Laatu», UTC, decimal comma.
import { parseDurationMs } from '#domain/quantity/instant.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'
import { decimalOfCell, plainWord } from './cells.ts'
import { ZONE_FIELD, PREMISES_FIELD, textField } from './fields.ts'
import { converted, putReadings, qualityOf, stampIn, zoneOf, type Listed } from './readings.ts'
import { ROWS_PER_STEP, type ImportRules, type Sheet } from './rules.ts'
import type { RowReader } from './row-reader.ts'

/** GS1 number of the product "active energy" in the Nordic electricity markets. */
const ACTIVE_ENERGY = '8716867000030'
const NOTHING: ReadonlySet<string> = new Set(['', 'null', 'missing', 'nan', '-'])

export const DATAHUB_RULES: ImportRules = {
  fields: [
    { ...PREMISES_FIELD, required: false },
    {
      key: 'device',
      form: 'device',
      required: true,
      words: [
        'mittauspisteen tunnus',
        'mittauspiste',
        'käyttöpaikka',
        'mätpunktens id',
        'mätpunktens kod',
        'driftställe',
        'metering point gsrn',
        'metering point',
        'metering point id',
        'accounting point',
      ],
    },
    textField('point', []),
    textField('product', ['tuotteen tyyppi', 'produkttyp', 'product type']),
    textField('resolution', ['resoluutio', 'upplösning', 'resolution'], true),
    textField('unit', ['yksikkötyyppi', 'yksikkö', 'enhetstyp', 'enhet', 'unit type'], true),
    textField('readingType', ['lukeman tyyppi', 'avläsningstyp', 'reading type']),
    { key: 'at', form: 'instant', required: true, words: ['alkuaika', 'starttid', 'start time'] },
    { key: 'value', form: 'decimal', words: ['määrä', 'mängd', 'kvantitet', 'quantity'] },
    textField('quality', ['laatu', 'kvalitet', 'quality']),
    ZONE_FIELD,
  ],
  *read(sheet) {
    const listed: Listed[] = []
    const missing: RowReader[] = []
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      if (isMissing(row)) {
        missing.push(row)
        continue
      }
      const one = quantityOf(row, sheet)
      if (one !== null) listed.push(one)
    }
    tellMissing(missing)
    yield* putReadings(listed, sheet)
  },
}

const isMissing = (row: RowReader): boolean =>
  NOTHING.has(row.raw('value').toLowerCase()) || row.raw('quality').toUpperCase() === 'MISSING'

/** One warning per gap, at its first row. */
function tellMissing(rows: readonly RowReader[]): void {
  for (let i = 0; i < rows.length;) {
    let end = i + 1
    while (end < rows.length && rows[end]!.row === rows[end - 1]!.row + 1) end += 1
    const [first, last] = [rows[i]!, rows[end - 1]!]
    const count = end - i
    first.tell(
      'value',
      'missing-quantity',
      count === 1
        ? `${first.raw('at')} has no quantity; nothing is taken for it.`
        : `${count} rows in a row, ${first.raw('at')} to ${last.raw('at')}, have no quantity; nothing is taken for them.`,
      'warning',
    )
    i = end
  }
}

function quantityOf(row: RowReader, { known }: Sheet): Listed | null {
  const device = row.device('device')
  const product = row.text('product')
  if (product !== null && product !== ACTIVE_ENERGY && !/^\D*$/.test(product))
    row.tell(
      'product',
      'invalid-choice',
      `The product ${product.slice(0, 40)} is not active energy (${ACTIVE_ENERGY}). Leave the row out.`,
    )
  const interval = intervalOf(row)
  const at = row.text('at')
  const stamp = at === null ? null : stampIn(row, at)
  const unit = row.text('unit')
  const value = decimalOfCell(row.raw('value'))
  if (value === null) row.tell('value', 'invalid-number', `“${row.raw('value').slice(0, 80)}” is no plain number.`)
  const word = row.raw('quality')
  const quality = word === '' ? 'measured' : qualityOf(word)
  if (quality === undefined)
    row.tell('quality', 'invalid-choice', `The quality “${word.slice(0, 40)}” is not known: OK, EST or MISSING.`)
  if (device === null || interval === null || at === null || stamp === null || unit === null || value === null)
    return null
  const point = pointOf(row, device, interval)
  if (point === null) return null
  const inUnit = plainWord(unit) === plainWord(point.unit ?? '') ? value : converted(row, value, unit, point)
  const zone = zoneOf(row, device, known.premises)
  if (row.failed() || inUnit === null || zone === null) return null
  return { row, device, point, stamp, at, value: inUnit, quality, zone }
}

function intervalOf(row: RowReader): 'PT15M' | 'PT1H' | null {
  const text = row.text('resolution')
  if (text === null) return null
  const ms = parseDurationMs(text)
  if (ms === 900_000) return 'PT15M'
  if (ms === 3_600_000) return 'PT1H'
  row.tell('resolution', 'invalid-interval', `“${text.slice(0, 40)}” is neither PT15M nor PT1H.`)
  return null
}

/** The point that is named, or the only one of the device with that interval. */
function pointOf(row: RowReader, device: Device, interval: 'PT15M' | 'PT1H'): Point | null {
  const named = row.text('point')
  const fitting = (device.points ?? []).filter((point) => point.kind === 'interval' && point.interval === interval)
  const found = named === null ? fitting : fitting.filter(({ key }) => key === named)
  if (found.length === 1) return found[0]!
  const keys = fitting.map(({ key }) => key).join(', ')
  row.tell(
    'point',
    'unknown-point',
    fitting.length === 0
      ? `${device.id} has no point of kind interval with ${interval}. Declare one in its points.`
      : `Which point of ${device.id} is meant? ${keys}`,
  )
  return null
}
