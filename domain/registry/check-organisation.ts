// What an organisation must be: named, and succeeded by another one without going round in a circle.
import type { Organisation } from '#domain/registry/bundle.ts'
import { checkDate, checkNames } from './check-values.ts'
import type { Look } from './facts.ts'
import type { Report } from './problems.ts'

export const checkOrganisation = (value: Organisation, report: Report): void => {
  checkNames(value.name, '/name', report)
  if (value.successor !== undefined) checkDate(value.successor.from, '/successor/from', report)
}

/** Follows the successors; coming back to a body that was there before is a circle. */
export const checkSuccessors = (value: Organisation, look: Look, report: Report): void => {
  const seen = new Set<string>()
  let body: Organisation | undefined = value
  while (body?.successor !== undefined) {
    if (seen.has(body.id)) {
      report(
        '/successor/organisation',
        'successor-cycle',
        `The successors of ${value.id} come back to ${body.id}. One of them must have none.`,
      )
      return
    }
    seen.add(body.id)
    body = look('organisations', body.successor.organisation)
  }
}
