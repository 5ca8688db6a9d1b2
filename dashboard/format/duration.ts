// ISO 8601 durations of days, hours, minutes and seconds.

const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** Milliseconds of a duration; null when it is absent, empty or counts months. */
export const parseDuration = (duration: string | undefined): number | null => {
  const match = duration === undefined ? null : PATTERN.exec(duration)
  if (match === null) return null
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  const ms = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000
  return ms === 0 ? null : ms
}
