// Checks a bundle as a whole, against itself and what is already known: what it would make of the facts must be possible to settle.
import type { Problem } from '#domain/failure.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type { Bundle, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import { checkAgreement, checkAgreementMeters, checkAgreementsApart } from './check-agreement.ts'
import { checkInvoice, checkMeteredCost, checkMeteredCostUnits, checkRecurringCost } from './check-costs.ts'
import { checkDevice, checkDevicePlace } from './check-device.ts'
import { checkMeters } from './check-meters.ts'
import { checkOrganisation, checkSuccessors } from './check-organisation.ts'
import { checkPremises } from './check-premises.ts'
import { checkReadings, checkUsage } from './check-rows.ts'
import { checkPriceSeries, checkTariff, checkTariffSeries } from './check-tariff.ts'
import { checkId, checkUnique, shown } from './check-values.ts'
import { allOf, factsOf, lookIn } from './facts.ts'
import type { Facts, Look } from './facts.ts'
import { at } from './pointer.ts'
import { createProblems } from './problems.ts'
import type { Report } from './problems.ts'
import { referencesOf } from './references.ts'

/** Objects that are checked between two pauses: some 10 ms. */
const OBJECTS_PER_STEP = 500

const NOUNS: { [K in ObjectKind]: string } = {
  organisations: 'organisation',
  premises: 'premises',
  devices: 'device',
  priceSeries: 'price series',
  tariffs: 'tariff',
  agreements: 'agreement',
  meteredCosts: 'metered cost',
  recurringCosts: 'recurring cost',
  invoices: 'invoice',
}

/** What can be seen of an object alone. */
const ALONE: { [K in ObjectKind]: (value: ObjectOf<K>, report: Report) => void } = {
  organisations: checkOrganisation,
  premises: checkPremises,
  devices: checkDevice,
  priceSeries: checkPriceSeries,
  tariffs: checkTariff,
  agreements: checkAgreement,
  meteredCosts: checkMeteredCost,
  recurringCosts: checkRecurringCost,
  invoices: checkInvoice,
}

/** The facts as they will be. */
type Future = { look: Look; agreementsOf: (premises: string) => readonly ObjectOf<'agreements'>[] }

/** What can be seen only together with the other facts. */
const TOGETHER: { [K in ObjectKind]?: (value: ObjectOf<K>, future: Future, report: Report) => void } = {
  organisations: (value, { look }, report) => checkSuccessors(value, look, report),
  devices: (value, { look }, report) => {
    checkDevicePlace(value, look, report)
    checkMeters(value, look, report)
  },
  tariffs: (value, { look }, report) => checkTariffSeries(value, look, report),
  agreements: (value, { look, agreementsOf }, report) => {
    checkAgreementMeters(value, look, report)
    checkAgreementsApart(value, agreementsOf(value.premises), report)
  },
  meteredCosts: (value, { look, agreementsOf }, report) =>
    checkMeteredCostUnits(value, agreementsOf(value.premises), look, report),
}

const under =
  (pointer: string, report: Report): Report =>
  (inner, code, message) =>
    report(`${pointer}${inner}`, code, message)

/**
 * All problems of a bundle (at most PROBLEM_LIMIT and a line that tells of more), each with the JSON Pointer of its place.
 * `known` holds what is stored already, as far as it concerns the bundle (load-known.ts); stored objects that the bundle would
 * make impossible to settle are problems too, at the object of the bundle that does it.
 * The form (types of the fields) has been checked before.
 */
export const checkBundle = (bundle: Bundle, known: Facts): Problem[] => {
  const steps = checkBundleInSteps(bundle, known)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same, pausing now and then, so that whoever checks a large bundle can let others have a turn. */
export function* checkBundleInSteps(bundle: Bundle, known: Facts): Generator<void, Problem[]> {
  const problems = createProblems()
  const news = factsOf(bundle)
  const look = lookIn(news, known)
  const agreements = Map.groupBy(allOf('agreements', news, known), (agreement) => agreement.premises)
  const future: Future = { look, agreementsOf: (premises) => agreements.get(premises) ?? [] }

  for (const kind of OBJECT_KINDS) {
    yield* checkList(kind, (bundle[kind] ?? []) as ObjectOf<typeof kind>[], future, problems.report)
    if (problems.full()) return problems.list()
  }
  for (const [i, record] of (bundle.usage ?? []).entries())
    checkUsage(record, look, under(at('/usage', i), problems.report))
  for (const [i, rows] of (bundle.readings ?? []).entries()) {
    yield* checkReadings(rows, look, under(at('/readings', i), problems.report))
    if (problems.full()) break
  }
  checkStored(bundle, news, known, future, problems.report)
  return problems.list()
}

function* checkList<K extends ObjectKind>(
  kind: K,
  values: readonly ObjectOf<K>[],
  future: Future,
  report: Report,
): Generator<void> {
  checkUnique(
    values,
    (value) => value.id,
    (i) => at(`/${kind}`, i, 'id'),
    'duplicate-id',
    report,
  )
  for (const [i, value] of values.entries()) {
    if (i % OBJECTS_PER_STEP === OBJECTS_PER_STEP - 1) yield
    const here = under(at(`/${kind}`, i), report)
    checkId(value.id, '/id', here)
    ALONE[kind](value, here)
    checkReferences(kind, value, future.look, here)
    TOGETHER[kind]?.(value, future, here)
  }
}

const checkReferences = <K extends ObjectKind>(kind: K, value: ObjectOf<K>, look: Look, report: Report): void => {
  for (const reference of referencesOf(kind, value)) {
    if (look(reference.kind, reference.id) !== undefined) continue
    report(
      reference.pointer,
      'unknown-id',
      `There is no ${NOUNS[reference.kind]} ${shown(reference.id)}, neither here nor in what is already known.`,
    )
  }
}

/** Stored objects that name a changed one: what they could be settled with before must still be there. */
const checkStored = (bundle: Bundle, news: Facts, known: Facts, future: Future, report: Report): void => {
  const place = placesOf(bundle)
  const check = <K extends ObjectKind>(kind: K): void => {
    for (const value of known[kind].values()) {
      if (news[kind].has(value.id)) continue
      const named = referencesOf(kind, value).map((to) => `${to.kind}/${to.id}`)
      const rules = kind === 'meteredCosts' ? `rules of ${(value as ObjectOf<'meteredCosts'>).premises}` : ''
      const cause = [...named, rules].map((key) => place.get(key)).find((pointer) => pointer !== undefined)
      if (cause === undefined) continue
      if (kind === 'agreements') place.set(`rules of ${(value as ObjectOf<'agreements'>).premises}`, cause)
      TOGETHER[kind]?.(value, future, (_inner, code, message) =>
        report(cause, code, `This would break the ${NOUNS[kind]} ${value.id} that is stored: ${message}`),
      )
    }
  }
  for (const kind of ['devices', 'tariffs', 'agreements', 'meteredCosts'] as const) check(kind)
}

/** Where the objects of the bundle stand whose change can break what names them. */
const placesOf = (bundle: Bundle): Map<string, string> =>
  new Map([
    ...(['premises', 'devices', 'priceSeries', 'tariffs'] as const).flatMap((kind) =>
      (bundle[kind] ?? []).map((value, i): [string, string] => [`${kind}/${value.id}`, at(`/${kind}`, i)]),
    ),
    ...(bundle.agreements ?? []).map((value, i): [string, string] => [
      `rules of ${value.premises}`,
      at('/agreements', i),
    ]),
  ])
