// Faults as the API keeps them: reported or joined, each step with everything that belongs to it in one transaction.
import { Failure } from '#domain/failure.ts'
import { ALARM } from '#domain/alarms/alarm.ts'
import { bodyOn } from '#domain/agreement/responsible.ts'
import { joinFaults, joinReport, reopenJoined, splitReport } from '#domain/faults/join.ts'
import {
  FAULT,
  FOLLOWER,
  keeperOf,
  OPEN_FAULT_STATES,
  REPORTER_CONTACT,
  type Fault,
  type FaultChoice,
  type FaultFile,
} from '#domain/faults/fault.ts'
import {
  acceptFault,
  closeFault,
  declineFault,
  finishFault,
  nextKeeper,
  recordCost,
  recordWork,
  reopenFault,
  reportFault,
  sayInFault,
  takeFault,
  type FaultStep,
  type Known,
  type Said,
  type StepRefusal,
  type StepResult,
} from '#domain/faults/steps.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id, Invoice, Language } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { FaultStepWanted } from '#contract/faults.ts'
import { createId } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { audienceOf, faultFacts, type FaultFacts } from './fault-facts.ts'

const ALL = { organisation: null }
const DAY_MS = 86_400_000
/** Open faults of one premises that are looked through. */
const MAX_OPEN = 1_000
/** Contacts of one fault. */
const MAX_CONTACTS = 200
/** Two who report the same at one time: the second looks again. */
const TRIES = 5

export type StoredFault = StoredPaper<Fault>
export type ReportWanted = {
  premises: Id
  device: Id | null
  space: Id | null
  what: string
  choice: FaultChoice | null
  source: Fault['source']
  alarm: Id | null
  language: Language
  files: FaultFile[]
  /** Papers of the links by which it is followed. */
  followers: string[]
  /** The open fault that it is the same as; `apart`: it joins none by itself. */
  same: Id | null
  apart: boolean
}
export type Faults = {
  find(id: Id): Promise<StoredFault>
  /** Faults that are open of a device, else of a space, the newest first. */
  openOf(place: { premises: Id; device: Id | null; space: Id | null }): Promise<StoredFault[]>
  /** Makes a fault, or joins the one that is open on the same device; `beside` is written with it, given its id. */
  report(
    wanted: ReportWanted,
    actor: Actor,
    beside?: (fault: Id, keeper: Id) => PaperChange[],
  ): Promise<{ fault: StoredFault; joined: boolean }>
  step(fault: StoredFault, wanted: FaultStepWanted, actor: Actor): Promise<StoredFault>
  /** A word of the reporter. */
  note(fault: StoredFault, said: Said, actor: Actor): Promise<void>
}

