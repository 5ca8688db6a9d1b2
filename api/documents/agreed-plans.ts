// Plans of advance payments that stand: they cover the documents of their months.
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import { ADVANCE_PLAN, type AdvancePlan } from '#domain/year/advances.ts'

/** Of a premises and year, between whomever. */
export async function agreedPlans(records: Records, premises: Id, year: number): Promise<StoredPaper<AdvancePlan>[]> {
  const plans: StoredPaper<AdvancePlan>[] = []
  for await (const plan of allPapers(records, ALL, ADVANCE_PLAN, { premises, states: ['agreed'] }))
    if (plan.body.year === year) plans.push(plan)
  return plans
}
