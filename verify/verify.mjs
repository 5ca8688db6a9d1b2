#!/usr/bin/env node
// verify.mjs: recomputes every cent of a settlement from a proof file, and says OK or names the first difference.
//
// It is meant to be kept and run by the party that did NOT make the settlement. It needs nothing but Node 20 or newer:
// no database, no network, no package. It shares no line with the program that made the settlement; both were
// written from the same rules, and a difference between them is what this program is there to find.
//
//   node verify.mjs FILE [--period YYYY-MM] [--keys KEYS.json] [--json] [--quiet]
//   node verify.mjs --chain OLDEST … NEWEST      copies of the chain kept over time against the newest one
//   node verify.mjs --settle BUNDLE PREMISES YYYY-MM   just recompute a draft and print it
//   node verify.mjs --marks BUNDLE               print the marks that a proof file carries for this bundle
//
// Exit code: 0 OK, 1 a difference or an unreadable file, 2 wrong usage. The file format is described in docs/PROOF.md.
//
// Contents: 1 exact numbers · 2 calendar · 3 reading the bundle · 4 consumption · 5 tariffs · 6 cost items and
// segments · 7 split methods · 8 statements and transfers · 9 the settlement and its adjustments · 10 digests and the
// chain · 11 marks · 12 countersignatures · 13 verification · 14 comparing chains · 15 command line

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import process from 'node:process'

/** The order of texts by their code units: the ids that are sorted here are plain ASCII. */
const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** Something in a file that cannot be worked with; `where` is a JSON Pointer or a name. Shown as one sentence. */
export class Problem extends Error {
  constructor(where, sentence) {
    super(where ? `${where}: ${sentence}` : sentence)
    this.name = 'Problem'
  }
}

const MAX_FILE_BYTES = 500_000_000
const MAX_DIGITS = 40
const MAX_EXPONENT = 30

// ── 1. Exact numbers ─────────────────────────────────────────────────────────────────────────────────────────────────
// Everything is a bigint or a fraction {n, d} of two bigints with d > 0. No binary floating point touches an amount.

const gcd = (a, b) => {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y) [x, y] = [y, x % y]
  return x
}
const fraction = (n, d = 1n) => {
  const [num, den] = d < 0n ? [-n, -d] : [n, d]
  const g = gcd(num, den)
  return g > 1n ? { n: num / g, d: den / g } : { n: num, d: den }
}
const ZERO = { n: 0n, d: 1n }
const ONE = { n: 1n, d: 1n }
const add = (a, b) => (a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d))
const mul = (a, b) => fraction(a.n * b.n, a.d * b.d)
const div = (a, b) => fraction(a.n * b.d, a.d * b.n)
const sub = (a, b) => add(a, { n: -b.n, d: b.d })
const compare = (a, b) => {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
const sum = (list) => list.reduce(add, ZERO)
const largest = (list) => list.reduce((most, next) => (compare(next, most) > 0 ? next : most), list[0] ?? ZERO)

/** The largest whole number not above n/d. */
const floorDivide = (n, d) => (n % d !== 0n && n < 0n ? n / d - 1n : n / d)
/** n/d to the nearest whole number, half away from zero (d > 0). */
const roundDivide = (n, d) => (n < 0n ? -((-n * 2n + d) / (2n * d)) : (n * 2n + d) / (2n * d))

/** A decimal as it travels (a string, or a JSON number by its shortest form) as an exact fraction; null if it is none. */
function readDecimal(value) {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.length > MAX_DIGITS * 2) return null
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (!match) return null
  const [, sign, whole, decimals = '', power = '0'] = match
  if (typeof value !== 'number' && power !== '0') return null
  if (whole.length > MAX_DIGITS || decimals.length > MAX_DIGITS || Math.abs(Number(power)) > MAX_EXPONENT) return null
  const n = BigInt(sign + whole + decimals)
  const exponent = Number(power) - decimals.length
  return exponent < 0 ? fraction(n, 10n ** BigInt(-exponent)) : fraction(n * 10n ** BigInt(exponent))
}
function decimal(value, where) {
  const read = readDecimal(value)
  if (!read)
    throw new Problem(where, `${JSON.stringify(value)} is not a decimal number of at most ${MAX_DIGITS} digits`)
  return read
}
/** An amount of money that must come in whole cents. */
function wholeCents(value, where) {
  const cents = mul(decimal(value, where), { n: 100n, d: 1n })
  if (cents.d !== 1n) throw new Problem(where, `${value} is not in whole cents`)
  return cents.n
}
/** A meter value, rounded once on arrival to 6 decimals; a whole number of millionths. Null for a text or a switch. */
function readMicro(value) {
  const read = readDecimal(value)
  return read && roundDivide(read.n * 1_000_000n, read.d)
}

const formatCents = (cents) => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
/** A fraction rounded half away from zero to some decimals, without trailing zeros. */
function formatDecimal(value, decimals) {
  const scaled = roundDivide(value.n * 10n ** BigInt(decimals), value.d)
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0')
  const text = `${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}`
  return (scaled < 0n ? '-' : '') + text.replace(/\.?0+$/, '')
}

/**
 * Largest remainder: whole cents for exact shares (in cents) that add up to `cents` give or take its rounding. Each is
 * rounded down; the cents left over go to the largest fractional remainders, ties to the earlier. Of a negative amount all signs are
 * turned first.
 */
export function allot(cents, exactShares) {
  if (cents < 0n) {
    return allot(
      -cents,
      exactShares.map(({ n, d }) => ({ n: -n, d })),
    ).map((part) => -part)
  }
  const parts = exactShares.map(({ n, d }) => floorDivide(n, d))
  const order = exactShares.map(({ n, d }, i) => ({ i, rest: { n: n - parts[i] * d, d } }))
  order.sort((a, b) => compare(b.rest, a.rest) || a.i - b.i)
  const left = Number(cents - parts.reduce((a, b) => a + b, 0n))
  for (const { i } of order.slice(0, left)) parts[i] += 1n
  return parts
}
/** Divides cents in proportion to weights; null if no weight is above zero although there are cents. */
export function divide(cents, weights) {
  const whole = sum(weights)
  if (whole.n === 0n) return cents === 0n ? weights.map(() => 0n) : null
  return allot(
    cents,
    weights.map((weight) => div(mul(weight, { n: cents, d: 1n }), whole)),
  )
}

// ── 2. Calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────
// A local date is a day number (days since 1970-01-01); an instant is milliseconds since 1970 in UTC. The time zone is
// always that of the premises; the zone of the machine plays no part.

const DAY_MS = 86_400_000
const QUARTER_MS = 900_000

const dates = new Map() // a file has many instants on few dates
function readDate(text) {
  if (dates.has(text)) return dates.get(text)
  const match = typeof text === 'string' && /^([1-9]\d{3})-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return null
  const [year, month, day] = match.slice(1).map(Number)
  const ms = Date.UTC(year, month - 1, day)
  const real = new Date(ms).getUTCMonth() === month - 1 && new Date(ms).getUTCDate() === day
  dates.set(text, real ? ms / DAY_MS : null)
  return dates.get(text)
}
const formatDate = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10)
/** 1 is Monday, 7 is Sunday; day 0 was a Thursday. */
const weekday = (day) => ((((day + 3) % 7) + 7) % 7) + 1

function readInstant(text) {
  const match =
    typeof text === 'string' &&
    /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d\d):?(\d\d))$/i.exec(
      text,
    )
  if (!match) return null
  const [, date, hour, minute, second = '0', part = '0', sign, offsetHour = '0', offsetMinute = '0'] = match
  const day = readDate(date)
  if (day === null) return null
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 * (sign === '-' ? -1 : 1)
  const clock =
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(part.padEnd(3, '0').slice(0, 3))
  return day * DAY_MS + clock - offset
}
const formatInstant = (ms) => new Date(ms).toISOString()

function readPeriod(text) {
  const first = typeof text === 'string' && /^\d{4}-\d\d$/.test(text) ? readDate(`${text}-01`) : null
  if (first === null) return null
  const [year, month] = text.split('-').map(Number)
  return { period: text, first, end: Date.UTC(year, month, 1) / DAY_MS, index: year * 12 + month - 1 }
}
const periodOfDay = (day) => formatDate(day).slice(0, 7)

const clocks = new Map()
/** How far the local clock is ahead of UTC at an instant, in ms. */
function offsetAt(zone, ms) {
  let clock = clocks.get(zone)
  if (!clock) {
    try {
      const parts = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((part) => [part, 'numeric'])
      const options = { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' }
      clock = new Intl.DateTimeFormat('en-US', { ...options, ...Object.fromEntries(parts) })
    } catch {
      throw new Problem('', `the time zone ${JSON.stringify(zone)} is not known`)
    }
    clocks.set(zone, clock)
  }
  const whole = Math.floor(ms / 1000) * 1000
  const part = {}
  for (const { type, value } of clock.formatToParts(whole)) part[type] = Number(value)
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - whole
}
/** The first instant of a local date: local midnight, the earlier one if there are two, or the end of a gap over it. */
export function startOfDay(zone, day) {
  const midnight = day * DAY_MS
  const offsets = [...new Set([midnight - DAY_MS, midnight + DAY_MS].map((ms) => offsetAt(zone, ms)))]
  const fits = offsets.map((offset) => midnight - offset).filter((ms) => ms + offsetAt(zone, ms) === midnight)
  if (fits.length > 0) return Math.min(...fits)
  let [low, high] = [midnight - DAY_MS, midnight + DAY_MS]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (middle + offsetAt(zone, middle) >= midnight) high = middle
    else low = middle
  }
  return high
}

const grids = new Map()
/**
 * A month as a row of quarters: `starts[i]` is the instant at which its i-th day begins (one more for the end), and for
 * each quarter the day of the month (from 0), the minute of the local clock, and a running number of its clock hour.
 */
