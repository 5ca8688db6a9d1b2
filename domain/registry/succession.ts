// One body is succeeded by another on a date: what changes in the facts, to be looked at before it is done (docs/adr/succession.md).
import type { Problem } from '#domain/failure.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type {
  Agreement,
  Bundle,
  Device,
  Id,
  MeteredCost,
  ObjectKind,
  ObjectOf,
  Premises,
  RecurringCost,
} from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import { checkDate, shown } from './check-values.ts'
import type { Facts } from './facts.ts'
import { listAll } from './list-all.ts'
import { createProblems } from './problems.ts'
import { passAgreement } from './succession-agreement.ts'
import { passPremises } from './succession-premises.ts'
import { passOwnership, passRows } from './succession-rows.ts'
import type { SuccessionOrder } from './succession-rows.ts'

export type { SuccessionOrder } from './succession-rows.ts'

export type SuccessionEffectCode =
  | 'succeeded'
  | 'rows-passed'
  | 'landlord-passed'
  | 'vacancy-written-down'
  | 'past-weights-change'
  | 'ownership-passed'
  | 'payer-passed'
  | 'agreement-passed'
  | 'agreement-continued'
  | 'cost-continued'
  | 'cut-inside-month'
  | 'invoice-kept'
/** One thing that will change, or that deliberately will not; `text` is a plain English sentence. */
export type SuccessionEffect = { kind: ObjectKind; id: Id; code: SuccessionEffectCode; text: string }

/** `changes` and `expectedVersions` are for importBundle: one transaction, and what is new must really be new. */
export type Succession =
  | { ok: true; effects: SuccessionEffect[]; changes: Bundle; expectedVersions: ReadonlyMap<string, number> }
  | { ok: false; problems: Problem[] }

/** The facts that a succession of the organisation can touch: whatever names it, all premises concerned, and all organisations. */
export const loadSuccession = async (records: Records, organisation: Id): Promise<Facts> => {
  const facts = Object.fromEntries(OBJECT_KINDS.map((kind) => [kind, new Map()])) as unknown as {
    [K in ObjectKind]: Map<Id, ObjectOf<K>>
  }
  const naming = { refersTo: { kind: 'organisations', ids: [organisation] } } as const
  for (const kind of OBJECT_KINDS) {
    const into: Map<Id, ObjectOf<ObjectKind>> = facts[kind]
    for await (const value of listAll(records, kind, kind === 'organisations' ? {} : naming)) into.set(value.id, value)
  }
  for (const premises of facts.premises.keys()) {
    for await (const agreement of listAll(records, 'agreements', { premises }))
      facts.agreements.set(agreement.id, agreement)
  }
  return facts
}

/**
 * What the order changes: rows are cut at the date and continued by the successor; agreements and costs end at the date and new
 * ones go on; a landlord and the payer of an acquisition, which have no dates, are replaced; invoices stay with who paid them.
 * Nothing is stored. The facts come from `loadSuccession`.
 */
export const succeed = (facts: Facts, order: SuccessionOrder): Succession => {
  const problems = problemsOf(facts, order)
  if (problems.length > 0) return { ok: false, problems }
  const effects: SuccessionEffect[] = []
  const tell = (kind: ObjectKind, id: Id, code: SuccessionEffectCode, text: string): void =>
    void effects.push({ kind, id, code, text })
  const body = facts.organisations.get(order.organisation)!
  tell('organisations', body.id, 'succeeded', `${body.id} is succeeded by ${order.successor} from ${order.from}.`)
  const changes: Bundle = {
    organisations: [{ ...body, successor: { organisation: order.successor, from: order.from } }],
    premises: premisesPassed(facts, order, tell),
    devices: devicesPassed(facts, order, tell),
    agreements: agreementsPassed(facts, order, tell),
    meteredCosts: costsPassed('meteredCosts', facts, order, tell),
    recurringCosts: costsPassed('recurringCosts', facts, order, tell),
  }
  for (const invoice of facts.invoices.values()) {
    if (invoice.payer !== order.organisation || invoice.serviceTo <= order.from) continue
    const text = `The invoice ${invoice.id} stays with ${order.organisation}, who paid it; credit it and enter it anew to move it.`
    tell('invoices', invoice.id, 'invoice-kept', text)
  }
  const news = (['agreements', 'meteredCosts', 'recurringCosts'] as const).flatMap((kind) =>
    (changes[kind] ?? []).filter(({ id }) => !facts[kind].has(id)).map(({ id }) => `${kind}/${id}`),
  )
  return { ok: true, effects, changes, expectedVersions: new Map(news.map((key) => [key, 0])) }
}

type Tell = (kind: ObjectKind, id: Id, code: SuccessionEffectCode, text: string) => void

