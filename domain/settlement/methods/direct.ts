// Method `direct`: all to one party.
import type { SplitMethod } from '#domain/registry/bundle.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'

export function directFacts(method: SplitMethod & { by: 'direct' }): WeightFact[] {
  return [{ fact: 'party', party: method.party }]
}
