// The documents of a plan of advance payments: a month's advance, and the year's true-up. Each is made once; one that was credited whole, anew.
import { Failure } from '#domain/failure.ts'
import { DOCUMENT, type DocumentBody, type IssuedDocument } from '#domain/documents/document.ts'
import type { TransferPart } from '#domain/documents/transfer-parts.ts'
import { YEAR_WORDS } from '#domain/year/words/year-words.ts'
import { advanceParts, dueOn, monthsOf, trueUp, type AdvancePlan, type TrueUp } from '#domain/year/advances.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, LedgerEntry, Records } from '#domain/ports/records.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import { formatMonth } from '#domain/writing/date.ts'
import { createDrafter, haveOneBusinessId, type DraftOf } from '#api/documents/draft-document.ts'
import { again, creditIdOf, idOf, keepDocuments } from '#api/documents/keep-documents.ts'
import type { RouteParts } from '#api/parts.ts'
import { bodyOf, newestOf } from '#api/settlement/ledger-rows.ts'

export type Plan = StoredPaper<AdvancePlan>
export type DocumentPaper = StoredPaper<DocumentBody>
type Place = { id: Id; made: DocumentPaper | null }
/** All documents that were made at one place, with their credit notes, and where the next one goes. */
type Turns = { documents: DocumentPaper[]; next: Place }

const PARTS = ['taxed', 'outside', 'all'] as const satisfies TransferPart['part'][]

/** What is made for `what` (a month, or `true-up`) and part: the last one that stands, or a free id. */
async function turnsOf({ records }: RouteParts, plan: Id, what: string, part: string): Promise<Turns> {
  const documents: DocumentPaper[] = []
  for (let turn = 0; ; turn++) {
    const id = idOf([plan, what, part, String(turn)])
    const made = await records.getPaper(ALL, DOCUMENT, id)
    if (made === null) return { documents, next: { id, made } }
    documents.push(made)
    const credit = await records.getPaper(ALL, DOCUMENT, creditIdOf(id))
    if (credit === null) return { documents, next: { id, made } }
    documents.push(credit)
  }
}
const allOf = async (parts: RouteParts, plan: Id, what: string): Promise<DocumentPaper[]> =>
  (await Promise.all(PARTS.map((part) => turnsOf(parts, plan, what, part)))).flatMap(({ documents }) => documents)

/** Advance invoices of a plan and their credit notes, by month. */
export async function advancesOf(parts: RouteParts, plan: Plan): Promise<DocumentPaper[]> {
  return (await Promise.all(monthsOf(plan.body).map((month) => allOf(parts, plan.id, month)))).flat()
}
export const trueUpsOf = (parts: RouteParts, plan: Id): Promise<DocumentPaper[]> => allOf(parts, plan, 'true-up')

/** Makes a month's advance invoices of an agreed plan. @throws Failure 'conflict' with what is missing, or after the true-up. */
export async function makeAdvance(
  parts: RouteParts,
  premises: Premises,
  plan: Plan,
  month: string,
  actor: Actor,
): Promise<{ documents: DocumentPaper[]; made: number }> {
  mustBeAgreed(plan)
  if (!monthsOf(plan.body).includes(month))
    throw new Failure(
      'bad-request',
      `${month} is no month of the plan: it covers ${plan.body.from} to ${plan.body.year}-12.`,
    )
  if (await isSettled(parts, plan.id))
    throw new Failure('conflict', 'The year is trued up: no advance is invoiced any more.')
  const memo = await haveOneBusinessId(parts, plan.body.seller, plan.body.buyer)
  const { first, end } = monthDays(month)
  return make(
    parts,
    premises,
    plan,
    month,
    advanceParts(plan.body, month, memo),
    memo,
    premises.demonstration === true,
    {
      about: 'advance',
      period: month,
      days: { first: formatDay(first), last: formatDay(end - 1) },
      settlementDigest: '',
      simulated: false,
      dueDate: dueOn(month, plan.body.dueDay),
    },
    actor,
  )
}

/** What the true-up of a plan comes to now, and the months of it that are still open. */
export async function trueUpNow(
  parts: RouteParts,
  plan: Plan,
): Promise<{ trueUp: TrueUp; open: string[]; entries: LedgerEntry[]; memo: boolean }> {
  const ledger = await parts.records.ledger(plan.premises ?? '')
  const newest = monthsOf(plan.body).map((month) => ({ month, entry: newestOf(ledger, month) }))
  const entries = newest.flatMap(({ entry }) => (entry?.status === 'closed' ? [entry] : []))
  const open = newest.filter(({ entry }) => entry?.status !== 'closed').map(({ month }) => month)
  const paid = (await advancesOf(parts, plan)).map(({ body: { document } }) => ({
    number: document.number,
    month: document.period,
    breakdown: document.breakdown,
  }))
  const memo = await haveOneBusinessId(parts, plan.body.seller, plan.body.buyer)
  return { trueUp: trueUp(plan.body, entries.map(bodyOf), paid, memo), open, entries, memo }
}

