// The span that the chart of an alarm shows: some time before it was raised until it was over, or until now.
const HOUR_MS = 3_600_000
const LONGEST_MS = 14 * 24 * HOUR_MS
const STEP_MS = 60_000

/** Milliseconds [from, to), whole minutes, so that a question stays the same for a while. The time before is as long as the alarm, at least three hours. */
export const alarmSpan = (
  { raisedAt, at, over }: { raisedAt: number; at: number | null; over: number | null },
  now: number,
): { from: number; to: number } => {
  const began = Math.min(raisedAt, at ?? raisedAt)
  const end = Math.min(over ?? now, began + LONGEST_MS)
  const around = Math.min(24 * HOUR_MS, Math.max(3 * HOUR_MS, end - began))
  const floor = (ms: number) => Math.floor(ms / STEP_MS) * STEP_MS
  const to = over === null ? end : Math.min(now, end + around / 2)
  return { from: floor(began - around), to: floor(to) + STEP_MS }
}
