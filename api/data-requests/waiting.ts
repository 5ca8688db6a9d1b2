// Which requests under the Data Act wait for the answer of a data holder that is here.
import { DATA_REQUEST } from '#domain/data-act/data-request.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'

/** Papers that one answer looks through. */
const MAX_PAPERS = 1000
/** The Act gives no days, so the holder is told when it is asked, and again before it is asked after. */
const REMINDER_DAYS = [30, 7]

/** Of those that the scope sees, in one premises or everywhere. A holder outside answers by letter. */
export async function dataRequestsWaiting(records: Records, scope: Scope, premises?: Id): Promise<Waiting[]> {
  const { items } = await records.listPapers(scope, DATA_REQUEST, {
    states: ['sent'],
    limit: MAX_PAPERS,
    ...(premises === undefined ? {} : { premises }),
  })
  return items.flatMap(({ body, premises: place, dueAt }): Waiting[] => {
    const waitsFor = body.holder.organisation
    if (place === null || waitsFor === null || waitsFor === body.by) return []
    const kind = 'data-request-to-answer'
    return [{ kind, premises: place, period: null, subject: body.device, waitsFor, dueAt, reminderDays: REMINDER_DAYS }]
  })
}
