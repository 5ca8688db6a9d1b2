// Reads an ISO 8601 duration of fixed length.

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Milliseconds of a duration in weeks, days, hours, minutes and seconds; null when it is none or not positive. */
export function durationMs(text: string | undefined): number | null {
  const match = text === undefined ? null : DURATION.exec(text)
  if (match === null) return null
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const ms = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
  return ms > 0 ? ms : null
}
