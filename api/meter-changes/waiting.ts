// Which meter changes wait for their witness.
import { DEFAULT_TERMS } from '#domain/agreement/month-terms.ts'
import { METER_CHANGE } from '#domain/metering/meter-change.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'

/** Papers that one answer looks through. */
const MAX_PAPERS = 1000

/** Of those that the scope sees, in one premises or everywhere. */
export async function meterChangesWaiting(records: Records, scope: Scope, premises?: Id): Promise<Waiting[]> {
  const { items } = await records.listPapers(scope, METER_CHANGE, {
    states: ['proposed'],
    limit: MAX_PAPERS,
    ...(premises === undefined ? {} : { premises }),
  })
  return items.flatMap(({ id, body, premises: place }): Waiting[] =>
    place === null
      ? []
      : [
          {
            kind: 'meter-change-to-witness',
            premises: place,
            period: null,
            subject: id,
            waitsFor: body.wanted.witness,
            dueAt: null,
            reminderDays: DEFAULT_TERMS.reminderDays,
          },
        ],
  )
}