function monthGrid(zone, period) {
  const key = `${zone} ${period}`
  if (grids.has(key)) return grids.get(key)
  const month = readPeriod(period)
  const dayCount = month.end - month.first
  const starts = Array.from({ length: dayCount + 1 }, (_, i) => startOfDay(zone, month.first + i))
  if (starts.some((ms) => ms % QUARTER_MS !== 0))
    throw new Problem('', `days in ${zone} do not begin on a quarter in ${period}`)
  const firstQuarter = starts.map((ms) => (ms - starts[0]) / QUARTER_MS)
  const quarterCount = firstQuarter[dayCount]
  const grid = { ...month, zone, dayCount, starts, firstQuarter, quarterCount, dayOf: [], minuteOf: [], hourOf: [] }
  let hour = -1
  let hourKey = ''
  for (let day = 0; day < dayCount; day++) {
    const steady = offsetAt(zone, starts[day]) === offsetAt(zone, starts[day + 1]) ? offsetAt(zone, starts[day]) : null
    for (let quarter = firstQuarter[day]; quarter < firstQuarter[day + 1]; quarter++) {
      const ms = starts[0] + quarter * QUARTER_MS
      const offset = steady ?? offsetAt(zone, ms)
      const key = `${Math.floor((ms + offset) / 3_600_000)} ${offset}` // an hour that the clock shows twice is two hours
      if (key !== hourKey) hour += 1
      hourKey = key
      grid.dayOf.push(day)
      grid.minuteOf.push(((((ms + offset) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000)
      grid.hourOf.push(hour)
    }
  }
  grids.set(key, grid)
  return grid
}

// ── 3. Reading the bundle ────────────────────────────────────────────────────────────────────────────────────────────
// First the form of every member is checked, so that a broken file gives a sentence with its place; then an index is
// made. An object whose id is listed twice stands as listed last; readings, prices and usage are added up.

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const is = (test, what) => (value, where) => {
  if (!test(value)) throw new Problem(where, `${shorten(value)} is not ${what}`)
}
const shorten = (value) => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
const text = is((value) => typeof value === 'string', 'a text')
const name = is((value) => typeof value === 'string' && value !== '', 'a name')
const id = is((value) => typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,62}$/.test(value), 'an id')
const date = is((value) => readDate(value) !== null, 'a date YYYY-MM-DD')
const instant = is((value) => readInstant(value) !== null, 'an instant with an offset or Z')
const number = is((value) => readDecimal(value) !== null, `a decimal number of at most ${MAX_DIGITS} digits`)
const positive = is((value) => (readDecimal(value)?.n ?? -1n) >= 0n, 'a number of zero or more')
const count = is((value) => Number.isSafeInteger(value) && value > 0, 'a whole number above zero')
const flag = is((value) => typeof value === 'boolean', 'true or false')
const oneOf = (...words) => is((value) => words.includes(value), `one of ${words.join(', ')}`)
const clockTime = is((value) => clockMinutes(value) !== null, 'a clock time on a quarter')

/**
 * Checks a value against a form: a test of one value, [form] for a list, or an object of forms by member, where a member
 * with a question mark may be absent or null.
 */
function conform(form, value, where) {
  if (typeof form === 'function') return form(value, where)
  if (Array.isArray(form) !== Array.isArray(value) || typeof value !== 'object' || value === null)
    throw new Problem(where, `${Array.isArray(form) ? 'a list' : 'an object'} is missing here`)
  if (Array.isArray(form)) return value.forEach((member, i) => conform(form[0], member, `${where}/${i}`))
  for (const member of Object.keys(form)) {
    const key = member.replace('?', '')
    if (key === member || value[key] != null) conform(form[member], value[key], `${where}/${key}`)
  }
}
const mapOf = (form) => (value, where) => {
  conform({}, value, where)
  for (const key of Object.keys(value)) conform(form, value[key], `${where}/${key}`)
}
const row =
  (...tests) =>
  (value, where) => {
    if (!Array.isArray(value) || value.length < tests.length)
      throw new Problem(where, `${tests.length} values belong here`)
    tests.forEach((test, i) => test(value[i], `${where}/${i}`))
  }
const choice = (key, forms) => (value, where) => {
  conform({ [key]: oneOf(...Object.keys(forms)) }, value, where)
  conform(forms[value[key]], value, where)
}
const dated = (form) => (value, where) => {
  conform({ from: date, 'to?': date, ...form }, value, where)
  if (value.to != null && value.to < value.from)
    throw new Problem(where, `it ends (${value.to}) before it begins (${value.from})`)
}
function clockMinutes(value) {
  const match = typeof value === 'string' && /^([01]\d|2[0-4]):(00|15|30|45)$/.exec(value)
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : null
  return minutes !== null && minutes <= 1440 ? minutes : null
}

const vat = (value, where) => {
  conform({ category: oneOf('S', 'Z', 'E', 'O', 'AE'), 'rate?': positive }, value, where)
  if (value.category === 'S') positive(value.rate, `${where}/rate`)
  else if (readDecimal(value.rate ?? '0').n !== 0n)
    throw new Problem(`${where}/rate`, `category ${value.category} has the rate 0`)
}
const pointRef = { device: id, point: name }
const method = (value, where) => methodForm(value, where) // a method may hold methods
const methodForm = choice('by', {
  fixed: { shares: mapOf(positive) },
  equal: {},
  area: { 'useWeights?': mapOf(positive) },
  headcount: {},
  usage: { 'devices?': [id] },
  ownership: {},
  direct: { party: id },
  metered: { 'main?': pointRef, meters: mapOf([pointRef]), remainder: method, 'allowEstimated?': flag },
  mix: { parts: [{ weight: positive, method }] },
})
const component = choice('kind', {
  energy: { price: number, 'when?': { 'months?': [count], 'days?': [count], 'from?': clockTime, 'to?': clockTime } },
  spot: { series: id, 'factor?': number, 'margin?': number },
  stepped: { steps: [{ 'upTo?': positive, price: number }] },
  peak: { price: number, 'minimum?': number },
  fixed: { amount: number },
})
const meterChange = { at: instant, final: number, initial: number }
const point = {
  key: name,
  'unit?': text,
  'kind?': text,
  'rollover?': number,
  'multiplier?': number,
  'meterChanges?': [meterChange],
}
const purchase = { cost: number, 'residual?': number, date, usefulLifeMonths: count, payer: id, 'category?': text, vat }
const version = { version: count, rules: [{ category: text, method }], 'approvals?': [{ organisation: id }] }
const cost = { id, premises: id, category: text, payer: id }

/** What each list of a bundle is made of. Members that have no bearing on a cent are not looked at. */
const BUNDLE = {
  organisations: { id },
  premises: {
    id,
    timeZone: name,
    landlord: id,
    'spaces?': [{ id, use: oneOf('exclusive', 'common', 'technical'), areaM2: positive }],
    'tenancies?': [dated({ space: id, organisation: id })],
    'headcounts?': [dated({ organisation: id, people: positive })],
    'demonstration?': flag,
  },
  devices: {
    id,
    premises: id,
    'points?': [point],
    'ownership?': [dated({ shares: mapOf(positive) })],
    'acquisition?': purchase,
    'simulated?': flag,
  },
  priceSeries: { id, unit: text, 'values?': [row(instant, text, number)] },
  tariffs: { id, unit: text, versions: [dated({ vat, components: [component] })] },
  agreements: { id, premises: id, parties: [id], versions: [dated(version)] },
  meteredCosts: dated({ ...cost, meter: pointRef, tariff: id, 'allowEstimated?': flag }),
  recurringCosts: dated({ ...cost, amount: number, vat }),
  invoices: { ...cost, net: number, vat, serviceFrom: date, serviceTo: date, 'device?': id },
  usage: { device: id, organisation: id, from: instant, to: instant },
  readings: { device: id, point: name, values: [row(instant)] },
}

/** Checks the form of a bundle; throws a Problem with the place of the first fault. */
export function checkBundle(bundle, where = '') {
  conform(Object.fromEntries(Object.entries(BUNDLE).map(([kind, form]) => [`${kind}?`, [form]])), bundle, where)
}

/** A bundle by id, with what has been computed from it so far. */
function openBundle(bundle) {
  checkBundle(bundle)
  const index = { computed: new Map(), simulated: new Set() }
  for (const kind of ['premises', 'devices', 'tariffs', 'agreements', 'meteredCosts', 'recurringCosts', 'invoices']) {
    index[kind] = new Map((bundle[kind] ?? []).map((object) => [object.id, object]))
  }
  index.series = new Map()
  for (const { id, unit, values } of bundle.priceSeries ?? []) {
    index.series.set(id, { id, unit, values: [...(index.series.get(id)?.values ?? []), ...(values ?? [])] })
  }
  index.readings = new Map()
  for (const { device, point, values } of bundle.readings ?? []) {
    const key = `${device}/${point}`
    if (!index.readings.has(key)) index.readings.set(key, [])
    index.readings.get(key).push(values)
  }
  const records = (bundle.usage ?? []).map((u) => ({ ...u, from: readInstant(u.from), to: readInstant(u.to) }))
  index.usage = [...new Map(records.map((u) => [`${u.device} ${u.organisation} ${u.from} ${u.to}`, u])).values()]
  return index
}
/** A result that is computed once per bundle. */
function once(index, key, compute) {
  if (!index.computed.has(key)) index.computed.set(key, compute())
  return index.computed.get(key)
}
function find(index, kind, id, namedBy) {
  const object = index[kind].get(id)
  if (!object) throw new Problem(namedBy, `it names ${id}, which is not among the ${kind} of the bundle`)
  return object
}

// ── 4. Consumption ───────────────────────────────────────────────────────────────────────────────────────────────────
// A meter gives, for the days of an item, one quantity per quarter. Quantities are kept as whole numbers of a quarter of
// a millionth of the meter's unit (an hour's millionths divided evenly over its four quarters stay whole);
// `scale` turns a sum of them into the base unit of the family: watt-hours or litres, multiplier included.

const UNITS = {
  Wh: ['energy', ONE],
  kWh: ['energy', fraction(1000n)],
  MWh: ['energy', fraction(1_000_000n)],
  GJ: ['energy', fraction(2_500_000n, 9n)],
  l: ['volume', ONE],
  m3: ['volume', fraction(1000n)],
}
/** The family of a unit and its size in the family's base unit; a unit we do not know is a family of its own. */
const unitOf = (unit) =>
  Object.hasOwn(UNITS, unit) ? { family: UNITS[unit][0], size: UNITS[unit][1] } : { family: `unit ${unit}`, size: ONE }
function requireFamily(a, b, where) {
  if (unitOf(a).family !== unitOf(b).family) throw new Problem(where, `${a} and ${b} are not units of one family`)
}

const TAIL_MS = 28 * 24 * 3_600_000
const MOST_ESTIMATED = fraction(1n, 5n)

/** The point that a reference names, with its device. */
function pointOf(index, { device, point }, namedBy) {
  const owner = find(index, 'devices', device, namedBy)
  const found = (owner.points ?? []).find(({ key }) => key === point)
  if (!found) throw new Problem(namedBy, `device ${device} has no point ${point}`)
  return { ...found, device: owner, name: `${device}/${point}` }
}

/** Readings of a point by instant: [ms, millionths], ascending; of two with one instant the later listed stands. */
function readingsOf(index, name) {
  return once(index, `readings ${name}`, () => readRows(index, name))
}
function readRows(index, name) {
  const byInstant = new Map()
  for (const values of index.readings.get(name) ?? []) {
    for (const [at, value] of values) {
      const micro = typeof value === 'boolean' ? null : readMicro(value)
      if (micro !== null) byInstant.set(readInstant(at), micro)
    }
  }
  return [...byInstant].sort((a, b) => a[0] - b[0])
}

/**
 * What a meter measured in the days [from, to) of a month (day numbers from 0 in the month), once per meter and span:
 * {code, detail} when it cannot be told, else {quarters, first, total, scale, estimated} with `quarters[i]` for quarter
 * `first + i` of the month, and `estimated` the estimated part of the quantity from 0 to 1.
 */
function measure(index, ref, grid, from, to, namedBy) {
  const point = pointOf(index, ref, namedBy)
  if (point.device.simulated === true) index.simulated.add(point.device.id)
  return once(index, `meter ${point.name} ${grid.zone} ${grid.period} ${from} ${to}`, () => {
    const [first, end] = [grid.firstQuarter[from], grid.firstQuarter[to]]
    const byKind = { counter: measureCounter, interval: measureInterval }
    if (!Object.hasOwn(byKind, point.kind))
      throw new Problem(namedBy, `${point.name} is neither a counter nor an interval point`)
    const measured = byKind[point.kind](index, point, grid, first, end)
    return { ...measured, name: point.name, first, ...weigh(measured, point, end - first) }
  })
}
function weigh(measured, point, quarterCount) {
  const multiplier = decimal(point.multiplier ?? '1', `device ${point.device.id}`)
  const scale = mul(mul(multiplier, unitOf(point.unit).size), fraction(1n, 4_000_000n))
  if (measured.code) return { scale, total: 0n, estimated: ZERO }
  const total = measured.quarters.reduce((a, b) => a + b, 0n)
  const byTime = total === 0n || multiplier.n === 0n
  const estimated = byTime
    ? fraction(BigInt(measured.estimatedMs), BigInt(quarterCount * QUARTER_MS))
    : fraction(measured.estimatedAmount, total)
  return { scale, total, estimated }
}

function measureCounter(index, point, grid, first, end) {
  const rollover = point.rollover == null ? null : readMicro(point.rollover)
  const byInstant = new Map(
    readingsOf(index, point.name).map(([at, micro]) => [at, { at, arrives: micro, leaves: micro }]),
  )
  for (const change of point.meterChanges ?? []) {
    const at = readInstant(change.at)
    byInstant.set(at, { at, arrives: readMicro(change.final), leaves: readMicro(change.initial) })
  }
  const readings = [...byInstant.values()].sort((a, b) => a.at - b.at)
  const [startMs, endMs] = [grid.starts[0] + first * QUARTER_MS, grid.starts[0] + end * QUARTER_MS]
  const last = readings.length - 1
  if (readings.length < 2 || readings[0].at >= endMs) {
    return {
      code: 'no-readings',
      detail: `${point.name} has ${readings.length} reading(s), none of them for the days of the item`,
    }
  }

  // The running total over roll-overs and meter changes; `falls[i]` marks a step from reading i-1 to i that went back.
  const totals = [readings[0].arrives]
  const falls = [false]
  for (let i = 1; i <= last; i++) {
    const [before, now] = [readings[i - 1].leaves, readings[i].arrives]
    const rolls = now < before && rollover !== null && before * 10n >= rollover * 9n && now * 10n <= rollover
    totals.push(totals[i - 1] + now - before + (rolls ? rollover : 0n))
    falls.push(now < before && !rolls)
  }

  const usedFrom = Math.max(
    0,
    readings.findLastIndex(({ at }) => at <= startMs),
  )
  const after = readings.findIndex(({ at }) => at >= endMs)
  const usedTo = after === -1 ? last : after
  const tailFrom = Math.min(
    readings.findIndex(({ at }) => at >= readings[last].at - TAIL_MS),
    last - 1,
  )
  for (let i = 1; i <= last; i++) {
    const inTail = after === -1 && i > tailFrom
    if (falls[i] && ((i > usedFrom && i <= usedTo) || inTail)) {
      return {
        code: 'counter-went-back',
        detail: `${point.name} fell between ${formatInstant(readings[i - 1].at)} and ${formatInstant(readings[i].at)}`,
      }
    }
  }

  let left = usedFrom
  const valueAt = (ms) => {
    while (left < last && readings[left + 1].at <= ms) left += 1
    if (ms <= readings[left].at) return totals[left] // on a reading, or before the first one
    const [i, j] = left === last ? [tailFrom, last] : [left, left + 1]
    const span = BigInt(readings[j].at - readings[i].at)
    return roundDivide(totals[left] * span + (totals[j] - totals[i]) * BigInt(ms - readings[left].at), span)
  }
  const boundaries = Array.from({ length: end - first + 1 }, (_, i) => valueAt(startMs + i * QUARTER_MS))
  const quarters = boundaries.slice(1).map((value, i) => (value - boundaries[i]) * 4n)
  const lastAt = readings[last].at
  const estimatedMs = after === -1 ? endMs - Math.max(lastAt, startMs) : 0
  const measuredEnd = after === -1 ? (lastAt > startMs ? totals[last] : boundaries[0]) : boundaries.at(-1)
  return { quarters, estimatedMs, estimatedAmount: (boundaries.at(-1) - measuredEnd) * 4n }
}

function measureInterval(index, point, grid, first, end) {
  const hourly = point.interval === 'PT1H'
  if (!hourly && point.interval !== 'PT15M')
    throw new Problem(point.name, 'an interval point needs an interval of PT15M or PT1H')
  const known = Array.from({ length: grid.quarterCount }, () => null)
  for (const [at, micro] of readingsOf(index, point.name)) {
    const quarter = (at - grid.starts[0]) / QUARTER_MS
    if (quarter <= -4 || quarter >= grid.quarterCount) continue
    if (micro < 0n)
      throw new Problem(
        `reading of ${point.name} at ${formatInstant(at)}`,
        'the consumption of an interval is below zero',
      )
    if (!Number.isInteger(quarter))
      throw new Problem(`reading of ${point.name} at ${formatInstant(at)}`, 'an interval begins on a quarter')
    for (let i = 0; i < (hourly ? 4 : 1); i++) {
      if (quarter + i >= 0 && quarter + i < grid.quarterCount) known[quarter + i] = hourly ? micro : micro * 4n
    }
  }

  // Sums and counts of the measured quarters: of the whole month, per clock quarter, and per clock quarter and day.
  const sums = new Map()
  const note = (key, amount) => {
    const entry = sums.get(key) ?? { amount: 0n, count: 0n }
    sums.set(key, { amount: entry.amount + amount, count: entry.count + 1n })
  }
  known.forEach((amount, q) => {
    if (amount === null) return
    for (const key of ['month', `${grid.minuteOf[q]}`, `${grid.minuteOf[q]} ${grid.dayOf[q]}`]) note(key, amount)
  })
  if (!sums.has('month'))
    return { code: 'no-readings', detail: `${point.name} has no measured interval in ${grid.period}` }
  const none = { amount: 0n, count: 0n }
  const estimate = (q) => {
    const [clock, sameDay] = [
      sums.get(`${grid.minuteOf[q]}`) ?? none,
      sums.get(`${grid.minuteOf[q]} ${grid.dayOf[q]}`) ?? none,
    ]
    const others = { amount: clock.amount - sameDay.amount, count: clock.count - sameDay.count }
    const { amount, count } = others.count > 0n ? others : sums.get('month')
    return roundDivide(amount, count * 4n) * 4n // a mean is rounded to 6 decimals
  }
  let estimatedMs = 0
  let estimatedAmount = 0n
  const quarters = known.slice(first, end).map((amount, i) => {
    if (amount !== null) return amount
    const guess = estimate(first + i)
    estimatedMs += QUARTER_MS
    estimatedAmount += guess
    return guess
  })
  return { quarters, estimatedMs, estimatedAmount }
}

/** What the quarters of the days [from, to) add up to, before scaling; each may be weighed. */
function amountOf(measured, grid, from, to, weigh = (quantity) => quantity) {
  let amount = 0n
  for (let q = grid.firstQuarter[from]; q < grid.firstQuarter[to]; q++)
    amount += weigh(measured.quarters[q - measured.first], q)
  return fraction(amount)
}
/** The quantity of the days [from, to) of the month in the family's base unit. */
const quantity = (measured, grid, from, to) => mul(amountOf(measured, grid, from, to), measured.scale)

// ── 5. Tariffs ───────────────────────────────────────────────────────────────────────────────────────────────────────

const covers = ({ from, to }, day) => readDate(from) <= day && (to == null || day < readDate(to))

/** The version of a tariff that holds on a day, or null. */
function tariffVersion(tariff, day) {
  const found = tariff.versions.filter((version) => covers(version, day))
  if (found.length > 1) throw new Problem(`tariff ${tariff.id}`, `two versions hold on ${formatDate(day)}`)
  return found[0] ?? null
}

function readInterval(text) {
  const match = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(text)
  const minutes = match ? (Number(match[1] ?? 0) * 24 + Number(match[2] ?? 0)) * 60 + Number(match[3] ?? 0) : 0
  return minutes > 0 ? minutes * 60_000 : null
}
/**
 * The price of each quarter of a month from a series, as whole numbers over one scale; null where no interval covers
 * the whole quarter. The shortest interval counts; of two alike the later listed.
 */
function seriesPrices(series, grid) {
  const values = series.values.map(([at, interval, price], i) => {
    const length = readInterval(interval)
    if (length === null)
      throw new Problem(`price series ${series.id}`, `${shorten(interval)} is not an interval such as PT15M or PT1H`)
    return { at: readInstant(at), length, price: readDecimal(price), i }
  })
  values.sort((a, b) => b.length - a.length || a.i - b.i) // the one that counts most comes last and overwrites
  const scale = values.reduce(
    (most, { price }) => (most % price.d === 0n ? most : (most * price.d) / gcd(most, price.d)),
    1n,
  )
  const prices = Array.from({ length: grid.quarterCount }, () => null)
  for (const { at, length, price } of values) {
    const from = Math.max(0, Math.ceil((at - grid.starts[0]) / QUARTER_MS))
    const to = Math.min(grid.quarterCount, Math.floor((at + length - grid.starts[0]) / QUARTER_MS))
    for (let q = from; q < to; q++) prices[q] = (price.n * scale) / price.d
  }
  return { prices, scale }
}

/** A test for the quarters that an energy price is for. The part of a span after midnight belongs to the day it falls on. */
function matcher(when, grid) {
  if (when == null) return () => true
  const from = clockMinutes(when.from ?? '00:00')
  const to = clockMinutes(when.to ?? '24:00')
  const month = (grid.index % 12) + 1
  if (when.months != null && !when.months.includes(month)) return () => false
  return (q) => {
    const minute = grid.minuteOf[q]
    if (when.days != null && !when.days.includes(weekday(grid.first + grid.dayOf[q]))) return false
    if (from === to) return true
    return from < to ? from <= minute && minute < to : from <= minute || minute < to
  }
}

/** The price of the first `amount` units of a month by steps. */
function steppedCost(steps, amount, where) {
  let [price, below] = [ZERO, ZERO]
  for (const step of steps) {
    const upTo = step.upTo == null ? null : readDecimal(step.upTo)
    if (upTo && compare(upTo, below) <= 0) throw new Problem(where, 'steps do not go up')
    const top = upTo && compare(upTo, amount) < 0 ? upTo : amount
    if (compare(top, below) > 0) price = add(price, mul(readDecimal(step.price), sub(top, below)))
    if (!upTo || compare(upTo, amount) >= 0) return price
    below = upTo
  }
  throw new Problem(where, 'the last step has an end, and more was consumed')
}

/**
 * The cost of a meter for the days [from, to) of a month by its tariff, cut at `segments` ([{from, to}]): the exact
 * amount in cents of each segment, or {code, detail}.
 */
function priceMetered(index, item, grid, measured, segments) {
  const tariff = item.tariff
  const versions = new Map() // version → its days, in the order of the days
  for (let day = item.from; day < item.to; day++) {
    const version = tariffVersion(tariff, grid.first + day)
    if (!version)
      return { code: 'no-price', detail: `tariff ${tariff.id} has no version for ${formatDate(grid.first + day)}` }
    if (!versions.has(version)) versions.set(version, { from: day })
    versions.get(version).to = day + 1
  }
  const toTariff = div(measured.scale, unitOf(tariff.unit).size)
  const amounts = segments.map(() => ZERO)
  let reached = ZERO // the month's quantity so far, for steps
  for (const [version, days] of versions) {
    const spans = segments.map(({ from, to }) => ({ from: Math.max(from, days.from), to: Math.min(to, days.to) }))
    const consumed = spans.map(({ from, to }) => (from < to ? mul(amountOf(measured, grid, from, to), toTariff) : ZERO))
    const ofVersion = sum(consumed)
    for (const part of version.components) {
      const charges = CHARGES[part.kind]({
        index,
        part,
        item,
        grid,
        measured,
        spans,
        consumed,
        ofVersion,
        reached,
        toTariff,
      })
      if (charges.code) return charges
      charges.forEach((euros, s) => (amounts[s] = add(amounts[s], mul(euros, fraction(100n)))))
    }
    reached = add(reached, ofVersion)
  }
  return { amounts }
}

/** For each kind of component: the exact charge in euros for each span (empty where from ≥ to), or {code, detail}. */
const CHARGES = {
  energy({ part, grid, measured, spans, toTariff }) {
    const matches = matcher(part.when, grid)
    return spans.map(({ from, to }) => {
      const amount = amountOf(measured, grid, from, to, (quantity, q) => (matches(q) ? quantity : 0n))
      return mul(mul(amount, toTariff), readDecimal(part.price))
    })
  },
  spot({ index, part, item, grid, measured, spans, consumed, toTariff }) {
    const series = spotSeries(index, part, item.tariff, grid)
    for (const { from, to } of spans) {
      const quarters = from < to ? series.prices.slice(grid.firstQuarter[from], grid.firstQuarter[to]) : []
      const missing = quarters.indexOf(null)
      if (missing === -1) continue
      const at = formatInstant(grid.starts[from] + missing * QUARTER_MS)
      return { code: 'no-price', detail: `price series ${part.series} has no price for ${at}` }
    }
    const factor = mul(mul(toTariff, series.toTariff), mul(readDecimal(part.factor ?? '1'), fraction(1n, series.scale)))
    return spans.map(({ from, to }, s) => {
      const worth = amountOf(measured, grid, from, to, (quantity, q) => quantity * series.prices[q])
      return add(mul(worth, factor), mul(consumed[s], readDecimal(part.margin ?? '0')))
    })
  },
  stepped({ part, item, consumed, ofVersion, reached }) {
    const where = `tariff ${item.tariff.id}`
    if (ofVersion.n === 0n) return consumed
    const before = steppedCost(part.steps, reached, where)
    const cost = sub(steppedCost(part.steps, add(reached, ofVersion), where), before)
    return consumed.map((quantity) => div(mul(cost, quantity), ofVersion))
  },
  peak({ part, item, grid, measured, spans }) {
    return byDays(spans, grid, mul(readDecimal(part.price), peakPower(item, grid, measured, part)))
  },
  fixed: ({ part, grid, spans }) => byDays(spans, grid, readDecimal(part.amount)),
}
/** An amount per month by the days of each span over those of the month. */
const byDays = (spans, grid, amount) =>
  spans.map(({ from, to }) => mul(amount, fraction(BigInt(Math.max(0, to - from)), BigInt(grid.dayCount))))

/** The series of a spot component, with what turns its price into one per unit of the tariff. */
function spotSeries(index, part, tariff, grid) {
  const series = find(index, 'series', part.series, `tariff ${tariff.id}`)
  const unit = /^EUR\/(.+)$/.exec(series.unit)?.[1]
  if (!unit) throw new Problem(`price series ${series.id}`, `${series.unit} is not a price such as EUR/MWh`)
  requireFamily(unit, tariff.unit, `tariff ${tariff.id}`)
  const key = `prices ${series.id} ${grid.zone} ${grid.period}`
  const toTariff = div(unitOf(tariff.unit).size, unitOf(unit).size)
  return { ...once(index, key, () => seriesPrices(series, grid)), toTariff }
}
/** The highest mean power of a clock hour of the item's days in kW, at least the minimum. */
function peakPower(item, grid, measured, part) {
  requireFamily(item.tariff.unit, 'kWh', `tariff ${item.tariff.id}, power charge`)
  const hours = new Map()
  measured.quarters.forEach((consumed, i) => {
    const hour = grid.hourOf[measured.first + i]
    hours.set(hour, (hours.get(hour) ?? 0n) + consumed)
  })
  const kiloWatts = [...hours.values()].map((consumed) =>
    mul(fraction(consumed), div(measured.scale, unitOf('kWh').size)),
  )
  return largest([readDecimal(part.minimum ?? '0'), ...kiloWatts])
}

// ── 6. Cost items and segments ───────────────────────────────────────────────────────────────────────────────────────
// An item has its days [from, to) as days of the month from 0, and either whole cents (`net`) with an exact amount by
// days, or a meter and a tariff.

const vatOf = ({ category, rate }) => ({ category, rate: formatDecimal(readDecimal(rate ?? '0'), MAX_DIGITS) })

/** The days of a dated row that fall in the month, [from, to) from 0; null if none do. */
function daysIn(grid, { from, to }) {
  const first = Math.max(readDate(from), grid.first)
  const end = Math.min(to == null ? grid.end : readDate(to), grid.end)
  return first < end ? { from: first - grid.first, to: end - grid.first } : null
}
/** An invoice's cents that fall on a month: by days, largest remainder, ties to the earlier month. */
function invoicePart(invoice, grid) {
  const [from, to] = [readDate(invoice.serviceFrom), readDate(invoice.serviceTo)]
  const net = wholeCents(invoice.net, `invoice ${invoice.id}`)
  const months = []
  for (let day = from; day < to;) {
    const month = readPeriod(periodOfDay(day))
    months.push({ period: month.period, days: BigInt(Math.min(month.end, to) - day) })
    day = month.end
  }
  const weights = months.map(({ days }) => fraction(days))
  const parts = divide(net, weights)
  return parts?.[months.findIndex(({ period }) => period === grid.period)] ?? 0n
}
/** The month's depreciation of a device in cents, or null outside its useful life. */
function depreciationPart(acquisition, grid, where) {
  const written = wholeCents(acquisition.cost, where) - wholeCents(acquisition.residual ?? '0', where)
  const month = grid.index - (readPeriod(acquisition.date.slice(0, 7)).index + 1) // 0 is the month after acquisition
  const months = acquisition.usefulLifeMonths
  if (month < 0 || month >= months) return null
  const size = written < 0n ? -written : written
  const part = size / BigInt(months) + (BigInt(month) < size % BigInt(months) ? 1n : 0n)
  return written < 0n ? -part : part
}

/** Every cost of the premises with days in the month, before it is cut into segments. */
function costsOf(index, premises, grid) {
  const costs = []
  const mine = (kind) => [...index[kind].values()].filter((object) => object.premises === premises.id)
  const put = (source, { id, category, payer, device = null }, days, fields) =>
    costs.push({ id: `${source}:${id}`, source, category, payer, device, ...days, ...fields })
  for (const invoice of mine('invoices')) {
    const days = daysIn(grid, { from: invoice.serviceFrom, to: invoice.serviceTo })
    if (invoice.serviceTo < invoice.serviceFrom)
      throw new Problem(`invoice ${invoice.id}`, 'its service ends before it begins')
    if (days) put('invoice', invoice, days, { vat: vatOf(invoice.vat), exact: fraction(invoicePart(invoice, grid)) })
  }
  for (const recurring of mine('recurringCosts')) {
    const days = daysIn(grid, recurring)
    if (!days) continue
    const part = fraction(100n * BigInt(days.to - days.from), BigInt(grid.dayCount))
    const exact = mul(readDecimal(recurring.amount), part)
    put('recurring', recurring, days, { vat: vatOf(recurring.vat), exact })
  }
  for (const device of mine('devices')) {
    const { acquisition } = device
    const part = acquisition == null ? null : depreciationPart(acquisition, grid, `device ${device.id}`)
    if (part === null) continue
    const bought = {
      id: device.id,
      category: acquisition.category ?? 'equipment',
      payer: acquisition.payer,
      device: device.id,
    }
    put('depreciation', bought, { from: 0, to: grid.dayCount }, { vat: vatOf(acquisition.vat), exact: fraction(part) })
  }
  for (const metered of mine('meteredCosts')) {
    const days = daysIn(grid, metered)
    if (!days) continue
    const where = `metered cost ${metered.id}`
    const tariff = find(index, 'tariffs', metered.tariff, where)
    requireFamily(pointOf(index, metered.meter, where).unit, tariff.unit, where)
    const { meter, allowEstimated = null } = metered
    put('metered', metered, days, { device: meter.device, meter, tariff, allowEstimated: allowEstimated === true })
  }
  return costs
}

/** The agreement version in force on a day of the premises, or null. */
function agreementOn(index, premises, day) {
  const inForce = []
  for (const agreement of index.agreements.values()) {
    if (agreement.premises !== premises.id) continue
    const { id, parties, versions } = agreement
    const isApproved = ({ approvals }) =>
      parties.every((party) => (approvals ?? []).some((by) => by.organisation === party))
    const approved = versions.filter((version) => covers(version, day) && isApproved(version))
    if (approved.length === 0) continue
    const { version, rules } = approved.reduce((highest, next) => (next.version > highest.version ? next : highest))
    inForce.push({ key: `${id} ${version}`, id, parties, rules })
  }
  if (inForce.length > 1)
    throw new Problem(`agreement ${inForce[1].id}`, `it overlaps agreement ${inForce[0].id} on ${formatDate(day)}`)
  return inForce[0] ?? null
}

/** The month cut where the agreement version in force changes: [{from, to, agreement}]. */
function agreementSegments(index, premises, grid) {
  const segments = []
  for (let day = 0; day < grid.dayCount; day++) {
    const agreement = agreementOn(index, premises, grid.first + day)
    const open = segments.at(-1)
    if (open && open.agreement?.key === agreement?.key) open.to = day + 1
    else segments.push({ from: day, to: day + 1, agreement })
  }
  return segments
}

/** The segments of one cost, each within its days, with VAT and the suffix of its item's id. */
function segmentsOf(cost, monthSegments, grid) {
  const vatOn = (day) => {
    if (!cost.tariff) return cost.vat
    const version = tariffVersion(cost.tariff, grid.first + day)
    return version && vatOf(version.vat)
  }
  const same = (a, b) => a?.category === b?.category && a?.rate === b?.rate
  const segments = []
  for (const month of monthSegments) {
    let first = month.from
    for (let day = Math.max(month.from, cost.from); day < Math.min(month.to, cost.to); day++) {
      const vat = vatOn(day)
      const open = segments.at(-1)
      if (open?.month === month && same(open.vat, vat)) {
        open.to = day + 1
        continue
      }
      if (open?.month === month) first = day // the VAT changes within the cost's days
      const suffix = first === 0 ? '' : `@${formatDate(grid.first + first)}`
      segments.push({ from: day, to: day + 1, month, agreement: month.agreement, vat, suffix })
    }
  }
  return segments
}

// ── 7. Split methods ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What stops an item from being split; `code` as in the settlement. */
class Block extends Error {
  constructor(code, detail) {
    super(detail)
    this.code = code
  }
}

/** The party weights of a method that needs no meter, in agreement order, for the days [from, to) of the month. */
function weightsOf(job, method) {
  const { index, premises, grid, parties, from, to } = job
  const weights = new Map(parties.map((party) => [party, ZERO]))
  const give = (party, weight) => weights.has(party) && weights.set(party, add(weights.get(party), weight))
  const daysOf = (row) => {
    const days = daysIn(grid, row)
    return fraction(BigInt(days ? Math.max(0, Math.min(days.to, to) - Math.max(days.from, from)) : 0))
  }
  if (method.by === 'equal') for (const party of parties) give(party, ONE)
  if (method.by === 'direct') give(method.party, ONE)
  if (method.by === 'fixed')
    for (const party of Object.keys(method.shares)) give(party, readDecimal(method.shares[party]))
  if (method.by === 'headcount')
    for (const row of premises.headcounts ?? []) give(row.organisation, mul(readDecimal(row.people), daysOf(row)))
  if (method.by === 'area') {
    const useWeights = method.useWeights ?? {}
    for (const space of premises.spaces ?? []) {
      if (space.use !== 'exclusive') continue
      const factor =
        space.type != null && Object.hasOwn(useWeights, space.type) ? readDecimal(useWeights[space.type]) : ONE
      const weight = mul(readDecimal(space.areaM2), factor)
      const tenancies = (premises.tenancies ?? []).filter((tenancy) => tenancy.space === space.id)
      const heldDays = new Map()
      for (let day = from; day < to; day++) {
        const holders = tenancies.filter((tenancy) => covers(tenancy, grid.first + day))
        if (holders.length > 1)
          throw new Problem(
            `premises ${premises.id}`,
            `two tenancies of ${space.id} hold on ${formatDate(grid.first + day)}`,
          )
        const holder = weights.has(holders[0]?.organisation) ? holders[0].organisation : premises.landlord
        heldDays.set(holder, (heldDays.get(holder) ?? 0n) + 1n)
      }
      for (const [holder, days] of heldDays) give(holder, mul(weight, fraction(days)))
    }
  }
  if (method.by === 'usage') {
    const devices = new Set(method.devices ?? (job.device === null ? [] : [job.device]))
    for (const record of index.usage) {
      if (!devices.has(record.device)) continue
      const ms = Math.min(record.to, grid.starts[to]) - Math.max(record.from, grid.starts[from])
      if (ms <= 0) continue
      if (index.devices.get(record.device)?.simulated === true) index.simulated.add(record.device)
      give(record.organisation, fraction(BigInt(ms)))
    }
  }
  if (method.by === 'ownership' && job.device !== null) {
    for (const row of find(index, 'devices', job.device, job.id).ownership ?? []) {
      const whole = sum(Object.values(row.shares).map(readDecimal))
      if (whole.n === 0n) throw new Problem(`device ${job.device}`, `its ownership from ${row.from} adds up to nothing`)
      for (const party of Object.keys(row.shares))
        give(party, mul(div(readDecimal(row.shares[party]), whole), daysOf(row)))
    }
  }
  return [...weights.values()]
}

/** Every `metered` method inside a method, outermost first. */
function meteredIn(method) {
  if (method.by === 'metered') return [method, ...meteredIn(method.remainder)]
  return method.by === 'mix' ? method.parts.flatMap((part) => meteredIn(part.method)) : []
}
/** The main meter (if the method names one) and the sub-meters of one `metered` method, in agreement order. */
function metersOf(job, method) {
  const refs = [
    ...(method.main ? [method.main] : []),
    ...job.parties.flatMap((party) => (Object.hasOwn(method.meters, party) ? method.meters[party] : [])),
  ]
  return refs.map((ref) =>
    measure(job.index, ref, job.grid, job.cost.from, job.cost.to, `agreement ${job.agreement.id}`),
  )
}
/** Quantities of one `metered` method in the segment: each sub-metered party's, their sum, and the main meter's. */
function meteredQuantities(job, method) {
  const { index, grid, cost, from, to, agreement } = job
  const where = `agreement ${agreement.id}`
  const families = new Set()
  const measured = (ref) => {
    families.add(unitOf(pointOf(index, ref, where).unit).family)
    return quantity(measure(index, ref, grid, cost.from, cost.to, where), grid, from, to)
  }
  const subs = job.parties
    .filter((party) => Object.hasOwn(method.meters, party))
    .map((party) => ({ party, quantity: sum(method.meters[party].map(measured)) }))
  const whole = sum(subs.map((part) => part.quantity))
  const mainRef = method.main ?? cost.meter
  const main = mainRef ? measured(mainRef) : whole
  if (families.size > 1)
    throw new Problem(where, `meters of a rule for ${cost.category} measure in units of different families`)
  const exceeds = compare(mul(whole, fraction(1000n)), mul(main, fraction(1005n))) > 0
  return { subs, whole, main, exceeds }
}

/** Throws the first thing that stops the segment from being split, other than weights of zero. */
function checkMeters(job, method) {
  const metered = meteredIn(method)
  for (const part of metered) {
    const allowed = job.cost.meter ? job.cost.allowEstimated : part.allowEstimated === true
    for (const measured of metersOf(job, part)) {
      const block = meterBlock(measured, allowed)
      if (block) throw block
    }
  }
  for (const part of metered) {
    const { whole, main, exceeds } = meteredQuantities(job, part)
    if (exceeds)
      throw new Block(
        'submeters-exceed-main',
        `sub-meters ${formatDecimal(whole, 6)}, main meter ${formatDecimal(main, 6)} (Wh or l)`,
      )
  }
}
/** Why a meter's quantity may not be used, or null. */
function meterBlock(measured, allowEstimated) {
  if (measured.code) return new Block(measured.code, measured.detail)
  if (allowEstimated || compare(measured.estimated, MOST_ESTIMATED) <= 0) return null
  return new Block(
    'too-much-estimated',
    `${formatDecimal(mul(measured.estimated, fraction(100n)), 2)} % of ${measured.name} is estimated`,
  )
}

/** Divides cents by a method: one amount per party, in agreement order. */
function split(job, cents, method) {
  const nothing = job.parties.map(() => 0n)
  const together = (rows) => rows.reduce((total, row) => total.map((amount, i) => amount + row[i]), nothing)
  const divided = (weights, what) => {
    const parts = divide(cents, weights)
    if (!parts) throw new Block('no-weight', `no party has a weight by ${what}`)
    return parts
  }
  if (method.by === 'mix') {
    const weights = method.parts.map(({ weight }) => readDecimal(weight))
    const parts = divided(weights, 'mix')
    return together(method.parts.map((part, i) => split(job, parts[i], part.method)))
  }
  if (method.by === 'metered') {
    const { subs, whole, main } = meteredQuantities(job, method)
    const rest = sub(main, whole)
    const weights = [...subs.map((part) => part.quantity), rest.n > 0n ? rest : ZERO]
    const parts = weights.every(({ n }) => n === 0n) ? [...subs.map(() => 0n), cents] : divided(weights, 'metered')
    const direct = subs.map(({ party }, i) => job.parties.map((other) => (other === party ? parts[i] : 0n)))
    return together([...direct, split(job, parts.at(-1), method.remainder)])
  }
  return divided(weightsOf(job, method), method.by)
}

/** Refuses a method that names an organisation that is no party. */
function checkParties(agreement, method) {
  const named = { fixed: method.shares, direct: { [method.party]: 1 }, metered: method.meters }[method.by] ?? {}
  for (const party of Object.keys(named)) {
    if (!agreement.parties.includes(party))
      throw new Problem(`agreement ${agreement.id}`, `a method names ${party}, who is not a party`)
  }
  if (method.by === 'metered') checkParties(agreement, method.remainder)
  if (method.by === 'mix') for (const part of method.parts) checkParties(agreement, part.method)
}

// ── 8. Statements and transfers ──────────────────────────────────────────────────────────────────────────────────────

/** What each party bears, per payer and VAT treatment, with the VAT computed once per group. */
function vatGroups(items) {
  const groups = new Map()
  for (const { payer, vat, shares, blocked } of items) {
    if (blocked) continue
    for (const { party, cents } of shares) {
      const key = JSON.stringify([payer, party, vat.category, vat.rate])
      const group = groups.get(key) ?? { payer, party, rate: vat.rate, net: 0n }
      groups.set(key, { ...group, net: group.net + cents })
    }
  }
  return [...groups.values()].map((group) => {
    const rate = readDecimal(group.rate)
    return { ...group, vat: roundDivide(group.net * rate.n, rate.d * 100n) }
  })
}
const total = (groups, field) => groups.reduce((all, group) => all + group[field], 0n)

function statementsOf(parties, groups) {
  return parties.map((party) => {
    const own = groups.filter((group) => group.party === party)
    const [net, vat] = [total(own, 'net'), total(own, 'vat')]
    return { party, net: formatCents(net), vat: formatCents(vat), gross: formatCents(net + vat) }
  })
}
function transfersOf(groups) {
  const pairs = new Map()
  for (const { payer, party, net, vat } of groups) {
    if (payer === party) continue
    const [one, other] = [payer, party].sort(byCode)
    const sign = party === one ? 1n : -1n // positive: the one owes the other
    const pair = pairs.get(`${one} ${other}`) ?? { one, other, net: 0n, gross: 0n }
    pairs.set(`${one} ${other}`, { ...pair, net: pair.net + sign * net, gross: pair.gross + sign * (net + vat) })
  }
  const transfers = []
  for (const { one, other, net, gross } of pairs.values()) {
    if (gross > 0n) transfers.push({ from: one, to: other, net: formatCents(net), gross: formatCents(gross) })
    if (gross < 0n) transfers.push({ from: other, to: one, net: formatCents(-net), gross: formatCents(-gross) })
  }
  return transfers.sort((a, b) => byCode(a.from, b.from) || byCode(a.to, b.to))
}

// ── 9. The settlement and its adjustments ────────────────────────────────────────────────────────────────────────────

/**
 * The items of one month from the facts alone, without adjustments: [{id, …, net: bigint | null, shares: [{party,
 * cents}], blocked, detail}], and the parties of the month in order.
 */
function itemsOf(index, premises, period) {
  const grid = monthGrid(premises.timeZone, period)
  const monthSegments = agreementSegments(index, premises, grid)
  const parties = [...new Set(monthSegments.flatMap(({ agreement }) => agreement?.parties ?? []))]
  const items = []
  for (const cost of costsOf(index, premises, grid)) {
    const segments = segmentsOf(cost, monthSegments, grid)
    const own = cost.meter ? measure(index, cost.meter, grid, cost.from, cost.to, cost.id) : null
    let stop = own ? meterBlock(own, cost.allowEstimated) : null
    let nets = segments.map(() => null)
    if (!stop) {
      const days = BigInt(cost.to - cost.from)
      const priced = own
        ? priceMetered(index, cost, grid, own, segments)
        : { amounts: segments.map(({ from, to }) => mul(cost.exact, fraction(BigInt(to - from), days))) }
      if (priced.code) stop = new Block(priced.code, priced.detail)
      else {
        const exact = sum(priced.amounts)
        nets = allot(roundDivide(exact.n, exact.d), priced.amounts)
      }
    }
    segments.forEach((segment, i) => {
      const { agreement } = segment
      const rule =
        agreement?.rules.find(({ category }) => category === cost.category) ??
        agreement?.rules.find(({ category }) => category === '*')
      const { category, source, payer, device } = cost
      const parties = agreement?.parties ?? []
      const job = {
        index,
        premises,
        grid,
        cost,
        agreement,
        parties,
        device,
        id: cost.id,
        from: segment.from,
        to: segment.to,
      }
      const item = { id: cost.id + segment.suffix, category, source, payer, net: nets[i], vat: segment.vat, shares: [] }
      const meters = own ? [own] : []
      try {
        if (rule) {
          checkParties(agreement, rule.method)
          meters.push(...meteredIn(rule.method).flatMap((part) => metersOf(job, part)))
        }
        if (stop) throw stop
        if (!agreement)
          throw new Block('no-agreement', `no agreement is in force on ${formatDate(grid.first + segment.from)}`)
        if (!rule) throw new Block('no-rule', `agreement ${agreement.id} has no rule for ${cost.category}`)
        checkMeters(job, rule.method)
        const cents = split(job, nets[i], rule.method)
        item.shares = parties.map((party, p) => ({ party, cents: cents[p] }))
      } catch (error) {
        if (!(error instanceof Block)) throw error
        Object.assign(item, { blocked: error.code, detail: error.message })
      }
      const estimated = largest(meters.map((measured) => measured.estimated))
      items.push({ blocked: null, detail: '', ...item, estimated: formatDecimal(estimated, 4) })
    })
  }
  return { items, parties }
}

/** What stands frozen of each month: the last entry of each, in the order of these. */
function frozenStates(log) {
  const states = new Map()
  for (const entry of log) {
    const { period } = entry.settlement
    if (states.get(period)?.status === 'closed') continue
    states.delete(period)
    states.set(period, entry)
  }
  return states
}

/** Differences between closed months as they stand and as they would be computed now. */
function adjustmentsOf(index, premises, period, log) {
  const states = [...frozenStates(log).values()].filter(({ settlement }) => settlement.period !== period)
  const closed = states.filter(({ status, settlement }) => status === 'closed' && settlement.period < period)
  const adjustments = []
  for (const { settlement } of closed) {
    const prefix = `adjustment:${settlement.period}:`
    const posted = new Map() // item id → what was closed and adjusted since: the first gives category, payer and VAT
    const post = (id, item) => {
      const entry = posted.get(id) ?? { category: item.category, payer: item.payer, vat: item.vat, cents: new Map() }
      for (const { party, net } of item.shares)
        entry.cents.set(party, (entry.cents.get(party) ?? 0n) + wholeCents(net, item.id))
      posted.set(id, entry)
    }
    for (const item of settlement.items) if (item.source !== 'adjustment') post(item.id, item)
    for (const other of states) {
      for (const item of other.settlement.items)
        if (item.id.startsWith(prefix)) post(item.id.slice(prefix.length), item)
    }
    const recomputed = new Map(itemsOf(index, premises, settlement.period).items.map((item) => [item.id, item]))
    for (const id of new Set([...posted.keys(), ...recomputed.keys()])) {
      const [before, now] = [posted.get(id), recomputed.get(id)]
      const { category, payer, vat } = before ?? now
      const { blocked = null, detail = '' } = now ?? {}
      const fields = { source: 'adjustment', net: null, shares: [], estimated: '0' }
      const item = { id: prefix + id, category, payer, vat, ...fields, blocked, detail }
      if (!item.blocked) {
        const cents = new Map([...(before?.cents ?? [])].map(([party, amount]) => [party, -amount]))
        for (const share of now?.shares ?? []) cents.set(share.party, (cents.get(share.party) ?? 0n) + share.cents)
        if ([...cents.values()].every((amount) => amount === 0n)) continue
        item.shares = [...cents].map(([party, amount]) => ({ party, cents: amount }))
        item.net = total(item.shares, 'cents')
      }
      adjustments.push(item)
    }
  }
  return adjustments
}

function draftFrom(index, premisesId, period, log) {
  const premises = find(index, 'premises', premisesId, 'the settlement')
  if (readPeriod(period) === null) throw new Problem('', `${shorten(period)} is not a month YYYY-MM`)
  const { items: own, parties } = itemsOf(index, premises, period)
  const items = [...own, ...adjustmentsOf(index, premises, period, log)].sort((a, b) => (a.id < b.id ? -1 : 1))
  const named = new Set(items.flatMap((item) => item.shares.map(({ party }) => party)))
  const order = [...parties, ...[...named].filter((party) => !parties.includes(party)).sort(byCode)]
  const groups = vatGroups(items)
  const formatShare = ({ party, cents }) => ({ party, net: formatCents(cents) })
  return {
    premises: premisesId,
    period,
    status: 'draft',
    items: items.map(({ id, category, source, payer, net, vat, estimated, shares, blocked }) => ({
      id,
      category,
      source,
      payer,
      net: net === null ? null : formatCents(net),
      vat,
      estimated,
      shares: order.flatMap((party) => shares.filter((share) => share.party === party)).map(formatShare),
      blocked,
    })),
    statements: statementsOf(order, groups),
    transfers: transfersOf(groups),
    blocked: items.flatMap(({ id, blocked, detail }) => (blocked ? [{ item: id, code: blocked, detail }] : [])),
    digest: null,
  }
}

/**
 * The draft of a month, recomputed from a bundle. `log` is every settlement of the premises frozen so far, in order:
 * [{status: 'issued' | 'closed', settlement}]. Throws a Problem when the bundle cannot be worked with.
 */
export function draft(bundle, premises, period, log = []) {
  return draftFrom(openBundle(bundle), premises, period, log)
}
/** The settlement of a month as it is to be seen: as frozen when it was issued or closed, else the draft. */
export function settle(bundle, premises, period, log = []) {
  const frozen = frozenStates(log).get(period)
  return frozen ? frozen.settlement : draft(bundle, premises, period, log)
}

// ── 10. Digests and the chain ────────────────────────────────────────────────────────────────────────────────────────

/** Canonical JSON by RFC 8785: members sorted by UTF-16 code units, no white space, numbers and texts as ECMAScript writes them. */
export function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    .join(',')}}`
}
const sha256 = (data) => createHash('sha256').update(data, 'utf8').digest('hex')

/** The digest of a closed settlement: over the digest before it (empty for the first), a line feed and its canonical JSON without `digest`. */
export function digestOf(settlement, previousDigest) {
  const { digest: _, ...rest } = settlement
  return `sha256:${sha256(`${previousDigest}\n${canonicalJson(rest)}`)}`
}

/** A list of differences and a way to add to it. */
function findings() {
  const differences = []
  return { differences, tell: (kind, what, message) => void differences.push({ kind, what, message }) }
}

/** The differences in a chain of closed settlements, in order. */
export function checkChain(entries) {
  const { differences, tell } = findings()
  const closed = entries.filter(({ status }) => status === 'closed')
  closed.forEach(({ settlement, previousDigest }, i) => {
    const month = settlement.period
    const before = i === 0 ? '' : closed[i - 1].settlement.digest
    const previous = i === 0 ? 'the beginning' : closed[i - 1].settlement.period
    if (closed.findIndex((other) => other.settlement.period === month) < i)
      tell('chain', month, `${month} is closed twice in the chain`)
    if (previousDigest !== before) {
      const other = closed.find((entry) => entry.settlement.digest === previousDigest)
      const why =
        previousDigest === ''
          ? `says it was the first to be closed, but stands after ${previous}: the chain was reordered`
          : other
            ? `was closed after ${other.settlement.period}, not after ${previous}: the chain was reordered`
            : `does not follow ${previous}: a settlement between them is missing or was rewritten`
      tell('chain', month, `${month} ${why}`)
    }
    const right = digestOf(settlement, previousDigest)
    if (settlement.digest !== right)
      tell(
        'digest',
        month,
        `the digest of ${month} does not belong to its settlement: ${settlement.digest} is written, ${right} is right`,
      )
  })
  return differences
}

// ── 11. Marks ────────────────────────────────────────────────────────────────────────────────────────────────────────
// A proof file carries a short mark (8 hex digits of a SHA-256) of every single fact, price and reading, so that a change can be
// named down to the value. Marks protect against mistakes and careless changes; what protects against someone who
// changes a value AND its mark is the recomputation, against which the countersigned digest holds the figures.

const mark = (...parts) => sha256(canonicalJson(parts)).slice(0, 8)

/** Every leaf of a value with its JSON Pointer. */
function leaves(value, pointer = '') {
  const inner = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : []
  if (inner.length === 0) return [[pointer, value]]
  return inner.flatMap(([key, member]) =>
    leaves(member, `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}
