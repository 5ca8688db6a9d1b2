// Drops raw readings that are older than the setting says, once a day; roll-ups stay, and so does every reading of a meter that an issued or closed month may rest on.
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { PointRef } from '#domain/registry/bundle.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import type { Job } from './jobs.ts'
import type { Log } from './log.ts'

const DAY_MS = 86_400_000
/** The first run waits until the start is over. */
const FIRST_RUN_MS = 600_000

type Parts = { records: Records; telemetry: Telemetry; retentionDays: number; now: () => number; log: Log }

/** The daily run; none when 0 days keep everything. */
export const retentionJob = (parts: Parts): Job[] =>
  parts.retentionDays === 0
    ? []
    : [{ name: 'retention', everyMs: DAY_MS, firstMs: FIRST_RUN_MS, run: () => dropOldReadings(parts) }]

/** One run. Gives how many readings went. */
export async function dropOldReadings({ records, telemetry, retentionDays, now, log }: Parts): Promise<number> {
  const keep = new Map<number, number>()
  for await (const value of listAll(records, 'premises')) {
    const frozen = new Set((await records.ledger(value.id)).map((entry) => entry.period))
    if (frozen.size === 0) continue
    for (const { device, point } of await metersOf(records, value.id, [...frozen])) {
      const series = telemetry.findSeries(device, point)
      if (series !== null) keep.set(series, 0)
    }
  }
  const { dropped } = await telemetry.dropBefore(now() - retentionDays * DAY_MS, keep)
  if (dropped > 0) log.info('old readings dropped', { dropped, retentionDays, keptSeries: keep.size })
  return dropped
}

/** The meters of the premises now, and those that its frozen months name. */
async function metersOf(records: Records, premises: string, periods: string[]): Promise<PointRef[]> {
  const facts = await factsOfPremises(records, premises)
  if (facts === null) return []
  const own = (facts.devices ?? []).flatMap((device) =>
    (device.points ?? [])
      .filter(({ kind }) => kind === 'counter' || kind === 'interval')
      .map(({ key }) => ({ device: device.id, point: key })),
  )
  return [...own, ...requiredReadings(facts, premises, periods)]
}
