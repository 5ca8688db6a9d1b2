// Method `area`: floor area of exclusive spaces × days held; a space that no party holds counts for the landlord, if a party.
import type { SplitMethod, Tenancy } from '#domain/registry/bundle.ts'
import { ONE, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'
import type { Days, SplitUse } from './split-use.ts'
import { overlap } from './split-use.ts'

export function areaFacts(method: SplitMethod & { by: 'area' }, { facts, parties, days }: SplitUse): WeightFact[] {
  const { premises } = facts
  const isParty = new Set(parties)
  const held = new Map<string, { tenancy: Tenancy; days: Days }[]>()
  for (const tenancy of premises.tenancies ?? []) {
    const within = isParty.has(tenancy.organisation) ? overlap(days, tenancy.from, tenancy.to) : null
    if (within === null) continue
    const list = held.get(tenancy.space)
    if (list === undefined) held.set(tenancy.space, [{ tenancy, days: within }])
    else list.push({ tenancy, days: within })
  }
  const found: WeightFact[] = []
  for (const space of premises.spaces ?? []) {
    if (space.use !== 'exclusive') continue
    const weightOfType =
      space.type !== undefined && method.useWeights !== undefined && Object.hasOwn(method.useWeights, space.type)
        ? parseDecimalFraction(method.useWeights[space.type]!)!
        : ONE
    const areaM2 = parseDecimalFraction(space.areaM2)!
    const add = (party: string, { firstDay, endDay }: Days, vacant: boolean): void => {
      found.push({
        fact: 'space',
        party,
        space: space.id,
        type: space.type ?? null,
        areaM2,
        useWeight: weightOfType,
        from: formatDay(firstDay),
        to: formatDay(endDay),
        days: endDay - firstDay,
        vacant,
      })
    }
    let vacantFrom = days.firstDay
    const holders = (held.get(space.id) ?? []).sort((a, b) => a.days.firstDay - b.days.firstDay)
    for (const { tenancy, days: within } of holders) {
      if (isParty.has(premises.landlord) && vacantFrom < within.firstDay)
        add(premises.landlord, { firstDay: vacantFrom, endDay: within.firstDay }, true)
      add(tenancy.organisation, within, false)
      vacantFrom = Math.max(vacantFrom, within.endDay)
    }
    if (isParty.has(premises.landlord) && vacantFrom < days.endDay)
      add(premises.landlord, { firstDay: vacantFrom, endDay: days.endDay }, true)
  }
  return found
}
