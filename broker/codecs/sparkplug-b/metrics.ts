// Readings of Sparkplug metrics: names and aliases, datatypes with their signs, what is no reading.
import { clockInstant } from '#broker/codecs/gathering.ts'
import type { Gathering } from '#broker/codecs/gathering.ts'
import { ExactDecimal } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { symbolOf } from '#broker/codecs/lorawan-raw/decoded-object.ts'
import type { Metric, SparkplugPayload } from './payload.ts'
import type { DeclaredPoint } from '#broker/codecs/codec.ts'

/** What a birth told of a metric; later messages may send the alias only. */
export type BornMetric = { name: string; datatype: number | null; unit: string | null }

/** Datatypes of the specification 3.0, 6.4.16. */
const SIGNED_BITS: Record<number, number> = { 1: 8, 2: 16, 3: 32, 4: 64 }
const UNSIGNED_BITS: Record<number, number> = { 5: 8, 6: 16, 7: 32, 8: 64 }
const DATE_TIME = 13
/** Data sets, bytes, files, templates, property sets and arrays. */
const isNoReading = (datatype: number): boolean => datatype >= 16
/** The protocol's own metrics. */
const OF_PROTOCOL = /^(?:bdSeq$|(?:Node|Device) Control\/|Properties\/|Node Info\/)/
/** From here an integer of unknown datatype could as well be negative. */
const FIRST_PERHAPS_NEGATIVE = 2 ** 31

/** Adds the readings; gives how many aliases no birth told. `bornOf` finds what a birth told by alias, or by name. */
export function addMetrics(
  payload: SparkplugPayload,
  device: string | null,
  bornOf: (metric: Metric) => BornMetric | null,
  gathering: Gathering,
): number {
  let unknown = 0
  for (const metric of payload.metrics) {
    if (gathering.isOver()) break
    const born = bornOf(metric)
    const name = metric.name ?? born?.name ?? null
    if (name === null || name === '') {
      unknown++
      gathering.refuse('unknown-alias', metric.alias === null ? 'a metric without name and alias' : `${metric.alias}`)
    } else addMetric(metric, name, born, { device, at: clockInstant(metric.timestamp ?? payload.timestamp) }, gathering)
  }
  return unknown
}

function addMetric(
  metric: Metric,
  name: string,
  born: BornMetric | null,
  origin: { device: string | null; at: number | null },
  gathering: Gathering,
): void {
  const point = pointOf(name)
  const datatype = metric.datatype ?? born?.datatype ?? null
  if (OF_PROTOCOL.test(name) || metric.isNull || metric.isOther || (datatype !== null && isNoReading(datatype))) {
    gathering.ignore(point)
    return
  }
  const value = typedValue(metric.value, datatype)
  if (value === undefined) gathering.refuse('bad-value', `${point} is no value of datatype ${datatype ?? 'unknown'}`)
  else gathering.add(origin, point, value, datatype === DATE_TIME ? 'ms' : symbolOf(metric.unit ?? born?.unit ?? ''))
}

/** The points that a birth tells of, those without a value too. */
export function declaredPoints({ metrics }: SparkplugPayload, device: string): DeclaredPoint[] {
  return metrics.flatMap(({ name, datatype, unit, isOther }) => {
    const isPoint =
      name !== null && !OF_PROTOCOL.test(name) && !isOther && !(datatype !== null && isNoReading(datatype))
    if (!isPoint) return []
    const place = { deviceClass: null, stateTopic: null, valueTemplate: null }
    return [{ device, point: pointOf(name), name, unit: symbolOf(unit ?? ''), ...place }]
  })
}

/** Levels become dots, other characters underscores, as points have them. */
export function pointOf(name: string): string {
  return name.replaceAll('/', '.').replaceAll(/[^A-Za-z0-9_.:-]+/g, '_')
}

/** The value by its datatype: integers get their sign back; undefined when it is none of that datatype. */
function typedValue(value: Metric['value'], datatype: number | null): Json | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value
  const signed = datatype === null ? undefined : SIGNED_BITS[datatype]
  const unsigned = datatype === null ? undefined : UNSIGNED_BITS[datatype]
  if (signed === undefined && unsigned === undefined) {
    if (typeof value === 'bigint') return datatype === null || datatype === DATE_TIME ? wholeJson(value) : undefined
    return datatype === null && Number.isInteger(value) && value >= FIRST_PERHAPS_NEGATIVE ? undefined : value
  }
  if (!Number.isInteger(Number(value))) return undefined
  const whole = BigInt(value)
  if (unsigned !== undefined) return whole < 1n << BigInt(unsigned) ? wholeJson(whole) : undefined
  const bits = signed as number
  const fromInt = BigInt.asIntN(typeof value === 'bigint' ? 64 : 32, whole)
  const least = -(1n << BigInt(bits - 1))
  // Two's complement in its own width, or widened to the field's 32 bits.
  if (fromInt >= least && fromInt < -least) return wholeJson(fromInt)
  return whole < 1n << BigInt(bits) ? wholeJson(BigInt.asIntN(bits, whole)) : undefined
}

function wholeJson(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : new ExactDecimal(`${value}`)
}
