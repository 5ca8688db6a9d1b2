// Method `ownership`: ownership share × days of the item's device; a share is its number over the sum of its row.
import { parseDecimalFraction, sum } from '#domain/quantity/fraction.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'
import type { SplitUse } from './split-use.ts'
import { overlap } from './split-use.ts'

export function ownershipFacts({ facts, parties, days, device }: SplitUse): WeightFact[] {
  const rows = device === null ? [] : (facts.devices.get(device)?.ownership ?? [])
  return rows.flatMap((row) => {
    const within = overlap(days, row.from, row.to)
    if (within === null) return []
    const numbers = Object.entries(row.shares).map(([owner, share]) => ({
      owner,
      number: parseDecimalFraction(share)!,
    }))
    const rowSum = sum(numbers.map(({ number }) => number))
    if (rowSum.n === 0n) return []
    return numbers
      .filter(({ owner }) => parties.includes(owner))
      .map(({ owner, number }) => ({
        fact: 'ownership' as const,
        party: owner,
        device: device!,
        number,
        rowSum,
        from: formatDay(within.firstDay),
        to: formatDay(within.endDay),
        days: within.endDay - within.firstDay,
      }))
  })
}
