// The steps in the life of a fault: offered, accepted or declined and passed on, worked on, done, closed; each a value with what is stored.
import type { Id } from '#domain/registry/bundle.ts'
import type { Responsible } from '#domain/agreement/responsible.ts'
import type { Paper } from '#domain/ports/papers.ts'
import { isOpenFault, keeperOf } from './fault.ts'
import type { Custody, CustodyGround, Fault, FaultEntry, FaultFile, FaultState, Work } from './fault.ts'
import { afterWorkingHours } from './working-time.ts'

/** Declined so often, it reaches the managers of all parties. */
const DECLINES_TO_ESCALATE = 3
/** So often an offer that nobody answers is told again; then it is left to those who were told. */
const MOST_UNANSWERED = 3
/** Entries that one fault keeps; whoever goes on beyond it opens another. */
export const MAX_ENTRIES = 1_000

/** What changes of the paper with a step. */
export type FaultStep = Pick<Paper<Fault>, 'dueAt' | 'body'> & { state: FaultState }
export type Known = { state: string; dueAt: number | null; body: Fault }
export type Said = {
  at: number
  by: string
  organisation: Id | null
  text: string
  files: readonly FaultFile[]
  shownToReporter: boolean
}
/** Why a step cannot be taken now, or by this organisation. */
export type StepRefusal =
  | 'only-who-has-it'
  | 'accept-first'
  | 'is-open'
  | 'not-open'
  | 'not-escalated'
  | 'joined'
  | 'full'
  | 'no-such-report'
export type StepResult = { ok: true; step: FaultStep } | { ok: false; reason: StepRefusal }

const refused = (reason: StepRefusal): StepResult => ({ ok: false, reason })
const done = (state: FaultState, dueAt: number | null, body: Fault): StepResult => ({
  ok: true,
  step: { state, dueAt, body },
})
const entryOf = (kind: FaultEntry['kind'], said: Said, more: Partial<FaultEntry> = {}): FaultEntry => ({
  ...said,
  kind,
  ...more,
})
const withEntries = (body: Fault, ...entries: FaultEntry[]): Fault => ({
  ...body,
  entries: [...body.entries, ...entries],
})
const isKeeper = ({ body }: Known, { organisation }: Said): boolean => keeperOf(body)?.organisation === organisation
/** What no step may change: a fault that is part of another, or that holds all that it can. */
const stopped = ({ body }: Known): StepRefusal | null =>
  body.joinedInto !== null ? 'joined' : body.entries.length >= MAX_ENTRIES ? 'full' : null
const newKeeper = (organisation: Id, ground: CustodyGround, from: number): Custody => ({
  organisation,
  ground,
  from,
  acceptedAt: null,
  declinedAt: null,
  reason: null,
})
const withKeeper = (body: Fault, change: Partial<Custody>): Fault => ({
  ...body,
  custody: body.custody.map((one, index) => (index === body.custody.length - 1 ? { ...one, ...change } : one)),
})
const system = ({ at }: Said): Said => ({
  at,
  by: 'Samtila',
  organisation: null,
  text: '',
  files: [],
  shownToReporter: true,
})

export type Reported = Pick<
  Fault,
  'device' | 'space' | 'what' | 'choice' | 'source' | 'alarm' | 'language' | 'since' | 'answerHours' | 'followers'
>
/** A new fault, offered to who is responsible for its repair. `timeZone`: of the premises, for the clock. */
export function reportFault(reported: Reported, to: Responsible, said: Said, timeZone: string): FaultStep {
  const body: Fault = {
    ...reported,
    custody: [newKeeper(to.organisation, to.ground, said.at)],
    escalations: 0,
    entries: [entryOf('reported', said), entryOf('offered', { ...system(said), organisation: to.organisation })],
    work: [],
    invoices: [],
    joined: [],
    joinedInto: null,
  }
  return { state: 'offered', dueAt: afterWorkingHours(said.at, reported.answerHours, timeZone), body }
}

export function acceptFault(known: Known, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (known.state !== 'offered') return refused(isOpenFault(known.state) ? 'is-open' : 'not-open')
  if (!isKeeper(known, said)) return refused('only-who-has-it')
  return done('accepted', null, withEntries(withKeeper(known.body, { acceptedAt: said.at }), entryOf('accepted', said)))
}

/** After an escalation anybody who sees it may take it on. */
export function takeFault(known: Known, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (known.state !== 'offered') return refused(isOpenFault(known.state) ? 'is-open' : 'not-open')
  if (known.body.escalations === 0 || said.organisation === null) return refused('not-escalated')
  const custody = [
    ...known.body.custody,
    { ...newKeeper(said.organisation, 'handed-on', said.at), acceptedAt: said.at },
  ]
  return done('accepted', null, withEntries({ ...known.body, custody }, entryOf('accepted', said)))
}

