// What an agreement must be: parties, numbered versions, approvals of parties, methods that name only parties and real meters.
import type { Agreement, AgreementVersion, SplitMethod } from '#domain/registry/bundle.ts'
import { checkMeter } from './check-meter.ts'
import { checkTerms, termMeters } from './check-terms.ts'
import {
  checkDecimal,
  checkInstant,
  checkNames,
  checkSpan,
  checkText,
  checkUnique,
  checkWhole,
  isReservedName,
  overlaps,
  shown,
} from './check-values.ts'
import type { Look } from './facts.ts'
import { METHOD_DEPTH_LIMIT, metersNamed, partiesNamed, walkMethod } from './methods.ts'
import type { MethodPlace } from './methods.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

/** The most days that the parties may have to comment. */
export const COMMENT_DAYS_LIMIT = 366
const VERSION_LIMIT = 1_000_000
const TEXT_HASH = /^sha256:[0-9a-f]{64}$/
const METHODS: readonly string[] = [
  'fixed',
  'equal',
  'area',
  'headcount',
  'usage',
  'ownership',
  'direct',
  'metered',
  'mix',
] satisfies SplitMethod['by'][]

export const checkAgreement = (value: Agreement, report: Report): void => {
  if (value.name !== undefined) checkNames(value.name, '/name', report)
  if (value.parties.length === 0) report('/parties', 'adds-up-to-nothing', 'An agreement needs at least one party.')
  checkUnique(
    value.parties,
    (party) => party,
    (i) => at('/parties', i),
    'duplicate',
    report,
  )
  if (value.commentDays !== undefined) checkWhole(value.commentDays, 0, COMMENT_DAYS_LIMIT, '/commentDays', report)
  checkUnique(
    value.versions,
    (version) => version.version,
    (i) => at('/versions', i, 'version'),
    'duplicate',
    report,
  )
  for (const [i, version] of value.versions.entries())
    checkVersion(version, new Set(value.parties), at('/versions', i), report)
}

const checkVersion = (
  version: AgreementVersion,
  parties: ReadonlySet<string>,
  pointer: string,
  report: Report,
): void => {
  checkWhole(version.version, 1, VERSION_LIMIT, at(pointer, 'version'), report)
  checkSpan(version, pointer, report)
  const approvals = version.approvals ?? []
  checkUnique(
    approvals,
    (approval) => approval.organisation,
    (i) => at(pointer, 'approvals', i),
    'duplicate',
    report,
  )
  for (const [i, approval] of approvals.entries()) {
    const place = at(pointer, 'approvals', i)
    checkParty(approval.organisation, parties, at(place, 'organisation'), report)
    if (approval.at !== undefined) checkInstant(approval.at, at(place, 'at'), report)
    if (approval.text !== undefined && !TEXT_HASH.test(approval.text))
      report(
        at(place, 'text'),
        'invalid-text',
        'This is no hash of a text. Write it as sha256: and 64 hexadecimal digits.',
      )
  }
  for (const [i, rule] of version.rules.entries()) {
    checkText(rule.category, at(pointer, 'rules', i, 'category'), report)
    for (const place of walkMethod(rule.method, at(pointer, 'rules', i, 'method'))) checkMethod(place, parties, report)
  }
  if (version.terms !== undefined) checkTerms(version.terms, parties, at(pointer, 'terms'), report)
}

const checkParty = (party: string, parties: ReadonlySet<string>, pointer: string, report: Report): void => {
  if (!parties.has(party))
    report(
      pointer,
      'not-a-party',
      `${shown(party)} is not a party of this agreement. Add it to parties, or leave it out here.`,
    )
}

const checkMethod = (place: MethodPlace, parties: ReadonlySet<string>, report: Report): void => {
  const { method, pointer, depth } = place
  if (depth > METHOD_DEPTH_LIMIT) {
    report(pointer, 'too-deep', `Methods are nested more than ${METHOD_DEPTH_LIMIT} deep here.`)
    return
  }
  if (!METHODS.includes(method.by)) {
    report(at(pointer, 'by'), 'invalid-choice', `${shown(method.by)} is no split method. Use ${METHODS.join(', ')}.`)
  }
  for (const named of partiesNamed(place)) checkParty(named.value, parties, named.pointer, report)
  if (method.by === 'fixed') {
    for (const [party, share] of Object.entries(method.shares))
      checkDecimal(share, at(pointer, 'shares', party), report, 'zero')
  }
  if (method.by === 'area') {
    for (const [type, weight] of Object.entries(method.useWeights ?? {})) {
      checkDecimal(weight, at(pointer, 'useWeights', type), report, 'zero')
      if (isReservedName(type))
        report(at(pointer, 'useWeights', type), 'invalid-text', `${shown(type)} cannot be a type of space.`)
    }
  }
  if (method.by === 'mix') {
    if (method.parts.length === 0) report(at(pointer, 'parts'), 'adds-up-to-nothing', 'A mix needs at least one part.')
    for (const [i, part] of method.parts.entries())
      checkDecimal(part.weight, at(pointer, 'parts', i, 'weight'), report, 'zero')
  }
}

/** Every meter that its methods name must be one, and those of one method must be of one family. */
export const checkAgreementMeters = (value: Agreement, look: Look, report: Report): void => {
  for (const [v, version] of value.versions.entries()) {
    for (const [r, rule] of version.rules.entries()) {
      for (const place of walkMethod(rule.method, at('/versions', v, 'rules', r, 'method')))
        checkMeters(place, look, report)
    }
    for (const { value: meter, pointer } of termMeters(version.terms ?? {}, at('/versions', v, 'terms')))
      checkMeter(meter, pointer, look, report)
  }
}

const checkMeters = (place: MethodPlace, look: Look, report: Report): void => {
  let first: { unit: string; family: string } | null = null
  for (const { value, pointer } of metersNamed(place)) {
    const meter = checkMeter(value, pointer, look, report)
    if (meter === null) continue
    first ??= meter
    if (meter.family !== first.family) {
      report(
        pointer,
        'unit-family',
        `${value.device}/${value.point} is in ${meter.unit}, another meter of this method in ${first.unit}: these cannot be added up.`,
      )
    }
  }
}

/** Two agreements of one premises may not both have a version for the same day, approved or not: whose rules would hold? */
export const checkAgreementsApart = (value: Agreement, others: readonly Agreement[], report: Report): void => {
  for (const other of others) {
    if (other.id === value.id || other.premises !== value.premises) continue
    for (const [i, version] of value.versions.entries()) {
      const hit = other.versions.find((theirs) => overlaps(version, theirs))
      if (hit === undefined) continue
      const span = `${hit.from} to ${hit.to ?? 'further notice'}`
      report(
        at('/versions', i),
        'overlap',
        `This version overlaps the agreement ${other.id} of the same premises (${span}). End one before the other begins.`,
      )
    }
  }
}
