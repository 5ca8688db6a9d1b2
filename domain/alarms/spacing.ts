// How densely a past was recorded: history that was kept by the hour is not silent between its hours, however soon a device is missed today.

/** Gaps on either side of one by which its spacing is judged, and how often the usual gap a device may be silent. */
const NEIGHBOURS = 5
const SILENT_SPACINGS = 3

/**
 * For each instant (ascending, distinct) how long silence after it must last to count: `waitMs`, or three times the usual gap around
 * it where that is more. The usual gap is the median of five before or of five after, whichever is more: one outage is no spacing.
 */
export function waitsBySpacing(instants: readonly number[], waitMs: number): { waits: number[]; isSparse: boolean } {
  const gaps = instants.slice(1).map((at, i) => at - instants[i]!)
  let isSparse = false
  const waits = instants.map((_, i) => {
    const usual = Math.max(
      median(gaps.slice(Math.max(0, i - NEIGHBOURS), i)),
      median(gaps.slice(i + 1, i + 1 + NEIGHBOURS)),
    )
    if (SILENT_SPACINGS * usual <= waitMs) return waitMs
    isSparse = true
    return SILENT_SPACINGS * usual
  })
  return { waits, isSparse }
}

/** Of an even number the lower one; 0 of none. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0
