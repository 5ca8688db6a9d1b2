// Counts and latencies of a load: one histogram with steps of about 2 %, reset every second for the progress line.

/** Latencies in ms, kept in logarithmic steps: bounded memory whatever the number of messages. */
export function createHistogram() {
  const perDouble = 32
  const counts = new Uint32Array(perDouble * 32)
  let total = 0
  return {
    add(ms: number): void {
      const step = Math.round(Math.log2(Math.max(ms, 0.001) / 0.001) * perDouble)
      const index = Math.min(counts.length - 1, Math.max(0, step))
      counts[index] = (counts[index] ?? 0) + 1
      total++
    },
    /** The latency that the given part of all stays below, or null without any. */
    quantile(part: number): number | null {
      if (total === 0) return null
      let left = Math.ceil(total * part)
      for (let i = 0; i < counts.length; i++) {
        left -= counts[i] ?? 0
        if (left <= 0) return 0.001 * 2 ** (i / perDouble)
      }
      return null
    },
    get count() {
      return total
    },
    clear(): void {
      counts.fill(0)
      total = 0
    },
  }
}

export type Totals = { published: number; acknowledged: number; errors: number; lost: number }

/** One second of a load in one line. */
export function progressLine(
  second: number,
  connected: number,
  connections: number,
  before: Totals,
  after: Totals,
  p50: number | null,
  p99: number | null,
): string {
  const ms = (value: number | null): string => (value === null ? '–' : value < 10 ? value.toFixed(2) : value.toFixed(0))
  return (
    `${String(second).padStart(4)} s  connected ${connected}/${connections}  published ${after.published - before.published}/s  ` +
    `acked ${after.acknowledged - before.acknowledged}/s  p50 ${ms(p50)} ms  p99 ${ms(p99)} ms  errors ${after.errors}`
  )
}
