// The readings of the crash tests: each serial number is one reading, the same in every process.

export const SERIES = 40
export const T0 = Date.UTC(2026, 0, 1)
/** Commits between two calls of dropBefore. */
export const DROP_EVERY = 60

export type SerialReading = { number: number; at: number; value: number; receivedAt: number }

/** Mostly in order; every seventh reading comes late by some, every 97th by much. No two have the same series and instant. */
export function readingOfSerial(serial: number): SerialReading {
  const number = serial % SERIES
  const step = Math.floor(serial / SERIES)
  const late = serial % 97 === 0 ? 90_000_500 : serial % 7 === 0 ? 45_250 : 0
  const at = T0 + 200_000_000 + step * 60_000 - late
  return { number, at, value: serial, receivedAt: T0 + 200_000_000 + step * 60_000 + 40 }
}
