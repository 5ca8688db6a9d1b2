// Reads an instant of a payload: milliseconds since 1970, or ISO 8601 with an offset.
import type { DecodeProblemCode } from './codec.ts'
import type { Json } from './json.ts'

const ISO_INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/

/** Milliseconds since 1970 (fractions cut off), or why it is none. Instants before 1970 are left to the rules of acceptance. */
export function parseInstant(value: Json | undefined): number | DecodeProblemCode {
  if (typeof value === 'number') {
    return Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? Math.trunc(value) : 'bad-instant'
  }
  if (typeof value !== 'string') return 'bad-instant'
  const match = ISO_INSTANT.exec(value)
  if (match === null) return 'bad-instant'
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset] = match
  if (offset === undefined) return 'instant-without-offset'
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  const date = new Date(utc)
  const isReal =
    date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && date.getUTCHours() === Number(hour)
  // A leap second (…:60) is the first instant of the next minute.
  if (!isReal && !(second === '60')) return 'bad-instant'
  if (Number(minute) > 59 || Number(second) > 60 || Number(hour) > 23) return 'bad-instant'
  const offsetMs = parseOffset(offset)
  if (offsetMs === null) return 'bad-instant'
  return utc + Number(fraction.padEnd(3, '0').slice(0, 3)) - offsetMs
}

function parseOffset(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || '0')
  if (hours > 18 || minutes > 59) return null
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
