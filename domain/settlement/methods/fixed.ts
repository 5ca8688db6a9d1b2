// Method `fixed`: the numbers given; they need not add up to anything.
import type { SplitMethod } from '#domain/registry/bundle.ts'
import { parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'
import type { SplitUse } from './split-use.ts'

export function fixedFacts(method: SplitMethod & { by: 'fixed' }, { parties }: SplitUse): WeightFact[] {
  return parties.flatMap((party) => {
    const number = Object.hasOwn(method.shares, party) ? method.shares[party] : undefined
    return number === undefined ? [] : [{ fact: 'number' as const, party, number: parseDecimalFraction(number)! }]
  })
}
