// Method `equal`: every party the same.
import type { WeightFact } from '#domain/settlement/trace.ts'
import type { SplitUse } from './split-use.ts'

export function equalFacts({ parties }: SplitUse): WeightFact[] {
  return parties.map((party) => ({ fact: 'party', party }))
}