const problemsOf = (facts: Facts, { organisation, successor, from }: SuccessionOrder): Problem[] => {
  const { report, list } = createProblems()
  checkDate(from, '/from', report)
  const body = facts.organisations.get(organisation)
  if (body === undefined) report('/organisation', 'unknown-id', `There is no organisation ${shown(organisation)}.`)
  if (!facts.organisations.has(successor))
    report('/successor', 'unknown-id', `There is no organisation ${shown(successor)}.`)
  if (body?.successor !== undefined) {
    report(
      '/organisation',
      'duplicate',
      `${organisation} is already succeeded by ${body.successor.organisation} from ${body.successor.from}.`,
    )
  }
  for (
    let next: Id | undefined = successor;
    next !== undefined;
    next = facts.organisations.get(next)?.successor?.organisation
  ) {
    if (next !== organisation) continue
    report('/successor', 'successor-cycle', `The successors of ${successor} come back to ${organisation}.`)
    break
  }
  return list()
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const premisesPassed = (facts: Facts, order: SuccessionOrder, tell: Tell): Premises[] =>
  [...facts.premises.values()].flatMap((premises) => {
    const { premises: passed, vacancies, spacesInDoubt } = passPremises(premises, [...facts.agreements.values()], order)
    if (same(passed, premises)) return []
    const tellOf = (code: SuccessionEffectCode, text: string): void => tell('premises', premises.id, code, text)
    const rows = (value: typeof premises): unknown => [
      passRows(value.tenancies ?? [], order),
      passRows(value.headcounts ?? [], order),
    ]
    if (!same(rows(premises), [premises.tenancies ?? [], premises.headcounts ?? []])) {
      tellOf(
        'rows-passed',
        `Tenancies and headcounts of ${order.organisation} in ${premises.id} pass to ${order.successor}.`,
      )
    }
    if (passed.landlord !== premises.landlord)
      tellOf('landlord-passed', `${order.successor} becomes the landlord of ${premises.id}.`)
    for (const { space, from, to } of vacancies) {
      tellOf(
        'vacancy-written-down',
        `The vacant space ${space} keeps counting for ${order.organisation} from ${from} to ${to}, as a tenancy.`,
      )
    }
    for (const space of spacesInDoubt) {
      tellOf(
        'past-weights-change',
        `The space ${space} was held by no party for a time before ${order.from}; computed again, it counts by the new landlord.`,
      )
    }
    return [passed]
  })

const devicesPassed = (facts: Facts, order: SuccessionOrder, tell: Tell): Device[] =>
  [...facts.devices.values()].flatMap((device) => {
    const passed = deviceWithout(device, order)
    const payer = device.acquisition?.payer === order.organisation
    if (!same(passed.ownership, device.ownership))
      tell(
        'devices',
        device.id,
        'ownership-passed',
        `The share of ${order.organisation} in ${device.id} passes to ${order.successor}.`,
      )
    if (!same(passed.roles, device.roles))
      tell(
        'devices',
        device.id,
        'rows-passed',
        `Roles of ${order.organisation} towards ${device.id} pass to ${order.successor}.`,
      )
    if (payer) {
      const text = `The depreciation of ${device.id} is owed to ${order.successor}, also for months before ${order.from} that are still open.`
      tell('devices', device.id, 'payer-passed', text)
    }
    return same(passed, device) ? [] : [passed]
  })

const deviceWithout = (device: Device, order: SuccessionOrder): Device => ({
  ...device,
  ...(device.ownership === undefined ? {} : { ownership: passOwnership(device.ownership, order) }),
  ...(device.roles === undefined ? {} : { roles: passRows(device.roles, order) }),
  ...(device.acquisition?.payer === order.organisation
    ? { acquisition: { ...device.acquisition, payer: order.successor } }
    : {}),
})

const agreementsPassed = (facts: Facts, order: SuccessionOrder, tell: Tell): Agreement[] =>
  [...facts.agreements.values()].flatMap((agreement) => {
    const { before, after } = passAgreement(agreement, order, newId(agreement.id, order.successor, facts.agreements))
    if (after === null) return []
    if (before === null) {
      tell(
        'agreements',
        agreement.id,
        'agreement-passed',
        `${order.successor} takes the place of ${order.organisation} in ${agreement.id}.`,
      )
      return [after]
    }
    const text = `${agreement.id} ends at ${order.from}; ${after.id} continues it with ${order.successor} in the place of ${order.organisation}, approvals included.`
    tell('agreements', agreement.id, 'agreement-continued', text)
    return [before, after]
  })

const costsPassed = <K extends 'meteredCosts' | 'recurringCosts'>(
  kind: K,
  facts: Facts,
  order: SuccessionOrder,
  tell: Tell,
): ObjectOf<K>[] =>
  [...(facts[kind].values() as Iterable<MeteredCost | RecurringCost>)].flatMap((cost) => {
    if (cost.payer !== order.organisation || (cost.to !== null && cost.to <= order.from)) return []
    if (cost.from >= order.from) {
      tell(kind, cost.id, 'payer-passed', `${order.successor} pays ${cost.id}.`)
      return [{ ...cost, payer: order.successor }]
    }
    const next = { ...cost, id: newId(cost.id, order.successor, facts[kind]), payer: order.successor, from: order.from }
    tell(
      kind,
      cost.id,
      'cost-continued',
      `${cost.id} ends at ${order.from}; ${next.id} continues it, paid by ${order.successor}.`,
    )
    if (!order.from.endsWith('-01')) {
      tell(
        kind,
        cost.id,
        'cut-inside-month',
        `${order.from} is inside a month: steps and peaks of the tariff count anew for the rest of it.`,
      )
    }
    return [{ ...cost, to: order.from }, next]
  })

/** `<id>-<successor>`, cut to the length of an id, with a number where that is taken. */
export const newId = (id: Id, successor: Id, taken: ReadonlyMap<Id, unknown>): Id => {
  for (let n = 1; ; n++) {
    const end = n === 1 ? `-${successor}` : `-${successor}-${n}`
    const made = end.length < 62 ? `${id.slice(0, 63 - end.length)}${end}` : `${id.slice(0, 50)}-${n}`
    if (!taken.has(made)) return made
  }
}
