// Advance payments of the police to the property unit: agreed for the year, invoiced each month, trued up when all months are closed.
import { expect } from 'vitest'
import type { AdvancePlanShown, TrueUpShown } from '#contract/advances.ts'
import type { DocumentShown, MadeDocuments } from '#contract/documents.ts'
import type { Settlement } from '#contract/settlements.ts'
import type { Cast } from './actors.ts'
import { HOUSE, LANDLORD, S, YEAR } from './house.ts'
import { cents, euros, round, sum } from './money.ts'

export const PAYER = 'poliisi'
/** Whether a transfer is between the two of the plan: then it is no document of its month. */
export const inAdvance = ({ from, to }: { from: string; to: string }): boolean =>
  [from, to].toSorted().join() === [LANDLORD, PAYER].toSorted().join()
const LINES = [
  { net: '2600.00', vat: { category: S.category, rate: S.rate } },
  { net: '75.00', vat: { category: 'E' as const, rate: '0' }, basis: 'AVL 44 §' },
]
const selling = `${LANDLORD}.controller`

/** Proposed by who is paid, agreed to by who pays; gives its id. */
export async function agreeOnAdvances(cast: Cast): Promise<string> {
  const plan = await cast.step<AdvancePlanShown>({
    by: selling,
    method: 'PUT',
    path: `/premises/${HOUSE}/years/${YEAR}/advances`,
    body: { buyer: PAYER, dueDay: 15, lines: LINES, text: 'Edellisen vuoden keskiarvo' },
    refused: { [`${LANDLORD}.manager`]: 403, operator: 403 },
  })
  const agreed = await cast.step<AdvancePlanShown>({
    by: `${PAYER}.signatory`,
    method: 'POST',
    path: `/advance-plans/${plan.id}/answer`,
    body: { answer: 'agreed' },
    refused: { [selling]: 403, 'kuusamo.controller': 404, [`${PAYER}.manager`]: 403, operator: 403 },
  })
  expect(agreed).toMatchObject({ state: 'agreed', monthly: { net: '2675.00', vat: '663.00', gross: '3338.00' } })
  return plan.id
}

/** A month's advance invoice; made once. */
export async function payInAdvance(cast: Cast, plan: string, month: string): Promise<DocumentShown[]> {
  const step = { by: selling, method: 'POST' as const, path: `/advance-plans/${plan}/invoices`, body: { month } }
  const refused = {
    [`${LANDLORD}.signatory`]: 403,
    [`${PAYER}.controller`]: 403,
    'kuusamo.controller': 404,
    operator: 403,
  }
  const made = await cast.step<MadeDocuments>({ ...step, refused })
  expect([made.made, made.items.map(({ gross }) => gross)]).toEqual([1, ['3338.00']])
  expect((await cast.step<MadeDocuments>({ ...step, again: true })).made).toBe(0)
  return made.items
}

/** What the year came to less what was paid in advance: the advances and the true-up are the transfers, to the cent of net and VAT. */
export async function trueUp(
  cast: Cast,
  plan: string,
  months: Settlement[],
  advances: DocumentShown[],
): Promise<DocumentShown[]> {
  const path = `/advance-plans/${plan}/true-up`
  const shown = await cast.step<TrueUpShown>({ by: `${PAYER}.viewer`, path, refused: { 'kuusamo.controller': 404 } })
  expect(shown.open).toEqual([])
  const made = await cast.step<MadeDocuments>({
    by: selling,
    method: 'POST',
    path,
    refused: { [`${LANDLORD}.manager`]: 403, [`${PAYER}.controller`]: 403, 'kuusamo.controller': 404, operator: 403 },
  })
  const owed = months
    .flatMap(({ transfers }) => transfers.filter(inAdvance))
    .map(({ to, net, gross }) => ({
      sign: to === LANDLORD ? 1n : -1n,
      net: cents(net),
      gross: cents(gross),
    }))
  for (const key of ['net', 'gross'] as const) {
    const transfers = sum(owed.map((one) => one.sign * one[key]))
    const documents = sum([...advances, ...made.items].map((one) => cents(one[key])))
    expect([key, euros(documents), shown[key]]).toEqual([
      key,
      euros(transfers),
      euros(transfers - sum(advances.map((one) => cents(one[key])))),
    ])
  }
  for (const { actual, advance, balance } of shown.groups)
    for (const key of ['net', 'vat'] as const)
      expect(cents(advance[key]) + cents(balance[key])).toBe(cents(actual[key]))
  const [taxed] = LINES
  expect(shown.groups.find(({ rate }) => rate === S.rate)!.advance).toEqual({
    net: euros(12n * cents(taxed!.net)),
    vat: euros(12n * round(cents(taxed!.net) * 255n, 1_000n)),
  })
  return made.items
}
