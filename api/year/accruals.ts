// Accruals of a party: drafted from what is open and what is missing, posted under a number, reversed; closed months held against them.
import type { AccrualShown, AccrualWanted } from '#contract/accruals.ts'
import { Failure } from '#domain/failure.ts'
import { numberOf, seriesOf } from '#domain/documents/document.ts'
import { INVOICING_DETAILS } from '#domain/documents/invoicing-details.ts'
import { sumOf } from '#domain/documents/transfer-parts.ts'
import type { Writer } from '#domain/explain/writer.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { dayNumber, formatDay, monthDays, parseLocalDate } from '#domain/quantity/local-date.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Id, Invoice, PartyAccount, Premises } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import {
  ACCRUAL,
  accrualLines,
  actualOf,
  type Accrual,
  type AccrualLine,
  type AccrualState,
  type VoucherPosting,
} from '#domain/year/accruals.ts'
import { missingCosts } from '#domain/year/missing-costs.ts'
import { monthsOfYear } from '#domain/year/party-figures.ts'
import { voucherEntries, type VoucherEntry } from '#domain/year/voucher.ts'
import { again } from '#api/documents/keep-documents.ts'
import { groundText } from '#api/documents/year-files.ts'
import type { RouteParts } from '#api/parts.ts'
import { bodyOf, newestOf } from '#api/settlement/ledger-rows.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { monthNow } from './budgets.ts'
import { paperIdOf } from './year-access.ts'

export type StoredAccrual = StoredPaper<Accrual>

/** The one that stands or is worked on, and those that were taken back before it. */
export async function accrualsOf(
  { records }: RouteParts,
  premises: Id,
  year: number,
  party: Id,
): Promise<{ id: Id; current: StoredAccrual | null; withdrawn: Id[] }> {
  const withdrawn: Id[] = []
  for (let turn = 0; ; turn++) {
    const id = paperIdOf('accrual', [premises, year, party, turn])
    const stored = await records.getPaper(ALL, ACCRUAL, id)
    if (stored?.state !== 'withdrawn') return { id, current: stored, withdrawn }
    withdrawn.push(id)
  }
}

/** Drafts it, or computes the draft anew. @throws Failure 'conflict' once it is posted. */
export async function draftAccrual(
  parts: RouteParts,
  settlements: Settlements,
  premises: Premises,
  year: number,
  party: Id,
  wanted: AccrualWanted,
  actor: Actor,
): Promise<StoredAccrual> {
  const { records } = parts
  const { id, current } = await accrualsOf(parts, premises.id, year, party)
  if (current !== null && current.state !== 'draft')
    throw new Failure('conflict', 'The voucher is posted and stands. Take it back first (reverse it within the year).')
  const months = monthsUntil(parts, premises, year, wanted.cutOff)
  const lines = await linesNow(parts, settlements, premises, months, party)
  const keys = new Set(lines.map(({ key }) => key))
  const body: Accrual = {
    year,
    party,
    cutOff: wanted.cutOff,
    lines,
    leftOut: (wanted.leftOut ?? []).filter(({ key }) => keys.has(key)),
    liabilityAccount: wanted.liabilityAccount ?? null,
    receivableAccount: wanted.receivableAccount ?? null,
    posted: null,
    reversed: null,
  }
  await put(parts, premises.id, id, body, 'draft', current?.version ?? 0, actor, 'accrual.draft')
  return kept(await records.getPaper(ALL, ACCRUAL, id))
}
const kept = (stored: StoredAccrual | null): StoredAccrual => {
  if (stored === null) throw new Error('an accrual was not kept')
  return stored
}

/** @throws Failure 'bad-request' for a cut-off that is no month's end of the year, or has not come yet. */
function monthsUntil(parts: RouteParts, premises: Premises, year: number, cutOff: string): string[] {
  const month = cutOff.slice(0, 7)
  const isEnd = parseLocalDate(cutOff) !== null && formatDay(monthDays(month).end - 1) === cutOff
  if (!isEnd || !cutOff.startsWith(`${year}-`))
    throw new Failure('bad-request', `cutOff is the last day of a month of ${year}.`)
  if (month >= monthNow(parts, premises))
    throw new Failure('bad-request', 'cutOff has not passed yet: what belongs to the time before it is not known.')
  return monthsOfYear(year).filter((one) => one <= month)
}