/** Makes the year's true-up. @throws Failure 'settlement-state' while a month of the plan is open. */
export async function makeTrueUp(
  parts: RouteParts,
  premises: Premises,
  plan: Plan,
  actor: Actor,
): Promise<{ documents: DocumentPaper[]; made: number }> {
  mustBeAgreed(plan)
  if (await isSettled(parts, plan.id))
    return {
      documents: (await trueUpsOf(parts, plan.id)).filter(({ body }) => body.document.credits === null),
      made: 0,
    }
  const { trueUp: now, open, entries, memo } = await trueUpNow(parts, plan)
  if (open.length > 0)
    throw new Failure('settlement-state', `The true-up waits for months that are not closed: ${open.join(', ')}.`)
  const { year, from } = plan.body
  const demonstration =
    premises.demonstration === true || entries.some(({ grounds }) => grounds?.demonstration === true)
  return make(
    parts,
    premises,
    plan,
    'true-up',
    now.parts,
    memo,
    demonstration,
    {
      about: 'true-up',
      period: `${year}-12`,
      days: { first: `${from}-01`, last: `${year}-12-31` },
      // Each digest takes in the one before it: the last one stands for all.
      settlementDigest: entries.at(-1)?.digest ?? '',
      simulated: entries.some(({ grounds }) => grounds?.simulated === true),
    },
    actor,
  )
}

async function make(
  parts: RouteParts,
  premises: Premises,
  plan: Plan,
  what: string,
  wanted: readonly TransferPart[],
  memo: boolean,
  demonstration: boolean,
  of: Omit<DraftOf, 'textsOf' | 'basisOf' | 'plan'>,
  actor: Actor,
): Promise<{ documents: DocumentPaper[]; made: number }> {
  const { records } = parts
  return again(async () => {
    const places: (Place & { part: TransferPart })[] = []
    for (const part of wanted) places.push({ part, ...(await turnsOf(parts, plan.id, what, part.part)).next })
    const open = places.filter(({ made }) => made === null)
    if (open.length > 0) {
      const drafter = createDrafter(parts, premises, demonstration)
      const drafts: { id: Id; document: IssuedDocument }[] = []
      for (const { id, part } of open)
        drafts.push({
          id,
          document: await drafter.draft(part, memo, {
            ...of,
            plan: plan.id,
            textsOf:
              async (language) =>
              ({ item }) => ({ text: textOf(item, language), link: '' }),
            basisOf: ({ vat }) =>
              plan.body.lines.find((line) => line.vat.category === vat.category && line.vat.rate === vat.rate)?.basis,
          }),
        })
      drafter.refuseProblems()
      await keepDocuments(parts, drafts, actor, `document.${of.about ?? 'make'}`)
    }
    const documents = await Promise.all(places.map(({ id }) => records.getPaper(ALL, DOCUMENT, id)))
    return { documents: documents.filter((paper) => paper !== null), made: open.length }
  })
}

/** Items of these documents are `advance:MONTH:…`, `transfer:MONTH:…` and `paid:NUMBER`. */
function textOf(item: string, language: 'fi' | 'sv' | 'en'): string {
  const [what = '', which = ''] = item.split(':')
  const { lines } = YEAR_WORDS[language]
  if (what === 'paid') return lines.paid(which)
  const month = formatMonth(language, which)
  return what === 'advance' ? lines.advance(month) : lines.transfer(month)
}

function mustBeAgreed({ state }: Plan): void {
  if (state !== 'agreed') throw new Failure('conflict', 'The other party has not agreed to the plan.')
}
const isSettled = async (parts: RouteParts, plan: Id): Promise<boolean> => {
  const all = await trueUpsOf(parts, plan)
  return all.some(
    ({ body: { document } }) =>
      document.credits === null && !all.some((one) => one.body.document.credits?.number === document.number),
  )
}

/** An advance on which a true-up rests is not credited before the true-up is. @throws Failure 'conflict'. */
export async function mustNotBeSettled(parts: RouteParts, { about, plan }: IssuedDocument): Promise<void> {
  if (about === 'advance' && plan !== undefined && (await isSettled(parts, plan)))
    throw new Failure('conflict', 'The year is trued up with this advance: credit the true-up first.')
}

/** Documents of covered months that were made before the plan: they would be paid twice. */
export async function invoicedAlready(records: Records, plan: Plan): Promise<string[]> {
  const months = monthsOf(plan.body)
  const { seller, buyer } = plan.body
  const pair = new Set([seller, buyer])
  const found: string[] = []
  for await (const { id, body } of allPapers(records, ALL, DOCUMENT, { premises: plan.premises ?? '' })) {
    const { document } = body
    const between = pair.has(document.seller.id) && pair.has(document.buyer.id)
    if (!between || document.about !== undefined || !months.includes(document.period) || document.credits !== null)
      continue
    if ((await records.getPaper(ALL, DOCUMENT, creditIdOf(id))) === null) found.push(document.number)
  }
  return found
}
