// A reading as fields of the measurement `reading`, and back. docs/STORAGE.md has the table.
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { Quality, Reading, Value } from '#domain/ports/telemetry.ts'
import type { Cell } from './engine.ts'
import { float, integer, text } from './encode.ts'

/** The columns that readingOf takes after the time, in this order. */
export const READING_COLUMNS = '"value", "text", "quality", "received", "kind", "simulated"'

const KINDS = { number: 0, boolean: 1, string: 2, object: 3 } as const
const kindOf = (value: Value): number => KINDS[typeof value as keyof typeof KINDS]

/**
 * The fields of a reading. A point is overwritten field by field, so a reading that replaces another (`whole`) writes
 * also what it would leave out; a number that a text replaces stays in `value`, and `kind` tells that it does not count.
 */
export function fieldsOf({ value, quality, receivedAt, simulated }: Reading, whole: boolean): Record<string, string> {
  const kind = kindOf(value)
  const fields: Record<string, string> = {}
  if (typeof value === 'string') fields['text'] = text(value)
  else fields['value'] = float(typeof value === 'object' ? nearest(value.decimal) : Number(value))
  if (typeof value === 'object') fields['text'] = text(value.decimal)
  fields['quality'] = integer(QUALITIES.indexOf(quality))
  fields['received'] = integer(receivedAt)
  if (whole || kind !== 0) fields['kind'] = integer(kind)
  if (whole || simulated) fields['simulated'] = integer(simulated ? 1 : 0)
  return fields
}

/** A decimal beyond all doubles counts as the largest in figures; its digits stand in `text`. */
const nearest = (decimal: string): number =>
  Math.min(Math.max(Number(decimal), -Number.MAX_VALUE), Number.MAX_VALUE) + 0

/** The reading of a row: time and READING_COLUMNS. */
export function readingOf([at, value, digits, quality, received, kind, simulated]: readonly Cell[]): Reading {
  return {
    at: at as number,
    value: valueOf(value as number, digits as string, (kind as number | null) ?? 0),
    quality: QUALITIES[quality as number] as Quality,
    receivedAt: received as number,
    simulated: simulated === 1,
  }
}

function valueOf(value: number, digits: string, kind: number): Value {
  if (kind === KINDS.boolean) return value === 1
  if (kind === KINDS.string) return digits
  return kind === KINDS.object ? { decimal: digits } : value
}

export const sameValue = (a: Value, b: Value): boolean =>
  typeof a === 'object' && typeof b === 'object' ? a.decimal === b.decimal : a === b

/** The very same arrival, not only the same value. */
export const sameReading = (a: Reading, b: Reading): boolean =>
  sameValue(a.value, b.value) && a.receivedAt === b.receivedAt && a.quality === b.quality && a.simulated === b.simulated
