// Instants as text with an offset or Z, and as milliseconds since 1970.

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/

/** Milliseconds since 1970 of `2026-03-01T00:00:00+02:00`; null without offset or Z, or when there is no such day or time. */
export function parseInstant(text: string): number | null {
  const m = INSTANT.exec(text)
  if (m === null) return null
  const [year, month, day, hour, minute, second] = [+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +(m[6] ?? 0)]
  const millisecond = m[7] === undefined ? 0 : Number(m[7].padEnd(3, '0').slice(0, 3))
  const offsetMinutes = m[8] === undefined ? 0 : (m[8] === '-' ? -1 : 1) * (+m[9]! * 60 + +m[10]!)
  if (hour > 23 || minute > 59 || second > 59 || +(m[9] ?? 0) > 23 || +(m[10] ?? 0) > 59 || year < 100) return null
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const same = new Date(at)
  if (same.getUTCMonth() !== month - 1 || same.getUTCDate() !== day) return null
  return at - offsetMinutes * 60_000
}

/** `2026-02-28T22:00:00.000Z`. */
export function formatInstant(atMs: number): string {
  return new Date(atMs).toISOString()
}

/** Milliseconds of `PT15M`, `PT1H`, `PT30M`, `PT1H30M`; null for anything else, and for nothing. */
export function parseDurationMs(text: string): number | null {
  const m = /^PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?$/.exec(text)
  if (m === null) return null
  const minutes = Number(m[1] ?? 0) * 60 + Number(m[2] ?? 0)
  return minutes === 0 ? null : minutes * 60_000
}
