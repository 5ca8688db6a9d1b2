// Bookings as usage records: which party used which device (or room's device) from when to when, and nothing of a person.
import { formatInstant } from '#domain/quantity/instant.ts'
import { decimalOf } from '#domain/quantity/decimal.ts'
import type { UsageRecord } from '#domain/registry/bundle.ts'
import { decimalOfCell } from './cells.ts'
import { PREMISES_FIELD, ZONE_FIELD, type Field } from './fields.ts'
import { resolveStamps, stampSentence, type Stamp } from './local-time.ts'
import { stampIn, zoneOf } from './readings.ts'
import { ROWS_PER_STEP, type ImportRules } from './rules.ts'
import type { RowReader } from './row-reader.ts'

/** The only columns of a booking that are kept when the file comes in; whatever else it says of people is dropped then. */
export const USAGE_FIELDS: readonly Field[] = [
  { ...PREMISES_FIELD, required: false, words: ['kiinteistö', 'toimitila', 'rakennus', 'building', 'fastighet'] },
  {
    key: 'device',
    form: 'device',
    required: true,
    words: [
      'huone',
      'tila',
      'laite',
      'enhet',
      'resurssi',
      'kohde',
      'sijainti',
      'paikka',
      'rum',
      'utrymme',
      'resurs',
      'plats',
      'room',
      'resource',
      'location',
    ],
  },
  {
    key: 'organisation',
    form: 'organisation',
    required: true,
    words: [
      'organisaatio',
      'osapuoli',
      'virasto',
      'varaaja',
      'järjestäjä',
      'organisation',
      'organisationen',
      'part',
      'bokare',
      'arrangör',
      'party',
      'organizer',
      'organiser',
      'booked by',
      'agency',
    ],
  },
  {
    key: 'from',
    form: 'instant',
    required: true,
    words: [
      'alkaa',
      'alku',
      'alkuaika',
      'alkaen',
      'börjar',
      'start',
      'starts',
      'starttid',
      'from',
      'start time',
      'begin',
      'dtstart',
    ],
  },
  {
    key: 'to',
    form: 'instant',
    words: ['päättyy', 'loppu', 'loppuaika', 'asti', 'slutar', 'slut', 'sluttid', 'end', 'ends', 'end time', 'dtend'],
  },
  { key: 'hours', form: 'decimal', words: ['tunnit', 'kesto', 'timmar', 'längd', 'hours', 'duration'] },
  ZONE_FIELD,
]

type Booked = {
  row: RowReader
  device: string
  organisation: string
  zone: string
  from: Stamp
  to: Stamp | null
  hoursMs: number | null
}

export const USAGE_RULES: ImportRules = {
  fields: USAGE_FIELDS,
  *read(sheet) {
    const booked: Booked[] = []
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      const device = row.device('device')
      const organisation = row.organisation('organisation')
      const [fromText, toText] = [row.text('from'), row.text('to')]
      const from = fromText === null ? null : stampIn(row, fromText, 'from')
      const to = toText === null ? null : stampIn(row, toText, 'to')
      const hoursMs = toText === null ? hoursOf(row) : null
      if (row.failed() || device === null || organisation === null || from === null) continue
      const zone = zoneOf(row, device, sheet.known.premises)
      if (zone === null) continue
      if (to === null && hoursMs === null) {
        row.tell('to', 'missing', 'The end is missing: write it, or the hours.')
        continue
      }
      booked.push({ row, device: device.id, organisation, zone, from, to, hoursMs })
    }
    const usage: UsageRecord[] = []
    for (const one of booked) {
      const from = instantIn(one, one.from, 'from')
      const to = one.to === null ? (from === null ? null : from + one.hoursMs!) : instantIn(one, one.to, 'to')
      if (from === null || to === null) continue
      if (to <= from) {
        one.row.tell('to', 'dates-reversed', 'The end is not after the start.')
        continue
      }
      sheet.origin.set(`/usage/${usage.length}`, one.row.row)
      usage.push({
        device: one.device,
        organisation: one.organisation,
        from: formatInstant(from),
        to: formatInstant(to),
      })
    }
    yield
    sheet.bundle.usage = usage
  },
}

/** Each booking stands alone: the order of others says nothing about a repeated hour. */
function instantIn({ row, zone }: Booked, stamp: Stamp, key: string): number | null {
  const [found] = resolveStamps([stamp], zone)
  if (found === undefined) return null
  if ('at' in found) return found.at
  row.tell(key, found.problem, stampSentence(found.problem, row.raw(key), zone))
  return null
}

/** Hours as milliseconds; `1,5` and `1:30` are the same. */
function hoursOf(row: RowReader): number | null {
  const text = row.raw('hours')
  if (text === '') return null
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(text)
  if (clock !== null) return Number(clock[1]) * 3_600_000 + Number(clock[2]) * 60_000
  const decimal = decimalOf(decimalOfCell(text) ?? '')
  const ms =
    decimal === null || decimal.digits <= 0n ? null : (decimal.digits * 3_600_000n) / 10n ** BigInt(decimal.scale)
  if (ms === null || ms > 366n * 86_400_000n) {
    row.tell('hours', 'invalid-number', `“${text.slice(0, 40)}” is no number of hours.`)
    return null
  }
  return Number(ms)
}
