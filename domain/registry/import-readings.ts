// Readings of a bundle into the telemetry store, in bounded batches, each durable before the next.
import { decimalFromNumber, formatDecimal, plainDecimal } from '#domain/quantity/decimal.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import type { GivenQuality, Point, ReadingRows } from '#domain/registry/bundle.ts'
import type { CommitResult, Telemetry, Value } from '#domain/ports/telemetry.ts'
import type { Look } from './facts.ts'

/** Readings that are added between two commits. */
export const READINGS_PER_COMMIT = 10_000

/**
 * A value of a bundle as the telemetry store takes it. Decimal text is a number, except at a `state` point where it is a text;
 * a number whose digits no float carries stays a decimal.
 */
export const valueOf = (point: Point | undefined, value: string | number | boolean): Value => {
  if (typeof value !== 'string' || point?.kind === 'state') return value
  const decimal = plainDecimal(value)
  if (decimal === null) return value
  const float = Number(decimal)
  const carried = decimalFromNumber(float)
  return carried !== null && formatDecimal(carried) === decimal ? float : { decimal }
}

type Listed = { value: ReadingRows['values'][number][1]; quality: GivenQuality }

/** Of several values of one instant in one bundle the last listed; only that is added, so that the same bundle twice changes nothing. */
const lastListed = (listed: readonly ReadingRows[]): Map<number, Listed> => {
  const values = new Map<number, Listed>()
  for (const { quality = 'measured', values: given } of listed) {
    for (const [instant, value] of given) values.set(parseInstant(instant) ?? Number.NaN, { value, quality })
  }
  return values
}

/** Adds and commits them all; the same readings again are duplicates and change nothing. */
export const importReadings = async (
  readings: readonly ReadingRows[],
  look: Look,
  telemetry: Telemetry,
  now: number,
): Promise<CommitResult> => {
  const total: CommitResult = { stored: 0, duplicate: 0, superseded: 0 }
  let added = 0
  const commit = async (): Promise<void> => {
    const result = await telemetry.commit()
    added = 0
    for (const field of ['stored', 'duplicate', 'superseded'] as const) total[field] += result[field]
  }
  for (const listed of Map.groupBy(readings, (rows) => `${rows.device}/${rows.point}`).values()) {
    const { device: id, point: key } = listed[0]!
    const device = look('devices', id)
    const point = device?.points?.find((point) => point.key === key)
    const series = telemetry.seriesOf(id, key)
    for (const [at, { value, quality }] of lastListed(listed)) {
      telemetry.add(series, at, valueOf(point, value), quality, now, device?.simulated === true)
      added += 1
      if (added >= READINGS_PER_COMMIT) await commit()
    }
  }
  if (added > 0) await commit()
  return total
}
