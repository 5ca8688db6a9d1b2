// Newest readings arranged for a list: the live one where it is newer, points together under their device. Pure.
import type { LiveReading } from '#contract/live.ts'
import type { LatestReading } from '#contract/series.ts'

/** What is known and what the feed brought: the one with the later instant. */
export const newerOf = (latest: LatestReading, live: LiveReading | undefined): LatestReading =>
  live === undefined || Date.parse(live.at) < Date.parse(latest.at)
    ? latest
    : { ...latest, at: live.at, value: live.value, quality: live.quality, simulated: live.simulated }

/** One line a device, in the order given; `at` is its newest instant, `simulated` when any of its readings is. */
export const byDevice = (readings: readonly LatestReading[]) =>
  [...Map.groupBy(readings, ({ device }) => device)].map(([device, group]) => ({
    device,
    readings: group,
    at: group.map(({ at }) => at).reduce((a, b) => (a > b ? a : b)),
    simulated: group.some(({ simulated }) => simulated),
  }))
