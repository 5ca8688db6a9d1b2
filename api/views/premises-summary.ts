// Premises as lists show them: devices by presence, parties, power now, newest reading, the last full month.
import type { PremisesSummary } from '#contract/premises.ts'
import { isToBeHeard, lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import { formatDay, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { dayOfInstant, monthOfInstant } from '#domain/quantity/period.ts'
import type { MeteredCost, Premises } from '#domain/registry/bundle.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { RouteParts } from '#api/parts.ts'
import { isoOrNull, valueShown } from '#api/routes/answers.ts'
import { POWER_KEY, type PremisesFacts, type PremisesFactsCache } from './premises-facts.ts'

const WATTS: Record<string, number> = { W: 1, kW: 1000, MW: 1_000_000 }

/** The month before the one in which `now` falls. */
const lastFullMonth = (now: number, timeZone: string): string =>
  monthOfIndex(monthIndex(monthOfInstant(now, timeZone)) - 1)
export const localDate = (now: number, timeZone: string): string => formatDay(dayOfInstant(now, timeZone))

export async function premisesSummary(
  premises: Premises,
  { broker, telemetry, now }: RouteParts,
  facts: PremisesFactsCache,
): Promise<{ summary: Omit<PremisesSummary, 'month'>; lastMonth: string }> {
  const { devices, meteredCosts, agreements } = await facts.of(premises.id)
  const counts = { total: devices.length, works: 0, stale: 0, offline: 0, never: 0 }
  let lastHeardAt: number | null = null
  const today = localDate(now(), premises.timeZone)
  for (const device of devices) {
    const presence = broker.presence(device.id)
    // What is planned, in stock, out of service or retired is not missed.
    if (isToBeHeard(lifecycleOn(device, today))) counts[presence.state]++
    if (presence.lastHeardAt !== null && presence.lastHeardAt > (lastHeardAt ?? 0)) lastHeardAt = presence.lastHeardAt
  }
  const current = agreements.filter((agreement) =>
    agreement.versions.some((version) => version.from <= today && (version.to === null || today < version.to)),
  )
  const summary = {
    id: premises.id,
    name: premises.name,
    address: premises.address ?? null,
    timeZone: premises.timeZone,
    landlord: premises.landlord,
    demonstration: premises.demonstration === true,
    devices: counts,
    spaces: (premises.spaces ?? []).length,
    parties: [...new Set(current.flatMap((agreement) => agreement.parties))],
    powerW: await powerOf(devices, meteredCosts, telemetry, now()),
    lastReadingAt: isoOrNull(lastHeardAt),
  }
  return { summary, lastMonth: lastFullMonth(now(), premises.timeZone) }
}

/** Older readings say nothing of the power now. */
const POWER_AGE_MS = 3_600_000

/** Sum of the newest `power` of the meters that electricity is paid by; null without any. */
async function powerOf(
  devices: PremisesFacts['devices'],
  costs: readonly MeteredCost[],
  telemetry: Telemetry,
  now: number,
): Promise<number | null> {
  const paidBy = new Set(costs.map((cost) => cost.meter.device))
  const found = devices.flatMap((device) => {
    const point = paidBy.has(device.id)
      ? device.points?.find(({ key, unit }) => key === POWER_KEY && unit !== undefined && unit in WATTS)
      : undefined
    const series = point === undefined ? null : telemetry.findSeries(device.id, point.key)
    return series === null ? [] : [{ series, factor: WATTS[point?.unit ?? ''] ?? 0 }]
  })
  if (found.length === 0) return null
  const latest = await telemetry.latest(found.map(({ series }) => series))
  let sum: number | null = null
  for (const [index, reading] of latest.entries()) {
    if (reading === null || now - reading.at > POWER_AGE_MS) continue
    const value = valueShown(reading.value)
    if (typeof value === 'number') sum = (sum ?? 0) + value * (found[index]?.factor ?? 0)
  }
  return sum === null ? null : Math.round(sum)
}
