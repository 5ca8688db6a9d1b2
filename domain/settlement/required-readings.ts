// Which readings a settlement needs: for each meter one window over all the months that use it.
import type { Bundle, Id, PointRef } from '#domain/registry/bundle.ts'
import type { ReadingsRequest } from '#domain/ports/meter-readings.ts'
import { inForceRuns } from '#domain/agreement/in-force.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { periodOf } from '#domain/quantity/period.ts'
import { metersOf } from './methods/split.ts'

/**
 * The meters of metered costs and of the rules in force (`main`s and sub-meters, however deep) in these months, each with
 * the widest window in which it is used, whole months of the premises' time zone. Ordered by device and point.
 */
export function requiredReadings(facts: Bundle, premisesId: Id, periods: readonly string[]): ReadingsRequest[] {
  const premises = facts.premises?.find(({ id }) => id === premisesId)
  if (premises === undefined) return []
  const windows = new Map<string, ReadingsRequest>()
  for (const month of periods) {
    const { from, to, firstDay, endDay } = periodOf(month, premises.timeZone)
    const need = ({ device, point }: PointRef): void => {
      const key = `${device} ${point}`
      const known = windows.get(key)
      if (known === undefined) windows.set(key, { device, point, from, to })
      else windows.set(key, { ...known, from: Math.min(known.from, from), to: Math.max(known.to, to) })
    }
    for (const cost of facts.meteredCosts ?? []) {
      const runs = dayNumber(cost.from) < endDay && (cost.to === null || dayNumber(cost.to) > firstDay)
      if (cost.premises === premisesId && runs) need(cost.meter)
    }
    const agreements = (facts.agreements ?? []).filter((agreement) => agreement.premises === premisesId)
    for (const { inForce } of inForceRuns(agreements, firstDay, endDay)) {
      if (inForce === null) continue
      for (const rule of inForce.version.rules)
        for (const { ref } of metersOf(rule.method, inForce.agreement.parties)) need(ref)
    }
  }
  return [...windows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, request]) => request)
}