export function createFaults(parts: RouteParts): Faults {
  const { records, telemetry, limits, now } = parts
  const find = async (id: Id): Promise<StoredFault> => {
    const found = await records.getPaper(ALL, FAULT, id)
    if (found === null) throw new Failure('not-found', NOTHING_HERE)
    return found
  }
  const factsOf = async (place: { premises: Id | null; device: Id | null; space: Id | null }): Promise<FaultFacts> => {
    const facts = await faultFacts(parts, { ...place, premises: place.premises ?? '' })
    if (facts === null) throw new Failure('not-found', NOTHING_HERE)
    return facts
  }
  const changeOf = (id: Id, version: number, facts: FaultFacts, step: FaultStep, action: string): PaperChange => {
    const { state, dueAt, body } = step
    const files = [...new Set(body.entries.flatMap((entry) => entry.files.map(({ digest }) => digest)))]
    const audience = audienceOf(facts, body.custody)
    const paper = { id, premises: facts.premises.id, audience, state, dueAt, body }
    return { kind: FAULT, paper, expectedVersion: version, files, action }
  }
  const openOf: Faults['openOf'] = async ({ premises, device, space }) => {
    const { items } = await records.listPapers(ALL, FAULT, {
      premises,
      states: OPEN_FAULT_STATES,
      newestFirst: true,
      limit: MAX_OPEN,
    })
    return items.filter(({ body }) =>
      device !== null ? body.device === device : body.device === null && body.space === space,
    )
  }
  /** Papers of contacts follow the fault: for who has it now, and for a while after its end. */
  const contactsAfter = async (fault: Id, before: Fault, step: FaultStep): Promise<PaperChange[]> => {
    const keeper = keeperOf(step.body)?.organisation ?? ''
    const isMoved = keeperOf(before)?.organisation !== keeper
    const isEnded = step.state === 'closed'
    if (!isMoved && !isEnded) return []
    return (await contactsOf(parts, fault)).map(({ id, premises, body, dueAt, version, state }) => ({
      kind: REPORTER_CONTACT,
      paper: {
        id,
        premises,
        audience: [keeper],
        state,
        dueAt: isEnded ? Math.min(dueAt ?? Infinity, now() + limits.reporterContactDays * DAY_MS) : dueAt,
        body,
      },
      expectedVersion: version,
    }))
  }
  /** What somebody has who was succeeded meanwhile passes to the successor, as it stands. */
  const withSuccessor = (known: Known, { organisations, today }: FaultFacts): Known => {
    const keeper = keeperOf(known.body)
    const successor = keeper === null ? null : bodyOn(organisations, keeper.organisation, today)
    if (keeper === null || successor === null || successor === keeper.organisation) return known
    const custody = [...known.body.custody, { ...keeper, organisation: successor, from: now() }]
    return { ...known, body: { ...known.body, custody } }
  }

  return {
    find,
    openOf,
    async report(wanted, actor, beside = () => []) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await reportOnce(wanted, actor, beside)
        } catch (error) {
          if (tries >= TRIES || !(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
        }
      }
    },
    async step(fault, wanted, actor) {
      const facts = await factsOf({ premises: fault.premises, ...fault.body })
      const known = withSuccessor(fault, facts)
      const { timeZone, landlord } = facts.premises
      const said = saidBy(actor, wanted)
      const write = async (step: FaultStep, more: PaperChange[] = []): Promise<StoredFault> => {
        const change = changeOf(fault.id, fault.version, facts, step, `fault.${wanted.step}`)
        const contacts = await contactsAfter(fault.id, fault.body, step)
        await records.changePapers({ papers: [change, ...more, ...contacts] }, actor, `fault.${wanted.step}`)
        return find(fault.id)
      }
      switch (wanted.step) {
        case 'accept':
          return write(stepOf(acceptFault(known, said)))
        case 'take':
          return write(stepOf(takeFault(known, said)))
        case 'decline': {
          if (wanted.to !== undefined) checkHandTo(facts, wanted.to, actor)
          const to = nextKeeper(known.body, actor.organisation, facts.order, wanted.to ?? null)
          return write(stepOf(declineFault(known, said, to, timeZone)))
        }
        case 'message':
          return write(stepOf(sayInFault(known, said)))
        case 'work': {
          const { on = facts.today, hours = null, parts: used = [], text } = wanted
          const work = { on, by: actor.name, organisation: actor.organisation, what: text, hours, parts: used }
          return write(stepOf(recordWork(known, work, said)))
        }
        case 'done':
          return write(stepOf(finishFault(known, said)))
        case 'reopen':
          return write(stepOf(reopenFault(known, said)))
        case 'close':
          return write(stepOf(closeFault(known, said, landlord)))
        case 'join':
          return write(...(await joined(fault, known, wanted.with, said, facts)))
        case 'split':
          return write(...(await split(known, wanted.entry, said, facts)))
        case 'cost':
          return cost(fault, known, wanted, said, actor, facts)
      }
    },
    async note(fault, said, actor) {
      const facts = await factsOf({ premises: fault.premises, ...fault.body })
      const step = stepOf(sayInFault(fault, said))
      await records.changePapers(
        { papers: [changeOf(fault.id, fault.version, facts, step, 'fault.note')] },
        actor,
        'fault.note',
      )
    },
  }

  async function reportOnce(
    wanted: ReportWanted,
    actor: Actor,
    beside: (fault: Id, keeper: Id) => PaperChange[],
  ): Promise<{ fault: StoredFault; joined: boolean }> {
    const { files, followers, same, apart, ...reported } = wanted
    const facts = await factsOf(wanted)
    const said = { ...saidBy(actor, { text: wanted.what, files }), shownToReporter: true }
    const open = same === null && (apart || wanted.device === null) ? [] : await openOf(wanted)
    const into = same === null ? open[0] : open.find(({ id }) => id === same)
    if (into !== undefined) {
      const result = joinReport(into, { choice: wanted.choice, followers }, said)
      if (result.ok) {
        const change = changeOf(into.id, into.version, facts, result.step, 'fault.join')
        const papers = [change, ...beside(into.id, keeperOf(into.body)?.organisation ?? '')]
        await records.changePapers({ papers: [...papers, ...(await alarmChange(into.id))] }, actor, 'fault.report')
        return { fault: await find(into.id), joined: true }
      }
    }
    const id = createId('fault')
    const alarm = wanted.alarm === null ? null : await records.getPaper(ALL, ALARM, wanted.alarm)
    const since = alarm?.body.raisedAt ?? now()
    const { answerHours, order, premises } = facts
    const to = order[0] ?? { organisation: premises.landlord, ground: 'landlord' as const }
    const step = reportFault({ ...reported, since, answerHours, followers }, to, said, premises.timeZone)
    const papers = [changeOf(id, 0, facts, step, 'fault.report'), ...beside(id, to.organisation)]
    await records.changePapers({ papers: [...papers, ...(await alarmChange(id))] }, actor, 'fault.report')
    return { fault: await find(id), joined: false }

    /** The alarm knows the fault that was made of it. */
    async function alarmChange(fault: Id): Promise<PaperChange[]> {
      const stored = wanted.alarm === null ? null : await records.getPaper(ALL, ALARM, wanted.alarm)
      if (stored === null) return []
      const entry = { at: now(), by: actor.name, organisation: actor.organisation, kind: 'fault' as const, text: fault }
      const { id: alarmId, premises: place, audience, state, dueAt, body, version } = stored
      const changed = { ...body, fault, entries: [...body.entries, entry] }
      const paper = { id: alarmId, premises: place, audience, state, dueAt, body: changed }
      return [{ kind: ALARM, paper, expectedVersion: version, action: 'alarm.fault' }]
    }
  }

  function saidBy(actor: Actor, wanted: object): Said {
    const { text = '', files = [], shownToReporter } = wanted as Partial<Said>
    const step = (wanted as { step?: string }).step
    return {
      at: now(),
      by: actor.name,
      organisation: actor.organisation,
      text,
      files: [...files],
      // Words between organisations stay between them, unless somebody says otherwise.
      shownToReporter: shownToReporter ?? (step !== 'message' && step !== 'cost'),
    }
  }

  async function joined(
    fault: StoredFault,
    known: Known,
    withId: Id,
    said: Said,
    facts: FaultFacts,
  ): Promise<[FaultStep, PaperChange[]]> {
    const other = await records.getPaper(ALL, FAULT, withId)
    if (other === null || other.premises !== fault.premises || other.id === fault.id)
      throw new Failure('conflict', 'Only two faults of the same premises are joined.')
    const result = joinFaults({ ...known, id: fault.id }, { ...other, id: other.id }, said)
    if (!result.ok) throw refusal(result.reason)
    const followers = await followersMoved(other.body.followers, fault.id)
    return [result.step, [changeOf(other.id, other.version, facts, result.joined, 'fault.join'), ...followers]]
  }

  async function split(
    known: Known,
    entry: number,
    said: Said,
    facts: FaultFacts,
  ): Promise<[FaultStep, PaperChange[]]> {
    const { premises, order } = facts
    const to = order[0] ?? { organisation: premises.landlord, ground: 'landlord' as const }
    const result = splitReport(known, entry, to, said, premises.timeZone)
    if (!result.ok) throw refusal(result.reason)
    if (result.fresh !== null) {
      const id = createId('fault')
      const followers = await followersMoved(result.followers, id)
      return [result.step, [changeOf(id, 0, facts, result.fresh, 'fault.split'), ...followers]]
    }
    const other = await find(result.of ?? '')
    const followers = await followersMoved(result.followers, other.id)
    const step = reopenJoined(other, said)
    return [result.step, [changeOf(other.id, other.version, facts, step, 'fault.split'), ...followers]]
  }

  /** Links lead to the fault that their report is part of now. */
  async function followersMoved(ids: readonly string[], fault: Id): Promise<PaperChange[]> {
    if (ids.length === 0) return []
    const { items } = await records.listPapers(ALL, FOLLOWER, { ids, limit: MAX_OPEN })
    return items.map(({ id, premises, audience, state, dueAt, body, version }) => ({
      kind: FOLLOWER,
      paper: { id, premises, audience, state, dueAt, body: { ...body, fault } },
      expectedVersion: version,
    }))
  }

  /** A cost item with the fault as its ground: an invoice under the agreement's rule, checked like every other. */
  async function cost(
    fault: StoredFault,
    known: Known,
    wanted: FaultStepWanted & { step: 'cost' },
    said: Said,
    actor: Actor,
    facts: FaultFacts,
  ): Promise<StoredFault> {
    const invoice = invoiceOf(fault, wanted, actor)
    const step = stepOf(recordCost(known, invoice.id, said))
    const result = await importBundle(
      { invoices: [invoice] },
      {
        records,
        telemetry,
        now: now(),
        actor,
        action: 'fault.cost',
        expectedVersions: new Map([[`invoices/${invoice.id}`, 0]]),
        beside: { papers: [changeOf(fault.id, fault.version, facts, step, 'fault.cost')] },
      },
    )
    if (result.ok) return find(fault.id)
    throw new Failure('invalid-bundle', 'The cost does not fit the other facts; nothing was changed.', {
      problems: result.problems.map((one) => ({
        ...one,
        pointer: one.pointer.replace(/^\/invoices\/0/, '/invoice'),
      })),
    })
  }
}

