// What the life of a device must be: states that may follow each other, each later than the one before.
import type { LifecycleRow } from '#domain/registry/bundle.ts'
import { checkDate, checkText, shown } from '#domain/registry/check-values.ts'
import { at } from '#domain/registry/pointer.ts'
import type { Report } from '#domain/registry/problems.ts'
import { NEXT_STATES } from './lifecycle.ts'

export function checkLifecycle(rows: readonly LifecycleRow[], report: Report): void {
  for (const [i, row] of rows.entries()) {
    checkDate(row.from, at('/lifecycle', i, 'from'), report)
    if (row.note !== undefined) checkText(row.note, at('/lifecycle', i, 'note'), report)
    if (!Object.hasOwn(NEXT_STATES, row.state)) {
      const choice = Object.keys(NEXT_STATES).join(', ')
      report(at('/lifecycle', i, 'state'), 'invalid-choice', `${shown(row.state)} is no state. Use ${choice}.`)
      continue
    }
    const before = rows[i - 1]
    if (before === undefined) continue
    if (row.from <= before.from)
      report(
        at('/lifecycle', i, 'from'),
        'dates-reversed',
        `${row.from} does not come after ${before.from}. Give the states in the order of their dates.`,
      )
    const next = Object.hasOwn(NEXT_STATES, before.state) ? NEXT_STATES[before.state] : []
    if (!next.includes(row.state))
      report(
        at('/lifecycle', i, 'state'),
        'invalid-choice',
        next.length === 0
          ? `Nothing comes after ${before.state}.`
          : `${row.state} can't come after ${before.state}; ${next.join(', ')} can.`,
      )
  }
}
