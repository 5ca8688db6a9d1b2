// From facts to weights: what each fact gives its party, and the facts of each method that weighs parties.
import type { Id, SplitMethod } from '#domain/registry/bundle.ts'
import { ONE, ZERO, add, divide, fraction, multiply } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { WeighedMethod, WeightFact } from '#domain/settlement/trace.ts'
import { areaFacts } from './area.ts'
import { directFacts } from './direct.ts'
import { equalFacts } from './equal.ts'
import { fixedFacts } from './fixed.ts'
import { headcountFacts } from './headcount.ts'
import { ownershipFacts } from './ownership.ts'
import type { SplitUse, Weighing } from './split-use.ts'
import { usageFacts } from './usage.ts'

/** The facts that give the parties weight by a method that does not divide further. */
function factsBehind(method: SplitMethod & { by: WeighedMethod }, use: SplitUse): WeightFact[] {
  switch (method.by) {
    case 'fixed':
      return fixedFacts(method, use)
    case 'equal':
      return equalFacts(use)
    case 'area':
      return areaFacts(method, use)
    case 'headcount':
      return headcountFacts(use)
    case 'usage':
      return usageFacts(method, use)
    case 'ownership':
      return ownershipFacts(use)
    case 'direct':
      return directFacts(method)
  }
}

/** The weight of each party, in order, with the facts behind it. */
export function weigh(method: SplitMethod & { by: WeighedMethod }, use: SplitUse): Weighing {
  const facts = factsBehind(method, use)
  return { facts, weights: weightsOf(facts, use.parties) }
}

/** What one fact adds to its party's weight. */
export function weightOfFact(fact: WeightFact): Fraction {
  switch (fact.fact) {
    case 'number':
      return fact.number
    case 'party':
      return ONE
    case 'space':
      return multiply(multiply(fact.areaM2, fact.useWeight), fraction(BigInt(fact.days)))
    case 'headcount':
      return multiply(fact.people, fraction(BigInt(fact.days)))
    case 'usage':
      return fact.hours
    case 'ownership':
      return multiply(divide(fact.number, fact.rowSum), fraction(BigInt(fact.days)))
  }
}

/** The weight of each party, in order. Only parties have weight. */
export function weightsOf(facts: readonly WeightFact[], parties: readonly Id[]): Fraction[] {
  const byParty = new Map<Id, Fraction>(parties.map((party) => [party, ZERO]))
  for (const fact of facts) {
    const weight = byParty.get(fact.party)
    if (weight !== undefined) byParty.set(fact.party, add(weight, weightOfFact(fact)))
  }
  return [...byParty.values()]
}
