// What premises must be: a known time zone, spaces with areas, tenancies that do not overlap.
import { isTimeZone } from '#domain/quantity/period.ts'
import type { Premises } from '#domain/registry/bundle.ts'
import { checkDecimal, checkId, checkNames, checkNoOverlap, checkSpan, checkUnique, shown } from './check-values.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

const SPACE_USES: readonly string[] = ['exclusive', 'common', 'technical']

export const checkPremises = (value: Premises, report: Report): void => {
  checkNames(value.name, '/name', report)
  if (!isTimeZone(value.timeZone)) {
    report(
      '/timeZone',
      'unknown-time-zone',
      `${shown(value.timeZone)} is no time zone. Use a name like Europe/Helsinki.`,
    )
  }
  checkSpaces(value, report)
  checkTenancies(value, report)
  for (const [i, row] of (value.headcounts ?? []).entries()) {
    checkSpan(row, at('/headcounts', i), report)
    checkDecimal(row.people, at('/headcounts', i, 'people'), report, 'zero')
  }
}

const checkSpaces = (value: Premises, report: Report): void => {
  const spaces = value.spaces ?? []
  checkUnique(
    spaces,
    (space) => space.id,
    (i) => at('/spaces', i, 'id'),
    'duplicate-id',
    report,
  )
  for (const [i, space] of spaces.entries()) {
    checkId(space.id, at('/spaces', i, 'id'), report)
    checkDecimal(space.areaM2, at('/spaces', i, 'areaM2'), report, 'zero')
    if (space.name !== undefined) checkNames(space.name, at('/spaces', i, 'name'), report)
    if (!SPACE_USES.includes(space.use)) {
      report(
        at('/spaces', i, 'use'),
        'invalid-choice',
        `${shown(space.use)} is no use of a space. Use exclusive, common or technical.`,
      )
    }
  }
}

const checkTenancies = (value: Premises, report: Report): void => {
  const spaces = new Set((value.spaces ?? []).map((space) => space.id))
  const rows = (value.tenancies ?? []).map((row, i) => ({ row, pointer: at('/tenancies', i) }))
  for (const { row, pointer } of rows) {
    checkSpan(row, pointer, report)
    if (!spaces.has(row.space)) {
      report(
        at(pointer, 'space'),
        'unknown-id',
        `There is no space ${shown(row.space)} in these premises. Declare it in spaces.`,
      )
    }
  }
  for (const [space, held] of Map.groupBy(rows, ({ row }) => row.space)) {
    checkNoOverlap(
      held.map(({ row, pointer }) => ({ span: row, pointer })),
      `The tenancy of ${space}`,
      report,
    )
  }
}
