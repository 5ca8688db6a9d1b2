// Plans of advance payments: proposed by who is paid, agreed to by who pays; one for each two and year.
import type { AdvancePlanShown, AdvancePlanWanted } from '#contract/advances.ts'
import { Failure } from '#domain/failure.ts'
import { DOCUMENT } from '#domain/documents/document.ts'
import { sumOf } from '#domain/documents/transfer-parts.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { Actor, Scope } from '#domain/ports/records.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import {
  ADVANCE_PLAN,
  advanceParts,
  checkPlan,
  dueOn,
  monthsOf,
  type AdvancePlan,
  type AdvanceState,
} from '#domain/year/advances.ts'
import { documentShown } from '#api/documents/document-shown.ts'
import { haveOneBusinessId } from '#api/documents/draft-document.ts'
import { creditIdOf } from '#api/documents/keep-documents.ts'
import type { RouteParts } from '#api/parts.ts'
import { advancesOf, invoicedAlready, trueUpsOf, type DocumentPaper, type Plan } from './advance-documents.ts'
import { mustHavePart, paperIdOf } from './year-access.ts'

const idOf = (premises: Id, year: number, one: Id, other: Id): Id =>
  paperIdOf('advances', [premises, year, ...[one, other].toSorted()])

/** Plans of a year that the scope sees. */
export async function plansOf({ records }: RouteParts, scope: Scope, premises: Id, year: number): Promise<Plan[]> {
  const plans: Plan[] = []
  for await (const plan of allPapers(records, scope, ADVANCE_PLAN, { premises }))
    if (plan.body.year === year) plans.push(plan)
  return plans
}

/** The plan between the two as it is stored, if any. */
export const storedPlan = (
  { records }: RouteParts,
  premises: Id,
  year: number,
  seller: Id,
  buyer: Id,
): Promise<Plan | null> => records.getPaper(ALL, ADVANCE_PLAN, idOf(premises, year, seller, buyer))

/** @throws Failure 'conflict' when the two have agreed already, or the other one has proposed. */
export async function proposePlan(
  parts: RouteParts,
  premises: Premises,
  year: number,
  seller: Id,
  wanted: AdvancePlanWanted,
  actor: Actor,
): Promise<Plan> {
  const { records } = parts
  const { buyer, dueDay, lines, text = '', from = `${year}-01` } = wanted
  const body: AdvancePlan = { year, seller, buyer, from, dueDay, lines: lines.map(withCents), text }
  const wrong = checkPlan(body)
  if (wrong.length > 0) throw new Failure('invalid-body', 'The plan is not right.', { problems: wrong })
  await mustHavePart(buyer, premises, records)
  const stored = await storedPlan(parts, premises.id, year, seller, buyer)
  if (stored?.state === 'agreed') throw new Failure('conflict', 'The plan is agreed: it stands for the year.')
  if (stored?.state === 'proposed' && stored.body.seller !== seller)
    throw new Failure('conflict', 'The other party has proposed a plan for the year: answer it first.')
  await put(parts, premises.id, body, 'proposed', stored, actor, 'advance-plan.propose')
  return again(await storedPlan(parts, premises.id, year, seller, buyer))
}
const withCents = (line: AdvancePlan['lines'][number]): AdvancePlan['lines'][number] => {
  const cents = /^\d+(\.\d{1,2})?$/.test(line.net)
  return cents ? { ...line, net: formatCents(sumOf([line.net])) } : line
}
const again = (plan: Plan | null): Plan => {
  if (plan === null) throw new Error('a plan was not kept')
  return plan
}

/** The buyer's word. @throws Failure 'not-allowed' for anybody else's, 'conflict' when months are invoiced already. */
export async function answerPlan(
  parts: RouteParts,
  plan: Plan,
  organisation: Id,
  answer: 'agreed' | 'declined',
  actor: Actor,
): Promise<Plan> {
  const { body, premises, state } = plan
  if (body.buyer !== organisation) throw new Failure('not-allowed', 'A plan is answered by who is to pay.')
  if (state === answer) return plan
  if (state !== 'proposed') throw new Failure('conflict', `The plan is ${state} already.`)
  if (answer === 'agreed') {
    const made = await invoicedAlready(parts.records, plan)
    if (made.length > 0)
      throw new Failure(
        'conflict',
        `Months of the plan are invoiced already (${made.join(', ')}): let it begin later, or have them credited first.`,
      )
  }
  await put(parts, premises ?? '', body, answer, plan, actor, `advance-plan.${answer}`)
  return again(await parts.records.getPaper(ALL, ADVANCE_PLAN, plan.id))
}

async function put(
  { records }: RouteParts,
  premises: Id,
  body: AdvancePlan,
  state: AdvanceState,
  stored: Plan | null,
  actor: Actor,
  action: string,
): Promise<void> {
  const { year, seller, buyer } = body
  const paper = {
    id: idOf(premises, year, seller, buyer),
    premises,
    audience: [seller, buyer],
    state,
    dueAt: null,
    body,
  }
  await records.changePapers(
    { papers: [{ kind: ADVANCE_PLAN, paper, expectedVersion: stored?.version ?? 0 }] },
    actor,
    action,
  )
}

/** A plan with its documents and what a month comes to. */
export async function planShown(parts: RouteParts, plan: Plan): Promise<AdvancePlanShown> {
  const { records } = parts
  const { body } = plan
  const advances = await advancesOf(parts, plan)
  const trueUps = await trueUpsOf(parts, plan.id)
  const standing = await standingOf(parts, advances)
  const memo = await haveOneBusinessId(parts, body.seller, body.buyer)
  const monthly = advanceParts(body, body.from, memo)
  const sum = (of: 'net' | 'vat' | 'gross'): string => formatCents(sumOf(monthly.map((part) => part[of])))
  return {
    id: plan.id,
    version: plan.version,
    state: plan.state as AdvanceState,
    premises: plan.premises ?? '',
    ...body,
    monthly: { net: sum('net'), vat: sum('vat'), gross: sum('gross') },
    months: monthsOf(body).map((month) => {
      const own = standing.filter(({ body: { document } }) => document.period === month)
      return {
        month,
        dueDate: dueOn(month, body.dueDay),
        documents: own.map(({ id }) => id),
        numbers: own.map(({ body: { document } }) => document.number),
      }
    }),
    documents: await Promise.all([...advances, ...trueUps].map((paper) => documentShown(records, paper))),
    settled: (await standingOf(parts, trueUps)).length > 0,
  }
}

/** Documents that are neither credit notes of others nor credited. */
export async function standingOf({ records }: RouteParts, papers: readonly DocumentPaper[]): Promise<DocumentPaper[]> {
  const found: DocumentPaper[] = []
  for (const paper of papers) {
    if (paper.body.document.credits !== null) continue
    if ((await records.getPaper(ALL, DOCUMENT, creditIdOf(paper.id))) === null) found.push(paper)
  }
  return found
}