const FACTS = Object.keys(BUNDLE).filter((kind) => kind !== 'usage' && kind !== 'readings')

/** The rows of readings, prices and usage of a bundle: name → list of rows in the order of the file. */
function rowsOf(bundle) {
  const rows = new Map()
  const put = (name, values) => rows.set(name, [...(rows.get(name) ?? []), ...values])
  for (const { device, point, values } of bundle.readings ?? []) put(`readings/${device}/${point}`, values)
  for (const { id, values } of bundle.priceSeries ?? []) put(`prices/${id}`, values ?? [])
  if (bundle.usage?.length > 0) put('usage', bundle.usage)
  return rows
}
/** The marks of a bundle: {facts: {"<kind>/<id>": {pointer: mark}}, rows: {"readings/<device>/<point>": marks in a row}}. */
export function marksOf(bundle) {
  const facts = {}
  for (const kind of FACTS) {
    for (const object of bundle[kind] ?? []) {
      const { values: _, ...rest } = object
      const own = kind === 'priceSeries' ? rest : object
      facts[`${kind}/${object.id}`] = Object.fromEntries(
        leaves(own).map(([pointer, value]) => [pointer, mark(kind, object.id, pointer, value)]),
      )
    }
  }
  const rows = Object.fromEntries(
    [...rowsOf(bundle)].map(([name, values]) => [name, values.map((row) => mark(name, row)).join('')]),
  )
  return { facts, rows }
}

