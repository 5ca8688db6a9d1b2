// What the terms of an agreement version must be, and whom and what they name: responsibilities, bands, estimates, meters, accounts.
import { compare, ONE } from '#domain/quantity/fraction.ts'
import { FAULT_HOURS_LIMIT } from '#domain/faults/working-time.ts'
import { RESPONSIBILITY_TASKS } from '#domain/registry/bundle.ts'
import type { AgreementTerms, Id, PointRef, ResponsibilityRow } from '#domain/registry/bundle.ts'
import {
  checkCents,
  checkDate,
  checkDecimal,
  checkNames,
  checkText,
  checkUnique,
  checkWhole,
  shown,
} from './check-values.ts'
import type { Named } from './methods.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

/** The most days before the end of the comment days when a reminder is sent. */
export const REMINDER_DAYS_LIMIT = 366
/** The most days for an answer in a dispute. */
export const ANSWER_DAYS_LIMIT = 366

export const checkTerms = (terms: AgreementTerms, parties: ReadonlySet<Id>, pointer: string, report: Report): void => {
  if (terms.reminderDays !== undefined)
    checkWhole(terms.reminderDays, 0, REMINDER_DAYS_LIMIT, at(pointer, 'reminderDays'), report)
  if (terms.answerDays !== undefined)
    checkWhole(terms.answerDays, 1, ANSWER_DAYS_LIMIT, at(pointer, 'answerDays'), report)
  if (terms.faultHours !== undefined)
    checkWhole(terms.faultHours, 1, FAULT_HOURS_LIMIT, at(pointer, 'faultHours'), report)
  if (terms.unusualChange !== undefined) {
    checkDecimal(terms.unusualChange.part, at(pointer, 'unusualChange', 'part'), report, 'zero')
    checkCents(terms.unusualChange.euros, at(pointer, 'unusualChange', 'euros'), report, 'zero')
  }
  if (terms.estimates !== undefined) checkPart(terms.estimates.most, at(pointer, 'estimates', 'most'), report)
  checkResponsibilities(terms.responsibilities ?? [], at(pointer, 'responsibilities'), report)
  checkBands(terms.remainderBands ?? [], at(pointer, 'remainderBands'), report)
  checkUnapproved(terms.unapprovedMeters ?? [], at(pointer, 'unapprovedMeters'), report)
  checkAccounts(terms.accounts ?? [], parties, at(pointer, 'accounts'), report)
}

/** One text per subject of a row: two rows of one subject would contradict each other. */
export const subjectOf = ({ of }: ResponsibilityRow): string => {
  if ('device' in of) return `device ${of.device}`
  return 'deviceType' in of ? `type ${of.deviceType}` : `system ${of.system.fi ?? of.system.sv ?? of.system.en ?? ''}`
}
export const meterKey = ({ device, point }: PointRef): string => `${device}/${point}`
export const bandKey = ({ of }: { of: { meter: PointRef } | { category: string } }): string =>
  'meter' in of ? `meter ${meterKey(of.meter)}` : `category ${of.category}`

const checkResponsibilities = (rows: readonly ResponsibilityRow[], pointer: string, report: Report): void => {
  checkUnique(rows, subjectOf, (i) => at(pointer, i, 'of'), 'duplicate', report)
  for (const [i, { of, tasks }] of rows.entries()) {
    if ('system' in of) checkNames(of.system, at(pointer, i, 'of', 'system'), report)
    if ('deviceType' in of) checkText(of.deviceType, at(pointer, i, 'of', 'deviceType'), report)
    if (RESPONSIBILITY_TASKS.every((task) => tasks[task] === undefined))
      report(
        at(pointer, i, 'tasks'),
        'adds-up-to-nothing',
        'This row names nobody for any task. Name one, or leave it out.',
      )
  }
}

