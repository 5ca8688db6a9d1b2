// What the agreement in force says of the life of a month: days to comment and to answer, when to remind, what is unusual.
import { inForceRuns } from '#domain/agreement/in-force.ts'
import { readTerms, type MonthTerms } from '#domain/agreement/month-terms.ts'
import { monthDays } from '#domain/quantity/local-date.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Agreement, Id } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'

/** Of the version in force on the last days of the month; without one of an agreement with a version then, else the defaults. */
export async function termsOf(records: Records, premises: Id, period: string): Promise<MonthTerms> {
  const agreements: Agreement[] = []
  for await (const agreement of listAll(records, 'agreements', { premises })) agreements.push(agreement)
  const { first, end } = monthDays(period)
  const inForce = inForceRuns(agreements, first, end).findLast((run) => run.inForce !== null)?.inForce ?? null
  if (inForce !== null) return readTerms(inForce.agreement, inForce.version)
  const day = `${period}-01`
  const other = agreements.find(({ versions }) =>
    versions.some(({ from, to }) => from.slice(0, 7) <= period && (to === null || to > day)),
  )
  return readTerms(other ?? null, null)
}