async function invoicesOf({ records }: RouteParts, premises: Id): Promise<Invoice[]> {
  const invoices: Invoice[] = []
  for await (const invoice of listAll(records, 'invoices', { premises })) invoices.push(invoice)
  return invoices
}

async function linesNow(
  parts: RouteParts,
  settlements: Settlements,
  premises: Premises,
  months: readonly string[],
  party: Id,
): Promise<AccrualLine[]> {
  const missing = missingCosts(await invoicesOf(parts, premises.id), months)
  const needed = [
    ...new Set([...months, ...missing.flatMap(({ basis }) => basis.map(({ month }) => month))]),
  ].toSorted()
  const found = await settlements.figures(premises.id, needed)
  return accrualLines({ party, months, settlements: new Map(found.map((one) => [one.period, one])), missing })
}

async function put(
  { records }: RouteParts,
  premises: Id,
  id: Id,
  body: Accrual,
  state: AccrualState,
  expectedVersion: number,
  actor: Actor,
  action: string,
  numbers: { series: string; number: number }[] = [],
): Promise<void> {
  const paper = { id, premises, audience: [body.party], state, dueAt: null, body }
  await records.changePapers({ papers: [{ kind: ACCRUAL, paper, expectedVersion }], numbers }, actor, action)
}

/** The next number of the party's vouchers in the year of a day: memo vouchers of months are in the same series. */
async function nextNumber({ records, now }: RouteParts, party: Id, date: string, actor: Actor) {
  const year = date.slice(0, 4)
  const series = seriesOf(party, year, 'memo')
  const number = (await records.lastNumber(series)) + 1
  const prefix = (await records.getPaper(ALL, INVOICING_DETAILS, party))?.body.numberPrefix ?? ''
  const posting: VoucherPosting = { number: numberOf(year, number, prefix, 'memo'), date, at: now(), by: actor.name }
  return { numbers: [{ series, number }], posting }
}

/** Posts the draft on its cut-off. @throws Failure 'changed-meanwhile' when it is not at `version`, 'conflict' when it is no draft or has nothing. */
export async function postAccrual(
  parts: RouteParts,
  stored: StoredAccrual,
  version: number,
  actor: Actor,
): Promise<StoredAccrual> {
  const { records } = parts
  const { id, premises, state, body } = stored
  if (state !== 'draft') throw new Failure('conflict', `The voucher is ${state} already.`)
  if (stored.version !== version) throw new Failure('changed-meanwhile', `It is at version ${stored.version} now.`)
  if (voucherEntries(body, []).length === 0) throw new Failure('conflict', 'There is nothing to post.')
  return again(async () => {
    const { numbers, posting } = await nextNumber(parts, body.party, body.cutOff, actor)
    await put(
      parts,
      premises ?? '',
      id,
      { ...body, posted: posting },
      'posted',
      version,
      actor,
      'accrual.post',
      numbers,
    )
    return kept(await records.getPaper(ALL, ACCRUAL, id))
  })
}

/** The same lines the other way: on a day of the next year it is reversed, within the year it is taken back. */
export async function reverseAccrual(
  parts: RouteParts,
  stored: StoredAccrual,
  date: string | undefined,
  actor: Actor,
): Promise<StoredAccrual> {
  const { records } = parts
  const { id, premises, state, version, body } = stored
  if (state !== 'posted') throw new Failure('conflict', `Only a posted voucher is reversed; this one is ${state}.`)
  const day = date ?? `${body.year + 1}-01-01`
  if (parseLocalDate(day) === null || dayNumber(day) < dayNumber(body.cutOff))
    throw new Failure('bad-request', 'The day of the reversal is not before that of the voucher.')
  const next: AccrualState = day.startsWith(`${body.year}-`) ? 'withdrawn' : 'reversed'
  return again(async () => {
    const { numbers, posting } = await nextNumber(parts, body.party, day, actor)
    await put(
      parts,
      premises ?? '',
      id,
      { ...body, reversed: posting },
      next,
      version,
      actor,
      'accrual.reverse',
      numbers,
    )
    return kept(await records.getPaper(ALL, ACCRUAL, id))
  })
}

