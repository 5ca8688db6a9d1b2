// Durations of rules: ISO 8601 of fixed length, up to weeks.

const DURATION = /^P(?=.)(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?=.)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/
/** The longest that a rule may wait or look back. */
export const MAX_DURATION_MS = 90 * 86_400_000

/** Milliseconds of `PT5M`, `PT90S`, `P3D`, `P1W`; null for anything else, for nothing, and beyond 90 days. */
export function alarmDurationMs(text: string): number | null {
  const match = DURATION.exec(text)
  if (match === null) return null
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const ms = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  return ms > 0 && ms <= MAX_DURATION_MS ? ms : null
}
