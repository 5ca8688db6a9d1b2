// A dispute over a line of an issued month (or the whole): who must answer by when, what was said, and how it ended.
import type { Id } from '#domain/registry/bundle.ts'
import { paperKind, type Paper } from '#domain/ports/papers.ts'

export const DISPUTE_REASONS = ['amount', 'share', 'readings', 'not-ours', 'payer-or-vat', 'period', 'other'] as const
export type DisputeReason = (typeof DISPUTE_REASONS)[number]
/** What the owner of a dispute offers: to issue the month anew with the line mended, to adjust it in an open month, or nothing. */
export const DISPUTE_ANSWERS = ['rectify', 'adjust', 'reject'] as const
export type DisputeAnswer = (typeof DISPUTE_ANSWERS)[number]
/** How a dispute ends, always by its own party: the line was mended, is adjusted in an open month, or the dispute is taken back. */
export const DISPUTE_OUTCOMES = ['rectified', 'adjustment', 'withdrawn'] as const
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number]
export type DisputeState = 'open' | 'answered' | 'resolved'

export type DisputeFile = { digest: string; name: string }
export type DisputeEntry = {
  /** Milliseconds since 1970. */
  at: number
  by: string
  organisation: Id | null
  kind: 'opened' | 'message' | 'taken' | 'answered' | 'reopened' | 'resolved'
  text: string
  files: readonly DisputeFile[]
}
export type Dispute = {
  period: string
  /** The issue of the month that was disputed; it carries over to later ones. */
  issue: number
  party: Id
  /** null: the whole settlement. */
  item: string | null
  reason: DisputeReason
  /** The party's share of the line when it was disputed; null for the whole. */
  net: string | null
  /** Who must answer; `person` is who has taken it there. */
  owner: { organisation: Id; person: { id: Id; name: string } | null }
  /** Days that each side has when it is its turn. */
  answerDays: number
  answer: DisputeAnswer | null
  outcome: DisputeOutcome | null
  entries: readonly DisputeEntry[]
}
export const DISPUTE = paperKind<Dispute>('dispute')
export const OPEN_STATES: readonly DisputeState[] = ['open', 'answered']

/** What changes of the paper with a step. */
export type DisputeStep = Pick<Paper<Dispute>, 'dueAt' | 'body'> & { state: DisputeState }
type Said = { at: number; by: string; organisation: Id | null; text: string; files: readonly DisputeFile[] }

const DAY_MS = 86_400_000
const dueAfter = (at: number, { answerDays }: Pick<Dispute, 'answerDays'>): number => at + answerDays * DAY_MS
const withEntry = (dispute: Dispute, kind: DisputeEntry['kind'], said: Said): Dispute => ({
  ...dispute,
  entries: [...dispute.entries, { ...said, kind }],
})

/** Whose turn it is: the owner's while it is open, its own party's once it is answered, nobody's when it has ended. */
export function turnOf(state: string, { owner, party }: Pick<Dispute, 'owner' | 'party'>): Id | null {
  if (state === 'open') return owner.organisation
  return state === 'answered' ? party : null
}

export function openDispute(dispute: Omit<Dispute, 'entries' | 'answer' | 'outcome'>, said: Said): DisputeStep {
  const body = withEntry({ ...dispute, answer: null, outcome: null, entries: [] }, 'opened', said)
  return { state: 'open', dueAt: dueAfter(said.at, body), body }
}

/** Why a step cannot be taken now, or by this organisation. */
export type StepRefusal = 'ended' | 'not-its-turn' | 'only-its-owner' | 'only-its-party'
export type StepResult = { ok: true; step: DisputeStep } | { ok: false; reason: StepRefusal }
type Known = { state: string; dueAt: number | null; body: Dispute }
const refused = (reason: StepRefusal): StepResult => ({ ok: false, reason })

/** A word more, of whoever sees it: neither turn nor clock changes. */
export function sayInDispute({ state, dueAt, body }: Known, said: Said): StepResult {
  if (state === 'resolved') return refused('ended')
  return { ok: true, step: { state: state as DisputeState, dueAt, body: withEntry(body, 'message', said) } }
}

/** Somebody of the owner says that they see to it. */
export function takeDispute({ state, dueAt, body }: Known, person: { id: Id; name: string }, said: Said): StepResult {
  if (state === 'resolved') return refused('ended')
  if (said.organisation !== body.owner.organisation) return refused('only-its-owner')
  const taken = { ...body, owner: { ...body.owner, person } }
  return { ok: true, step: { state: state as DisputeState, dueAt, body: withEntry(taken, 'taken', said) } }
}

/** The owner's answer: then it is the party's turn, and its clock runs. An answer may be given anew. */
export function answerDispute({ state, body }: Known, answer: DisputeAnswer, said: Said): StepResult {
  if (state === 'resolved') return refused('ended')
  if (said.organisation !== body.owner.organisation) return refused('only-its-owner')
  const answered = withEntry({ ...body, answer }, 'answered', said)
  return { ok: true, step: { state: 'answered', dueAt: dueAfter(said.at, body), body: answered } }
}

/** Its own party isn't content with the answer: the owner's turn again. */
export function reopenDispute({ state, body }: Known, said: Said): StepResult {
  if (state === 'resolved') return refused('ended')
  if (said.organisation !== body.party) return refused('only-its-party')
  if (state !== 'answered') return refused('not-its-turn')
  const reopened = withEntry({ ...body, answer: null }, 'reopened', said)
  return { ok: true, step: { state: 'open', dueAt: dueAfter(said.at, body), body: reopened } }
}

/** Only its own party ends a dispute. */
export function resolveDispute({ state, body }: Known, outcome: DisputeOutcome, said: Said): StepResult {
  if (state === 'resolved') return refused('ended')
  if (said.organisation !== body.party) return refused('only-its-party')
  return {
    ok: true,
    step: { state: 'resolved', dueAt: null, body: withEntry({ ...body, outcome }, 'resolved', said) },
  }
}

/** What it means that the party accepts the line after all: mended in a later issue, to be adjusted as was offered, else taken back. */
export function outcomeOfAcceptance({ answer, issue }: Dispute, currentIssue: number): DisputeOutcome {
  if (currentIssue > issue && answer !== 'reject') return 'rectified'
  return answer === 'adjust' ? 'adjustment' : 'withdrawn'
}