/** Accounts of the agreement's versions of the year, the newest first. */
export async function accountsOf({ records }: RouteParts, premises: Id, year: number): Promise<PartyAccount[]> {
  const accounts: PartyAccount[] = []
  for await (const { versions } of listAll(records, 'agreements', { premises }))
    for (const { from, to, terms } of versions.toReversed())
      if (from <= `${year}-12-31` && (to === null || to > `${year}-01-01`)) accounts.push(...(terms?.accounts ?? []))
  return accounts
}

/** With the account of each line, its ground in words, and what its closed month came to. */
export async function accrualShown(parts: RouteParts, stored: StoredAccrual, writer: Writer): Promise<AccrualShown> {
  const { id, version, state, body } = stored
  const premises = stored.premises ?? ''
  const entries = voucherEntries(body, await accountsOf(parts, premises, body.year))
  const actual = await actuals(parts, premises, body)
  const leftOut = new Map(body.leftOut.map(({ key, reason }) => [key, reason]))
  const inVoucher = body.lines.filter(({ key }) => !leftOut.has(key))
  const sumOfSide = (side: AccrualLine['side']): string =>
    formatCents(sumOf(inVoucher.filter((line) => line.side === side).map(({ net }) => net)))
  const posting = (one: VoucherPosting | null) => (one === null ? null : { ...one, at: formatInstant(one.at) })
  return {
    id,
    version,
    state: state as AccrualState,
    premises,
    party: body.party,
    year: body.year,
    cutOff: body.cutOff,
    liabilityAccount: body.liabilityAccount,
    receivableAccount: body.receivableAccount,
    lines: body.lines.map((line) => {
      const { state: _state, ...rest } = line
      const entry = entries.find((one): one is VoucherEntry => one.line.key === line.key)
      const came = actual(line)
      return {
        ...rest,
        text: groundText(line, writer),
        leftOut: leftOut.get(line.key) ?? null,
        account: entry?.account ?? null,
        costCentre: entry?.costCentre ?? null,
        actual: came === null ? null : formatCents(came),
        difference: came === null ? null : formatCents(came - (parseCents(line.net) ?? 0n)),
      }
    }),
    cost: sumOfSide('cost'),
    recovered: sumOfSide('recovered'),
    debit: formatCents(sumOf(entries.map(({ debit }) => debit))),
    credit: formatCents(sumOf(entries.map(({ credit }) => credit))),
    posted: posting(body.posted),
    reversed: posting(body.reversed),
  }
}

/** What closed months came to, by line: a cost that was missing is known by the invoices that have come for it since. */
async function actuals(parts: RouteParts, premises: Id, body: Accrual): Promise<(line: AccrualLine) => bigint | null> {
  const ledger = await parts.records.ledger(premises)
  const closed = [...new Set(ledger.map(({ period }) => period))].toSorted().flatMap((period): Settlement[] => {
    const entry = newestOf(ledger, period)
    return entry?.status === 'closed' ? [bodyOf(entry)] : []
  })
  const invoices = await invoicesOf(parts, premises)
  const payerOf = (line: AccrualLine): Id =>
    line.side === 'cost' && line.counterparty !== null ? line.counterparty : body.party
  const lateOf = (line: AccrualLine): Id[] => {
    const { first, end } = monthDays(line.month)
    return invoices
      .filter(
        (one) =>
          one.category === line.category &&
          (one.supplier ?? null) === line.supplier &&
          one.payer === payerOf(line) &&
          dayNumber(one.serviceFrom) < end &&
          dayNumber(one.serviceTo) > first,
      )
      .map(({ id }) => id)
  }
  const late = (line: AccrualLine): Id[] =>
    line.ground === 'missing-cost'
      ? lateOf(line)
      : body.lines
          .filter((one) => one.ground === 'missing-cost' && one.month === line.month && one.category === line.category)
          .filter((one) => payerOf(one) === payerOf(line))
          .flatMap(lateOf)
  return (line) => actualOf(line, body.party, payerOf(line), closed, late(line))
}
