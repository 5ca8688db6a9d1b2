// Computes months under other rules: gathers what any of them needs, and hands it to the thread that computes settlements.
import type { WhatIfWanted } from '#contract/what-if.ts'
import { Failure } from '#domain/failure.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import type { Premises } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { readingsOfVariants, type Variant, type WhatIf } from '#domain/settlement/what-if.ts'
import type { Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { frozenOf, gatherFacts, readingsFor } from '#api/settlement/gather.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { variantsOf } from './variants.ts'

export type Computed = { settlements: Settlement[]; variants: Variant[]; outcome: WhatIf }

/** @throws Failure 'bad-request' for months in the wrong order or too many, and what `variantsOf` throws. */
export async function computeWhatIf(
  identity: Identity,
  premises: Premises,
  wanted: WhatIfWanted,
  settlements: Settlements,
  parts: RouteParts,
): Promise<Computed> {
  const { records, limits } = parts
  const [first, last] = [monthIndex(wanted.from), monthIndex(wanted.to)]
  if (last < first) throw new Failure('bad-request', 'to is a month not before from; both are in.')
  if (last - first >= limits.whatIfMonths)
    throw new Failure('bad-request', `Try ${limits.whatIfMonths} months at most at a time.`)
  const months = Array.from({ length: last - first + 1 }, (_, i) => monthOfIndex(first + i))
  const facts = await gatherFacts(parts, premises.id, months, null)
  const variants = await variantsOf(identity, premises, wanted, facts, parts)
  const standing = await Promise.all(months.map((month) => settlements.show(premises.id, month)))
  const frozen = frozenOf(await records.ledger(premises.id))
  const readings = await readingsFor(parts, readingsOfVariants(facts, premises.id, months, variants), null)
  const outcome = await settlements.whatIf({
    facts,
    premises: premises.id,
    months: standing,
    frozen,
    variants,
    readings,
  })
  return { settlements: standing, variants, outcome }
}
