// The readings of the store's bench: counters and sensors as meters send them, the same in every run.

export const POINTS = 1_000
export const T0 = Date.UTC(2026, 2, 1)
export const SPAN_MS = 30 * 24 * 3_600_000
/** The first points are counters, the others sensors. */
const COUNTERS = 100

/** A number in [0, 1) that depends on nothing but its arguments. */
function noise(point: number, step: number): number {
  let bits = Math.imul(point + 1, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 15), 0xc2b2ae35)
  return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32
}

const counts = new Float64Array(POINTS)

/** Reading number `step` of `steps` of a point; points are to be asked in the order of their steps. */
export function readingAt(
  point: number,
  step: number,
  steps: number,
): { at: number; value: number; receivedAt: number } {
  const chance = noise(point, step)
  const at = T0 + Math.floor((SPAN_MS * step) / steps) + (point % 60)
  const receivedAt = at + 20 + Math.floor(chance * 60)
  if (point >= COUNTERS)
    return { at, value: Math.round(210 + 10 * Math.sin(step / 50 + point) + chance * 4) / 10, receivedAt }
  const count = step === 0 ? 100_000 * point : (counts[point] as number) + Math.floor(chance * 40)
  counts[point] = count
  return { at, value: count / 100, receivedAt }
}
