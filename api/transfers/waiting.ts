// Which transfers and loans wait for an answer or for the device to come back.
import { DEFAULT_TERMS } from '#domain/agreement/month-terms.ts'
import { TRANSFER } from '#domain/lifecycle/transfer.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'

/** Papers that one answer looks through. */
const MAX_PAPERS = 1000

/** Of those that the scope sees, in one premises or everywhere: the receiver answers an offer, and gives a loan back by its end. */
export async function transfersWaiting(records: Records, scope: Scope, premises?: Id): Promise<Waiting[]> {
  const { items } = await records.listPapers(scope, TRANSFER, {
    states: ['offered', 'accepted'],
    limit: MAX_PAPERS,
    ...(premises === undefined ? {} : { premises }),
  })
  return items.flatMap(({ id, state, dueAt, body, premises: place }): Waiting[] => {
    if (place === null || (state === 'accepted' && body.wanted.kind !== 'loan')) return []
    return [
      {
        kind: state === 'offered' ? 'transfer-to-answer' : 'loan-to-return',
        premises: place,
        period: null,
        subject: id,
        waitsFor: body.wanted.receiver,
        dueAt,
        reminderDays: DEFAULT_TERMS.reminderDays,
      },
    ]
  })
}
