// Which faults wait for an answer.
import { FAULT, keeperOf } from '#domain/faults/fault.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import { bodyOn } from '#domain/agreement/responsible.ts'
import type { Id, Organisation } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'
import { localDate } from '#api/views/premises-summary.ts'

/** Papers that one answer looks through. */
const MAX_PAPERS = 1000

/** Of those that the scope sees, in one premises or everywhere: whoever is offered one accepts or declines it. Days of reminders mean nothing within hours. */
export async function faultsWaiting(
  { records, now }: { records: Records; now: () => number },
  scope: Scope,
  premises?: Id,
): Promise<Waiting[]> {
  const { items } = await records.listPapers(scope, FAULT, {
    states: ['offered'],
    limit: MAX_PAPERS,
    ...(premises === undefined ? {} : { premises }),
  })
  if (items.length === 0) return []
  const organisations = new Map<Id, Organisation>()
  for await (const one of listAll(records, 'organisations')) organisations.set(one.id, one)
  const today = localDate(now(), 'UTC')
  return items.flatMap(({ id, dueAt, body, premises: place }): Waiting[] => {
    const keeper = keeperOf(body)?.organisation
    if (place === null || keeper === undefined) return []
    // Whoever succeeded it answers for what it was offered.
    const waitsFor = bodyOn(organisations, keeper, today)
    return [{ kind: 'fault-to-answer', premises: place, period: null, subject: id, waitsFor, dueAt, reminderDays: [] }]
  })
}