/** The invoice that a cost step makes; `payer` is who paid: the organisation that records it, unless it says another. */
export function invoiceOf(
  fault: StoredFault,
  { invoice }: Pick<FaultStepWanted & { step: 'cost' }, 'invoice'>,
  actor: { organisation: Id | null },
): Invoice {
  const { id, payer, number, supplier, ...facts } = invoice
  return {
    ...facts,
    id: id ?? `${fault.id}-${fault.body.invoices.length + 1}`,
    premises: fault.premises ?? '',
    payer: payer ?? actor.organisation ?? keeperOf(fault.body)?.organisation ?? '',
    ...(fault.body.device === null ? {} : { device: fault.body.device }),
    ...(number === undefined ? {} : { number }),
    ...(supplier === undefined ? {} : { supplier }),
    fault: fault.id,
  }
}

/** Contacts of the reporters of a fault, as the scope sees them. */
export async function contactsOf(
  { records }: Pick<RouteParts, 'records'>,
  fault: Id,
  scope: { organisation: Id | null } = ALL,
): Promise<StoredPaper<{ fault: Id; contact: string }>[]> {
  const { items } = await records.listPapers(scope, REPORTER_CONTACT, { text: fault, limit: MAX_CONTACTS })
  return items.filter(({ body }) => body.fault === fault)
}

