// Which items of a month rest on a meter that, by the agreement, may not decide a price.
import type { MonthTerms } from '#domain/agreement/month-terms.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { unapprovedFindings } from '#domain/settlement/checks/unapproved.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import type { RouteParts } from '#api/parts.ts'
import { gatherFacts } from './gather.ts'

/**
 * Metered items by their own meter; a sub-meter of a rule stands for itself as `meter:<device>/<point>`. Empty without an
 * agreed list of unapproved meters, because then an unapproved meter is only a warning.
 */
export async function unapprovedItems(
  { records }: Pick<RouteParts, 'records'>,
  premises: Id,
  period: string,
  terms: MonthTerms,
): Promise<string[]> {
  if (terms.unapprovedMeters === null) return []
  const facts = await gatherFacts({ records }, premises, [period], null)
  const used = requiredReadings(facts, premises, [period]).map(({ device, point }) => {
    const costs = (facts.meteredCosts ?? []).filter(({ meter }) => meter.device === device && meter.point === point)
    return {
      device,
      point,
      items: costs.length === 0 ? [`meter:${device}/${point}`] : costs.map(({ id }) => `metered:${id}`),
    }
  })
  const hindering = unapprovedFindings(facts.devices ?? [], used, period, terms).filter(
    ({ severity }) => severity === 'hinders',
  )
  return [...new Set(hindering.flatMap(({ items }) => items))]
}
