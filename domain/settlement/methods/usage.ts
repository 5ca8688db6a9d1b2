// Method `usage`: hours of the usage records of some devices, or of the item's own, within the days.
import type { SplitMethod } from '#domain/registry/bundle.ts'
import { fraction } from '#domain/quantity/fraction.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'
import type { SplitUse } from './split-use.ts'

const HOUR_MS = 3_600_000n

export function usageFacts(
  method: SplitMethod & { by: 'usage' },
  { facts, month, parties, days, device }: SplitUse,
): WeightFact[] {
  const quarters = facts.quarters(month)
  const start = quarters.boundaries[quarters.dayFirst[days.firstDay - quarters.firstDay]!]!
  const end = quarters.boundaries[quarters.dayFirst[days.endDay - quarters.firstDay]!]!
  const devices = new Set(method.devices ?? (device === null ? [] : [device]))
  return [...devices].flatMap((id) =>
    facts.usage(id).flatMap((record) => {
      const from = Math.max(start, record.from)
      const to = Math.min(end, record.to)
      if (from >= to || !parties.includes(record.organisation)) return []
      const hours = fraction(BigInt(to - from), HOUR_MS)
      return [
        {
          fact: 'usage' as const,
          party: record.organisation,
          device: id,
          from: formatInstant(from),
          to: formatInstant(to),
          hours,
        },
      ]
    }),
  )
}