const checkBands = (bands: NonNullable<AgreementTerms['remainderBands']>, pointer: string, report: Report): void => {
  checkUnique(bands, bandKey, (i) => at(pointer, i, 'of'), 'duplicate', report)
  for (const [i, { of, least, most }] of bands.entries()) {
    if ('category' in of) checkText(of.category, at(pointer, i, 'of', 'category'), report)
    const low = checkPart(least, at(pointer, i, 'least'), report)
    const high = checkPart(most, at(pointer, i, 'most'), report)
    if (low !== null && high !== null && compare(low, high) > 0)
      report(at(pointer, i, 'most'), 'out-of-range', `The most (${most}) is below the least (${least}).`)
  }
}

const checkUnapproved = (
  rows: NonNullable<AgreementTerms['unapprovedMeters']>,
  pointer: string,
  report: Report,
): void => {
  checkUnique(
    rows,
    ({ meter }) => meterKey(meter),
    (i) => at(pointer, i, 'meter'),
    'duplicate',
    report,
  )
  for (const [i, { to }] of rows.entries()) if (typeof to === 'string') checkDate(to, at(pointer, i, 'to'), report)
}

const checkAccounts = (
  rows: NonNullable<AgreementTerms['accounts']>,
  parties: ReadonlySet<Id>,
  pointer: string,
  report: Report,
): void => {
  checkUnique(
    rows,
    ({ party, category }) => `${party} ${category}`,
    (i) => at(pointer, i),
    'duplicate',
    report,
  )
  for (const [i, { party, category, account, costCentre }] of rows.entries()) {
    checkText(category, at(pointer, i, 'category'), report)
    if (!parties.has(party))
      report(at(pointer, i, 'party'), 'not-a-party', `${shown(party)} is not a party of this agreement.`)
    if ((account ?? '').trim() === '' && (costCentre ?? '').trim() === '')
      report(
        at(pointer, i),
        'adds-up-to-nothing',
        'Neither account nor cost centre is given. Give one, or leave the row out.',
      )
  }
}

/** A part of a whole, 0 to 1, or null after reporting. */
const checkPart = (value: string, pointer: string, report: Report): ReturnType<typeof checkDecimal> => {
  const part = checkDecimal(value, pointer, report, 'zero')
  if (part === null || compare(part, ONE) <= 0) return part
  report(pointer, 'out-of-range', `${shown(value)} is more than 1. Write a part of one: 0.15 is 15 %.`)
  return null
}

/** Organisations that the terms name, besides the parties of accounts; `pointer` is that of the terms. */
export const termOrganisations = (terms: AgreementTerms, pointer: string): Named<Id>[] =>
  (terms.responsibilities ?? []).flatMap(({ tasks }, i) =>
    RESPONSIBILITY_TASKS.flatMap((task): Named<Id>[] => {
      const value = tasks[task]
      return value === undefined ? [] : [{ value, pointer: at(pointer, 'responsibilities', i, 'tasks', task) }]
    }),
  )

/** Meters that the terms name: those of bands, then those that are not approved. */
export const termMeters = (terms: AgreementTerms, pointer: string): Named<PointRef>[] => [
  ...(terms.remainderBands ?? []).flatMap(({ of }, i): Named<PointRef>[] =>
    'meter' in of ? [{ value: of.meter, pointer: at(pointer, 'remainderBands', i, 'of', 'meter') }] : [],
  ),
  ...(terms.unapprovedMeters ?? []).map(({ meter }, i) => ({
    value: meter,
    pointer: at(pointer, 'unapprovedMeters', i, 'meter'),
  })),
]

/** Devices that the terms name, with those of their meters. */
export const termDevices = (terms: AgreementTerms, pointer: string): Named<Id>[] => [
  ...(terms.responsibilities ?? []).flatMap(({ of }, i): Named<Id>[] =>
    'device' in of ? [{ value: of.device, pointer: at(pointer, 'responsibilities', i, 'of', 'device') }] : [],
  ),
  ...termMeters(terms, pointer).map(({ value, pointer: place }) => ({
    value: value.device,
    pointer: at(place, 'device'),
  })),
]
