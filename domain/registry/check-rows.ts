// What usage records and readings must be: of known devices and declared points, at real instants, with values that fit the point.
import { formatInstant, parseDurationMs } from '#domain/quantity/instant.ts'
import type { Point, ReadingRows, UsageRecord } from '#domain/registry/bundle.ts'
import { checkMeterValue } from './check-device.ts'
import { checkInstant, decimalText, shown } from './check-values.ts'
import type { Look } from './facts.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

/** The longest text that is a reading (a state). */
export const STATE_LENGTH_LIMIT = 256
/** Readings that are checked between two pauses: some 10 ms. */
const READINGS_PER_STEP = 5_000

export const checkUsage = (record: UsageRecord, look: Look, report: Report): void => {
  if (look('devices', record.device) === undefined) report('/device', 'unknown-id', unknown('device', record.device))
  if (look('organisations', record.organisation) === undefined)
    report('/organisation', 'unknown-id', unknown('organisation', record.organisation))
  const from = checkInstant(record.from, '/from', report)
  const to = checkInstant(record.to, '/to', report)
  if (from !== null && to !== null && to <= from)
    report('/to', 'dates-reversed', `The end ${record.to} is not after the start ${record.from}.`)
}

const unknown = (noun: string, id: string): string =>
  `There is no ${noun} ${shown(id)}, neither here nor in what is already known.`

/** Pauses (yields) now and then, because there may be very many. */
export function* checkReadings(rows: ReadingRows, look: Look, report: Report): Generator<void> {
  const device = look('devices', rows.device)
  if (device === undefined) {
    report('/device', 'unknown-id', unknown('device', rows.device))
    return
  }
  const point = device.points?.find((point) => point.key === rows.point)
  if (point === undefined) {
    report(
      '/point',
      'unknown-point',
      `The device ${rows.device} has no point ${shown(rows.point)}. Declare it in its points.`,
    )
    return
  }
  for (const [i, [instant, value]] of rows.values.entries()) {
    if (i % READINGS_PER_STEP === READINGS_PER_STEP - 1) yield
    const place = at('/values', i)
    const begin = checkInstant(instant, at(place, 0), report)
    if (begin !== null) checkReading(point, begin, value, place, report)
  }
}

/** One reading (instant in ms) against what its point can hold. */
export const checkReading = (
  point: Point,
  begin: number,
  value: string | number | boolean,
  pointer: string,
  report: Report,
): void => {
  const stepMs = point.kind === 'interval' ? parseDurationMs(point.interval ?? '') : null
  if (stepMs !== null && begin % stepMs !== 0) {
    const step = point.interval === 'PT1H' ? 'hour' : 'quarter of an hour'
    report(at(pointer, 0), 'invalid-instant', `${formatInstant(begin)} is not on the ${step}.`)
  }
  checkValue(point, value, at(pointer, 1), report)
}

const checkValue = (point: Point, value: string | number | boolean, pointer: string, report: Report): void => {
  if (point.kind === 'counter' || point.kind === 'interval') {
    if (typeof value === 'boolean') {
      report(pointer, 'invalid-number', `A ${point.kind} point takes numbers, not ${value}.`)
      return
    }
    const micro = checkMeterValue(value, pointer, report)
    if (micro !== null && micro < 0n && point.kind === 'interval') {
      report(pointer, 'out-of-range', `The consumption ${shown(value)} of an interval is below zero.`)
    }
    return
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    report(pointer, 'invalid-number', `${value} is not a number.`)
  if (typeof value === 'string' && value.length > STATE_LENGTH_LIMIT && decimalText(value) === null) {
    report(pointer, 'invalid-text', `A state has at most ${STATE_LENGTH_LIMIT} characters.`)
  }
}