function checkHandTo({ concerned }: FaultFacts, to: Id, actor: Actor): void {
  if (concerned.includes(to) && to !== actor.organisation) return
  const message = 'is the landlord, a party, or whoever owns, holds or maintains it'
  throw new Failure('invalid-body', 'It can be handed on only to another who is concerned.', {
    problems: [{ pointer: '/to', code: 'not-concerned', message }],
  })
}

function stepOf(result: StepResult): FaultStep {
  if (!result.ok) throw refusal(result.reason)
  return result.step
}
const REFUSALS: Record<StepRefusal, Failure> = {
  'only-who-has-it': new Failure('not-allowed', 'This is for the organisation that has the fault.'),
  'accept-first': new Failure('conflict', 'Accept the fault first.'),
  'is-open': new Failure('conflict', 'The fault is accepted already, or still open.'),
  'not-open': new Failure('conflict', 'The fault has ended.'),
  'not-escalated': new Failure('conflict', 'It waits for the answer of whom it was offered to.'),
  joined: new Failure('conflict', 'This fault is part of another: go on there.'),
  full: new Failure('conflict', 'This fault holds as many entries as it can: report another one.'),
  'no-such-report': new Failure('conflict', 'There is no joined report at this place.'),
}
const refusal = (reason: StepRefusal): Failure => new Failure(REFUSALS[reason].code, REFUSALS[reason].message)
