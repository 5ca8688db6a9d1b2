// Which faults wait for an answer.
import { FAULT, keeperOf } from '#domain/faults/fault.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'

/** Papers that one answer looks through. */
const MAX_PAPERS = 1000

/** Of those that the scope sees, in one premises or everywhere: whoever is offered one accepts or declines it. Days of reminders mean nothing within hours. */
export async function faultsWaiting(records: Records, scope: Scope, premises?: Id): Promise<Waiting[]> {
  const { items } = await records.listPapers(scope, FAULT, {
    states: ['offered'],
    limit: MAX_PAPERS,
    ...(premises === undefined ? {} : { premises }),
  })
  return items.flatMap(({ id, dueAt, body, premises: place }): Waiting[] => {
    const waitsFor = keeperOf(body)?.organisation
    if (place === null || waitsFor === undefined) return []
    return [{ kind: 'fault-to-answer', premises: place, period: null, subject: id, waitsFor, dueAt, reminderDays: [] }]
  })
}
