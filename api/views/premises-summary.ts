// Premises as lists show them: devices by presence, parties, power now, newest reading, the last full month.
import type { PremisesSummary } from '#contract/premises.ts'
import { isToBeHeard, lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import { formatDay, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { dayOfInstant, monthOfInstant } from '#domain/quantity/period.ts'
import type { Id, LocalDate, Premises } from '#domain/registry/bundle.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { RouteParts } from '#api/parts.ts'
import { isoOrNull, valueShown } from '#api/routes/answers.ts'
import type { PremisesFacts, PremisesFactsCache } from './premises-facts.ts'

/** The month before the one in which `now` falls. */
const lastFullMonth = (now: number, timeZone: string): string =>
  monthOfIndex(monthIndex(monthOfInstant(now, timeZone)) - 1)
export const localDate = (now: number, timeZone: string): string => formatDay(dayOfInstant(now, timeZone))

export async function premisesSummary(
  premises: Premises,
  { broker, telemetry, now }: RouteParts,
  facts: PremisesFactsCache,
): Promise<{ summary: Omit<PremisesSummary, 'month'>; lastMonth: string }> {
  const known = await facts.of(premises.id)
  const { agreements, powers } = known
  const today = localDate(now(), premises.timeZone)
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
    devices: countsOf(known, premises.id, today, broker),
    spaces: (premises.spaces ?? []).length,
    parties: [...new Set(current.flatMap((agreement) => agreement.parties))],
    powerW: await powerOf(powers, telemetry, now()),
    lastReadingAt: isoOrNull(broker.presenceAt(premises.id).lastHeardAt),
  }
  return { summary, lastMonth: lastFullMonth(now(), premises.timeZone) }
}

type Counts = PremisesSummary['devices']
/** Counted anew when a state, a fact or the day is another: a list may show tens of thousands of devices. */
const counted = new WeakMap<PremisesFacts, { today: LocalDate; changes: number; counts: Counts }>()

function countsOf(facts: PremisesFacts, premises: Id, today: LocalDate, broker: RouteParts['broker']): Counts {
  const { changes } = broker.presenceAt(premises)
  const kept = counted.get(facts)
  if (kept?.changes === changes && kept.today === today) return kept.counts
  const counts = { total: facts.devices.length, works: 0, stale: 0, offline: 0, never: 0 }
  // What is planned, in stock, out of service or retired is not missed.
  for (const device of facts.devices)
    if (isToBeHeard(lifecycleOn(device, today))) counts[broker.presence(device.id).state]++
  counted.set(facts, { today, changes, counts })
  return counts
}

/** Older readings say nothing of the power now. */
const POWER_AGE_MS = 3_600_000

/** Sum of the newest `power` of the meters that electricity is paid by; null without any. */
async function powerOf(powers: PremisesFacts['powers'], telemetry: Telemetry, now: number): Promise<number | null> {
  const found = powers.flatMap(({ device, key, factor }) => {
    const series = telemetry.findSeries(device, key)
    return series === null ? [] : [{ series, factor }]
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
