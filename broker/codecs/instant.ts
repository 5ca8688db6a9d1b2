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
  const quick = utcInstant(value)
  if (quick !== null) return quick
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

/** `2026-02-03T04:05:06[.789…](Z|+00:00)`, as nearly all of them are; null leaves it to the whole grammar. */
function utcInstant(text: string): number | null {
  const { length } = text
  const end = text.endsWith('Z') ? length - 1 : text.endsWith('+00:00') ? length - 6 : 0
  if (end < 19 || end > 29 || text.charCodeAt(10) !== 84) return null
  if (end > 19 && (end === 20 || text.charCodeAt(19) !== 46)) return null
  const month = digitsAt(text, 5, 2)
  const [year, day] = [digitsAt(text, 0, 4), digitsAt(text, 8, 2)]
  const [hour, minute, second] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)]
  // Days that every month has, and years that Date.UTC takes as they are; -1 where there are no digits.
  const isPlain = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!isPlain || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null
  const isPunctuated =
    text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58
  if (!isPunctuated) return null
  const decimals = end === 19 ? 0 : end - 20
  if (decimals > 0 && digitsAt(text, 20, decimals) < 0) return null
  const fraction = decimals === 0 ? 0 : digitsAt(text, 20, Math.min(3, decimals)) * 10 ** (3 - Math.min(3, decimals))
  return Date.UTC(year, month - 1, day, hour, minute, second) + fraction
}

/** The number that these digits say, or -1. */
function digitsAt(text: string, from: number, count: number): number {
  let number = 0
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    number = number * 10 + digit
  }
  return number
}

function parseOffset(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || '0')
  if (hours > 18 || minutes > 59) return null
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