const kindOfFact = (name) =>
  /^(tariffs|priceSeries|prices)\//.test(name) ? 'price' : name.startsWith('readings/') ? 'reading' : 'fact'

function checkMarks(bundle, marks) {
  conform({ facts: mapOf(mapOf(text)), rows: mapOf(text) }, marks, '/marks')
  const { differences, tell } = findings()
  const found = marksOf(bundle)
  const rows = rowsOf(bundle)
  const compareNames = (then, now, compareMember) => {
    for (const name of new Set([...Object.keys(then), ...Object.keys(now)])) {
      if (!Object.hasOwn(then, name)) tell(kindOfFact(name), name, `${name} was added to the file`)
      else if (!Object.hasOwn(now, name)) tell(kindOfFact(name), name, `${name} was taken out of the file`)
      else if (canonicalJson(then[name]) !== canonicalJson(now[name])) compareMember(name, then[name], now[name])
    }
  }
  compareNames(marks.facts, found.facts, (name, then, now) => {
    for (const pointer of new Set([...Object.keys(then), ...Object.keys(now)])) {
      if (then[pointer] !== now[pointer])
        tell(kindOfFact(name), name + pointer, `${name}${pointer} is not what it was when the file was written`)
    }
  })
  compareNames(marks.rows, found.rows, (name, then, now) => {
    const at = rows.get(name).findIndex((_, i) => then.slice(i * 8, i * 8 + 8) !== now.slice(i * 8, i * 8 + 8))
    const what =
      at === -1
        ? 'rows at its end were taken out of the file'
        : `row ${at + 1}, ${shorten(rows.get(name)[at])}, is not what stood there when the file was written`
    tell(kindOfFact(name), name, `${name}: ${what}`)
  })
  return differences
}

