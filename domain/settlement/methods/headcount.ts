// Method `headcount`: people × days.
import { fractionOfDecimal } from '#domain/quantity/fraction.ts'
import { decimalOf } from '#domain/quantity/decimal.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'
import type { SplitUse } from './split-use.ts'
import { overlap } from './split-use.ts'

export function headcountFacts({ facts, parties, days }: SplitUse): WeightFact[] {
  return (facts.premises.headcounts ?? []).flatMap((row) => {
    const within = parties.includes(row.organisation) ? overlap(days, row.from, row.to) : null
    if (within === null) return []
    return [
      {
        fact: 'headcount' as const,
        party: row.organisation,
        people: fractionOfDecimal(decimalOf(row.people)!),
        from: formatDay(within.firstDay),
        to: formatDay(within.endDay),
        days: within.endDay - within.firstDay,
      },
    ]
  })
}