/** Passed on to whom the decliner names, else to the next in order who has not declined, else it stays with the last in order. */
export function nextKeeper(
  { custody }: Fault,
  decliner: Id | null,
  order: readonly Responsible[],
  wanted: Id | null,
): { organisation: Id; ground: CustodyGround; isLeft: boolean } {
  if (wanted !== null) return { organisation: wanted, ground: 'handed-on', isLeft: true }
  const declined = new Set([
    decliner,
    ...custody.filter((one) => one.declinedAt !== null).map((one) => one.organisation),
  ])
  const next = order.find(({ organisation }) => !declined.has(organisation))
  const last = order.at(-1) ?? { organisation: decliner ?? '', ground: 'landlord' as const }
  return next === undefined ? { ...last, isLeft: false } : { ...next, isLeft: true }
}

/** Declined with a reason, also after it was accepted. The third refusal, or that nobody is left to ask, reaches the managers of all parties. */
export function declineFault(
  known: Known,
  said: Said,
  to: ReturnType<typeof nextKeeper>,
  timeZone: string,
): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (!isOpenFault(known.state)) return refused('not-open')
  if (!isKeeper(known, said)) return refused('only-who-has-it')
  const passed = withKeeper(known.body, { declinedAt: said.at, reason: said.text })
  const custody = [...passed.custody, newKeeper(to.organisation, to.ground, said.at)]
  const declines = custody.filter(({ declinedAt }) => declinedAt !== null).length
  const isEscalated = declines >= DECLINES_TO_ESCALATE || !to.isLeft
  const body = withEntries(
    { ...passed, custody, escalations: passed.escalations + (isEscalated ? 1 : 0) },
    entryOf('declined', said),
    entryOf('offered', { ...system(said), organisation: to.organisation }),
    ...(isEscalated ? [entryOf('escalated', system(said), { because: 'refused' })] : []),
  )
  return done('offered', afterWorkingHours(said.at, body.answerHours, timeZone), body)
}

/** The time to answer is over: it reaches the managers of all parties, and the clock starts anew, three times at most. Null: nothing to do. */
export function escalateUnanswered(known: Known, now: number, timeZone: string): FaultStep | null {
  const { state, dueAt, body } = known
  if (state !== 'offered' || dueAt === null || dueAt > now || stopped(known) !== null) return null
  const from = keeperOf(body)?.from ?? 0
  const told = body.entries.filter(({ because, at }) => because === 'unanswered' && at >= from).length + 1
  const said: Said = { at: now, by: 'Samtila', organisation: null, text: '', files: [], shownToReporter: true }
  return {
    state,
    dueAt: told >= MOST_UNANSWERED ? null : afterWorkingHours(now, body.answerHours, timeZone),
    body: withEntries(
      { ...body, escalations: body.escalations + 1 },
      entryOf('escalated', said, { because: 'unanswered' }),
    ),
  }
}

/** A word more, of whoever sees it or of the reporter: neither keeper nor clock changes. */
export function sayInFault(known: Known, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  return done(known.state as FaultState, known.dueAt, withEntries(known.body, entryOf('message', said)))
}

export function recordWork(known: Known, work: Work, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (!isOpenFault(known.state)) return refused('not-open')
  if (!isKeeper(known, said)) return refused('only-who-has-it')
  if (known.state === 'offered') return refused('accept-first')
  return done('in-work', null, withEntries({ ...known.body, work: [...known.body.work, work] }, entryOf('step', said)))
}

export function finishFault(known: Known, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (!isOpenFault(known.state)) return refused('not-open')
  if (!isKeeper(known, said)) return refused('only-who-has-it')
  if (known.state === 'offered') return refused('accept-first')
  return done('done', null, withEntries(known.body, entryOf('done', said)))
}

/** Not mended after all: whoever had it has it again. */
export function reopenFault(known: Known, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (isOpenFault(known.state)) return refused('is-open')
  return done('accepted', null, withEntries(known.body, entryOf('reopened', said)))
}

/** Ended: what is done, or what was no fault. By whoever has it, or by the landlord. */
export function closeFault(known: Known, said: Said, landlord: Id): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  if (known.state === 'closed') return refused('not-open')
  if (!isKeeper(known, said) && said.organisation !== landlord && said.organisation !== null)
    return refused('only-who-has-it')
  return done('closed', null, withEntries(known.body, entryOf('closed', said)))
}

/** A cost item rests on it. */
export function recordCost(known: Known, invoice: Id, said: Said): StepResult {
  const stop = stopped(known)
  if (stop !== null) return refused(stop)
  const body = { ...known.body, invoices: [...known.body.invoices, invoice] }
  return done(known.state as FaultState, known.dueAt, withEntries(body, entryOf('cost', said, { invoice })))
}