// ── 12. Countersignatures ────────────────────────────────────────────────────────────────────────────────────────────
// What is signed is the text of the digest itself: the 71 ASCII bytes of "sha256:" and 64 lower-case hex digits, with
// Ed25519 (RFC 8032, no pre-hash). The digest binds the premises, the month, every figure and, through the chain, every month before.

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** A public key given as 32 bytes or SPKI in base64, or as PEM; returned as 32 bytes in hex, or null. */
function readKey(value) {
  if (typeof value !== 'string') return null
  const bytes = Buffer.from(value.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, ''), 'base64')
  if (bytes.length === 32) return bytes.toString('hex')
  return bytes.length === 44 && bytes.subarray(0, 12).equals(SPKI_PREFIX) ? bytes.subarray(12).toString('hex') : null
}
export function signatureHolds(digest, publicKey, signature) {
  const key = readKey(publicKey)
  if (!key || typeof signature !== 'string') return false
  try {
    const spki = Buffer.concat([SPKI_PREFIX, Buffer.from(key, 'hex')])
    const object = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return verifySignature(null, Buffer.from(digest, 'ascii'), object, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
/** Known keys: {"party": "key" | ["key", …]} or [{"organisation", "publicKey"}, …], as party → set of keys. */
function readKeys(value, where) {
  const rows = Array.isArray(value)
    ? value.map((row) => [row?.organisation, row?.publicKey])
    : isObject(value)
      ? Object.entries(value).flatMap(([party, keys]) => [keys].flat().map((key) => [party, key]))
      : null
  if (!rows) throw new Problem(where, 'keys are an object of party and key, or a list of organisation and publicKey')
  const known = new Map()
  for (const [party, key] of rows) {
    if (typeof party !== 'string' || readKey(key) === null)
      throw new Problem(where, `${shorten(key)} is not an Ed25519 public key of ${shorten(party)}`)
    known.set(party, (known.get(party) ?? new Set()).add(readKey(key)))
  }
  return known
}

function checkSignatures(proof, pinned) {
  const { differences, tell } = findings()
  const registered = proof.organisationKeys == null ? null : readKeys(proof.organisationKeys, '/organisationKeys')
  const signed = new Map()
  for (const { period, digest, party, publicKey, signature } of proof.countersignatures ?? []) {
    const closed = proof.settlements.find(
      ({ status, settlement }) => status === 'closed' && settlement.period === period,
    )
    const key = readKey(publicKey)
    const wrong = !closed
      ? 'that month is not closed in this file'
      : digest !== closed.settlement.digest
        ? 'it signs another digest than that of the month'
        : !closed.settlement.statements.some((statement) => statement.party === party)
          ? 'it is not a party to that settlement'
          : !signatureHolds(digest, publicKey, signature)
            ? 'the signature does not hold'
            : registered && !registered.get(party)?.has(key)
              ? 'the key is not one that the file lists for this organisation'
              : pinned?.has(party) && !pinned.get(party).has(key)
                ? 'the key is not the one you know for this party'
                : null
    if (wrong) tell('signature', `${period} ${party}`, `countersignature of ${party} on ${period}: ${wrong}`)
    else signed.set(period, (signed.get(period) ?? new Set()).add(party))
  }
  return { differences, signed }
}

// ── 13. Verification ─────────────────────────────────────────────────────────────────────────────────────────────────

const item = {
  id: name,
  category: text,
  source: name,
  payer: name,
  'net?': number,
  'vat?': vat,
  shares: [{ party: name, net: number }],
}
const SETTLEMENT = {
  premises: name,
  period: is((value) => readPeriod(value) !== null, 'a month YYYY-MM'),
  status: oneOf('issued', 'closed'),
  items: [item],
  statements: [{ party: name, net: number, vat: number, gross: number }],
  transfers: [{ from: name, to: name, net: number, gross: number }],
  blocked: [{ item: name, code: name }],
  'digest?': name,
}
const ENTRIES = [{ status: name, settlement: SETTLEMENT, 'previousDigest?': text }]
const COUNTERSIGNATURES = [{ period: name, digest: name, party: name, publicKey: name, signature: name }]

/** Checks the form of a proof or chain file and of everything frozen in it. */
function checkFile(file, formats) {
  if (!isObject(file) || !formats.includes(file.format))
    throw new Problem('', `this is not a ${formats.join(' or ')} file (its format is ${shorten(file?.format)})`)
  if (file.version !== 1) throw new Problem('/version', `this program reads version 1, not ${shorten(file.version)}`)
  conform({ premises: name, settlements: ENTRIES, 'countersignatures?': COUNTERSIGNATURES }, file, '')
  file.settlements.forEach(({ status, settlement, previousDigest }, i) => {
    const where = `/settlements/${i}`
    if (settlement.premises !== file.premises)
      throw new Problem(where, `this is a settlement of ${settlement.premises}, not of ${file.premises}`)
    if (settlement.status !== status)
      throw new Problem(where, `the entry says ${status}, its settlement ${settlement.status}`)
    if (status === 'closed' && (settlement.digest == null || previousDigest == null))
      throw new Problem(where, 'a closed settlement needs its digest and previousDigest')
    if (status === 'issued' && settlement.digest != null) throw new Problem(where, 'an issued settlement has no digest')
  })
}

/** The differences between a frozen settlement and the recomputed one, the most telling first. */
function compareSettlements(frozen, computed) {
  const { differences, tell } = findings()
  const month = frozen.period
  const says = (value) => (value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value))
  const compareField = (kind, what, here, there) => {
    if (canonicalJson(here ?? null) !== canonicalJson(there ?? null))
      tell(kind, what, `${what} is ${says(here)} in the file, ${says(there)} when recomputed`)
  }
  const compareRows = (kind, what, here, there, keyOf, compareRow) => {
    const [left, right] = [here, there].map((rows) => new Map(rows.map((row) => [keyOf(row), row])))
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      if (!right.has(key))
        tell(kind, `${what} ${key}`, `${what} ${key} stands in the file and does not follow from its facts`)
      else if (!left.has(key))
        tell(kind, `${what} ${key}`, `${what} ${key} follows from the facts and is missing in the file`)
      else compareRow(kind, `${what} ${key}`, left.get(key), right.get(key))
    }
    if (here.length === there.length && differences.length === 0)
      compareField(kind, `${month}: the order of each ${what}`, here.map(keyOf), there.map(keyOf))
  }
  const compareFields = (fields) => (kind, what, here, there) => {
    for (const field of fields) compareField(kind, `${what}: ${field}`, here[field], there[field])
  }
  const byParty = ({ party }) => party
  const compareShare = (kind, what, here, there) => compareField(kind, what, here.net, there.net)
  const compareItem = (kind, what, here, there) => {
    compareFields(['net', 'estimated', 'vat', 'blocked', 'category', 'source', 'payer'])(kind, what, here, there)
    compareRows('share', `${what}: share of`, here.shares, there.shares, byParty, compareShare)
  }
  const part = (kind, label, keyOf, compareRow) => {
    const rows = { item: 'items', statement: 'statements', transfer: 'transfers', blocked: 'blocked' }[kind]
    compareRows(kind, `${month}: ${label}`, frozen[rows], computed[rows], keyOf, compareRow)
  }
  part('item', 'item', ({ id }) => id, compareItem)
  part('statement', 'statement of', byParty, compareFields(['net', 'vat', 'gross']))
  part('transfer', 'transfer', ({ from, to }) => `${from} to ${to}`, compareFields(['net', 'gross']))
  part('blocked', 'blocked item', (row) => row.item, compareFields(['code']))
  const codes = ({ blocked }) => blocked.map(({ item, code }) => ({ item, code }))
  const plain = (settlement) => canonicalJson({ ...settlement, status: '', digest: '', blocked: codes(settlement) })
  if (differences.length === 0 && plain(frozen) !== plain(computed))
    tell('structure', month, `the settlement of ${month} has members that settlements do not have`)
  return differences
}

/** Without the month that is adjusted, and without the first date of a later segment. */
const plainItem = (id) => id.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')

/**
 * A recomputed settlement in which the items that a public record has no readings of are taken as frozen. What follows from
 * the items (VAT, statements, transfers) is computed all the same.
 */
function withHidden(drafted, frozen, hidden) {
  const items = [
    ...drafted.items.filter(({ id }) => !hidden.has(id)),
    ...frozen.items.filter(({ id }) => hidden.has(id)),
  ].sort((a, b) => byCode(a.id, b.id))
  const cents = items.map(({ shares, ...item }) => ({
    ...item,
    shares: shares.map(({ party, net }) => ({ party, cents: wholeCents(net, item.id) })),
  }))
  const groups = vatGroups(cents)
  const blocked = drafted.blocked.filter(({ item }) => !hidden.has(item))
  const order = frozen.statements.map(({ party }) => party)
  return { ...drafted, items, statements: statementsOf(order, groups), transfers: transfersOf(groups), blocked }
}

/**
 * Verifies the settlement of one month (the file's own, unless told otherwise) of a proof file. Returns {ok, premises,
 * period, status, digest, differences: [{kind, what, message}], notes, signedBy, notSignedBy, simulated}, the first difference
 * first; throws a Problem when the file cannot be read as a proof.
 */
export function verifyProof(proof, { period, keys } = {}) {
  checkFile(proof, ['samtila-proof'])
  if (readPeriod(proof.period) === null) throw new Problem('/period', `${shorten(proof.period)} is not a month YYYY-MM`)
  checkBundle(proof.bundle, '/bundle')
  const pinned = keys == null ? null : readKeys(keys, 'the keys')
  const month = period ?? proof.period
  const log = proof.settlements
  const at = log.findLastIndex(({ status, settlement }) => settlement.period === month && status === 'closed')
  const place = at >= 0 ? at : log.findLastIndex(({ settlement }) => settlement.period === month)
  if (place === -1) throw new Problem('/settlements', `no settlement of ${month} is among them`)
  const { settlement, status } = log[place]

  const { differences: figures, tell } = findings()
  // The figures of a closed settlement are those of its last issue; what was frozen before that is what they rest on.
  const issuedAt = log.findLastIndex((entry, i) => i < place && entry.settlement.period === month)
  const frozenAt = status === 'closed' && issuedAt >= 0 ? issuedAt : place
  const content = (entry) => canonicalJson({ ...entry.settlement, status: '', digest: '' })
  if (content(log[frozenAt]) !== content(log[place]))
    tell('item', month, `${month} was closed with other figures than it was issued with`)
  const index = openBundle(proof.bundle)
  conform({ 'redacted?': { 'items?': [name] } }, proof, '')
  const listed = new Set(proof.redacted?.items ?? [])
  const hidden = { size: listed.size, has: (id) => listed.has(plainItem(id)) }
  const drafted = draftFrom(index, proof.premises, month, log.slice(0, frozenAt))
  const computed = hidden.size === 0 ? drafted : withHidden(drafted, settlement, hidden)
  const compared = compareSettlements(settlement, computed)

  const { differences: rest, tell: tellLast } = findings()
  const signatures = checkSignatures(proof, pinned)
  const signedBy = [...(signatures.signed.get(month) ?? [])]
  const notSignedBy = settlement.statements.map(({ party }) => party).filter((party) => !signedBy.includes(party))
  for (const party of status === 'closed' ? notSignedBy : []) {
    if (pinned?.has(party))
      tellLast('signature', `${month} ${party}`, `${party}, whose key you know, has not countersigned ${month}`)
  }
  const simulated = [...index.simulated].sort(byCode)
  const demonstration = index.premises.get(proof.premises).demonstration === true
  if (simulated.length > 0 && status === 'closed' && !demonstration) {
    tellLast(
      'fact',
      'simulated',
      `${month} is closed and rests on simulated devices (${simulated.join(', ')}), but ${proof.premises} is not a demonstration`,
    )
  }
  const notes = []
  if (simulated.length > 0) notes.push(`SIMULATED: the figures rest on simulated devices: ${simulated.join(', ')}`)
  if (demonstration) notes.push(`DEMONSTRATION: ${proof.premises} is a demonstration, not real premises`)
  if (status !== 'closed') notes.push(`${month} is issued, not closed: it has no digest yet`)
  if (month !== proof.period)
    notes.push(`the facts in the file are those of when ${proof.period} was settled; ${month} was recomputed from them`)
  if (hidden.size > 0)
    notes.push(
      `REDACTED: ${settlement.items.filter(({ id }) => hidden.has(id)).length} of ${settlement.items.length} items rest on readings that are not in the file and were taken as they stand: ${[...listed].join(', ')}`,
    )
  if (proof.marks == null) notes.push('the file has no marks: a changed fact is found by its cents, not named')

  // In the order in which one thing explains the next: changed facts, earlier links of the chain, figures, the month's
  // own digest and what follows it, signatures.
  const facts = proof.marks == null ? [] : checkMarks(proof.bundle, proof.marks)
  const chain = checkChain(log)
  const own = chain.findIndex(({ kind, what }) => kind === 'digest' && what === month)
  const earlier = own === -1 ? chain.length : own
  const differences = [
    facts,
    chain.slice(0, earlier),
    figures,
    compared,
    chain.slice(earlier),
    signatures.differences,
    rest,
  ].flat()
  return {
    ok: differences.length === 0,
    premises: proof.premises,
    period: month,
    status,
    digest: settlement.digest ?? null,
    chain: log.filter((entry) => entry.status === 'closed').map((entry) => entry.settlement.period),
    items: settlement.items.length,
    redacted: settlement.items.filter(({ id }) => hidden.has(id)).length,
    differences,
    notes,
    signedBy,
    notSignedBy,
    simulated,
    demonstration,
  }
}

// ── 14. Comparing chains ─────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Holds copies of a chain, oldest first, against the newest: each must be unbroken in itself and the beginning of the
 * newest. `files`: [{name, content}] with proof or chain files. Returns {ok, premises, length, differences}.
 */
export function compareChains(files) {
  const chains = files.map(({ name, content }) => {
    checkFile(content, ['samtila-chain', 'samtila-proof'])
    return {
      name,
      premises: content.premises,
      content,
      entries: content.settlements.filter(({ status }) => status === 'closed'),
    }
  })
  const newest = chains.at(-1)
  const { differences, tell } = findings()
  for (const { name, premises, content, entries } of chains) {
    if (premises !== newest.premises)
      throw new Problem(name, `it is about ${premises}, ${newest.name} about ${newest.premises}`)
    const found = [...checkChain(entries), ...checkSignatures({ ...content, settlements: entries }, null).differences]
    for (const { kind, what, message } of found) tell(kind, what, `${name}: ${message}`)
  }
  for (const chain of chains.slice(0, -1)) {
    const at = chain.entries.findIndex((entry, i) => entry.settlement.digest !== newest.entries[i]?.settlement.digest)
    if (at === -1) continue
    const { period, digest } = chain.entries[at].settlement
    const instead = newest.entries[at]?.settlement
    const elsewhere = newest.entries.findIndex((entry) => entry.settlement.digest === digest)
    const why = !instead
      ? `the chain was shortened: ${period}, closed in ${chain.name}, is missing in ${newest.name}`
      : elsewhere !== -1
        ? `the chain was reordered: ${period} is number ${at + 1} in ${chain.name} and number ${elsewhere + 1} in ${newest.name}`
        : instead.period === period
          ? `${period} was rewritten: ${digest} in ${chain.name}, ${instead.digest} in ${newest.name}`
          : `history was rewritten: number ${at + 1} is ${period} in ${chain.name} and ${instead.period} in ${newest.name}`
    tell('chain', period, why)
  }
  return {
    ok: differences.length === 0,
    premises: newest.premises,
    chain: newest.entries.map((entry) => entry.settlement.period),
    differences,
  }
}

// ── 15. Command line ─────────────────────────────────────────────────────────────────────────────────────────────────

const USAGE = `usage: node verify.mjs FILE [--period YYYY-MM] [--keys KEYS.json] [--json] [--quiet]
       node verify.mjs --chain OLDEST … NEWEST [--json] [--quiet]
       node verify.mjs --settle BUNDLE PREMISES YYYY-MM
       node verify.mjs --marks BUNDLE`

class Usage extends Error {}

/** A JSON file, plain or compressed with gzip. */
export function readJson(file) {
  let bytes
  try {
    bytes = readFileSync(file)
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES })
  } catch (error) {
    const why =
      error.code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${error.code ?? error.message})`
    throw new Problem(file, why)
  }
  if (bytes.length > MAX_FILE_BYTES) throw new Problem(file, `the file is larger than ${MAX_FILE_BYTES} bytes`)
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  // The public record of a month is a page to read that carries its proof.
  const page = /^<!doctype html/i.test(text)
    ? /<script type="application\/json" id="samtila-proof">([\s\S]*?)<\/script>/.exec(text)
    : null
  try {
    return JSON.parse(page?.[1] ?? text)
  } catch {
    throw new Problem(file, 'the file is not JSON, or it is cut short')
  }
}

function readArguments(args) {
  const options = { files: [] }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--period' || arg === '--keys') options[arg.slice(2)] = args[++i] ?? ''
    else if (['--json', '--quiet', '--chain', '--settle', '--marks', '--help'].includes(arg))
      options[arg.slice(2)] = true
    else if (arg.startsWith('--')) throw new Usage(`${arg} is not an option`)
    else options.files.push(arg)
  }
  const { files, settle, chain, help, period, keys } = options
  const fits = settle ? files.length === 3 : chain ? files.length > 0 : files.length === 1
  if (!help && !fits) throw new Usage('the wrong number of files')
  if (period !== undefined && readPeriod(period) === null) throw new Usage('--period needs a month YYYY-MM')
  if (keys === '') throw new Usage('--keys needs a file')
  if (settle && readPeriod(files[2]) === null) throw new Usage(`${String(files[2])} is not a month YYYY-MM`)
  return options
}

/** Text from a file, with nothing that could move a terminal's cursor or fake a line. */
const printable = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')

function report(result, options) {
  if (options.quiet) return
  if (options.json) return process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  const { ok, premises, period, digest, chain, items, differences, signedBy, notSignedBy, notes = [] } = result
  const lines = []
  if (!ok) lines.push(`NOT OK: ${differences[0].message}`)
  else if (options.chain)
    lines.push(
      `OK: ${options.files.length} copies of the chain of ${premises} agree, none was rewritten, reordered or shortened`,
    )
  else
    lines.push(
      `OK: ${premises} ${period}: ${result.redacted > 0 ? `${items - result.redacted} of ${items}` : `all ${items}`} items, shares, statements and transfers follow from the facts in the file, to the cent`,
    )
  if (differences.length > 1)
    lines.push(`  and ${differences.length - 1} more that may follow from it (--json lists them)`)
  if (ok && digest) lines.push(`  digest ${digest}`)
  if (ok) lines.push(`  chain of ${chain.length} closed settlement(s): ${chain.join(', ') || 'none'}`)
  if (signedBy)
    lines.push(`  countersigned by: ${signedBy.join(', ') || 'nobody'}; not by: ${notSignedBy.join(', ') || 'nobody'}`)
  lines.push(...notes.map((note) => `  ${note}`))
  process.stdout.write(`${lines.map(printable).join('\n')}\n`)
}

/** Runs a command line; returns the exit code. */
export function run(args) {
  try {
    const options = readArguments(args)
    if (options.help) {
      process.stdout.write(`${USAGE}\n`)
      return 0
    }
    if (options.settle || options.marks) {
      const [file, premises, period] = options.files
      const bundle = readJson(file)
      checkBundle(bundle)
      const output = options.settle
        ? JSON.stringify(draft(bundle, premises, period), null, 2)
        : JSON.stringify(marksOf(bundle))
      process.stdout.write(`${output}\n`)
      return 0
    }
    const keys = options.keys && readJson(options.keys)
    const result = options.chain
      ? compareChains(options.files.map((name) => ({ name, content: readJson(name) })))
      : verifyProof(readJson(options.files[0]), { period: options.period, keys })
    report(result, options)
    return result.ok ? 0 : 1
  } catch (error) {
    if (error instanceof Usage) {
      process.stderr.write(`${error.message}\n${USAGE}\n`)
      return 2
    }
    // Whatever else is wrong with a file is said in one sentence too; a stack trace would help nobody who reads it.
    const why = error instanceof Problem ? error.message : `the file cannot be worked with (${error.message})`
    process.stderr.write(`${printable(`NOT OK: ${why}`)}\n`)
    return 1
  }
}

const isMain = () => {
  try {
    return realpathSync(process.argv[1]) === realpathSync(new URL(import.meta.url))
  } catch {
    return false
  }
}
if (isMain()) process.exitCode = run(process.argv.slice(2))
