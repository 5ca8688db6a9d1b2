// A year from its budget to its true-up, over the API: own papers only, gapless vouchers, advances that the public rules accept, balance to the cent.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccrualAnswer, AccrualShown } from '#contract/accruals.ts'
import type { AdvancePlans, AdvancePlanShown, TrueUpShown } from '#contract/advances.ts'
import type { BudgetAnswer, BudgetSaved, ThisMonth } from '#contract/budgets.ts'
import type { DocumentShown, MadeDocuments, MonthDocuments } from '#contract/documents.ts'
import { sumOf } from '#domain/documents/transfer-parts.ts'
import type { Bundle, Invoice } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, type Answer, type TestApi } from '#tests/api/start-api.ts'
import { finvoiceProblems, needRules, ublProblems } from '#tests/documents/validators.ts'
import { details, house } from '#tests/documents/world.ts'

const S = { category: 'S', rate: '25.5' } as const
const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`)
const next = (month: string): string => months[months.indexOf(month) + 1] ?? '2027-01'
const bill = (id: string, month: string, of: Partial<Invoice>): Invoice => ({
  id: `${id}-${month}`,
  premises: 'talo',
  category: 'cleaning',
  net: '100.01',
  vat: S,
  payer: 'kunta',
  serviceFrom: `${month}-01`,
  serviceTo: `${next(month)}-01`,
  ...of,
})
/**
 * Cleaning every month, from a supplier that sends nothing for December; a shared cost without VAT, whose shares are quarters of a
 * euro, because the XPath engine that runs the rules adds up binary floats; what the agency pays.
 */
const bundle: Bundle = {
  ...house,
  meteredCosts: [],
  invoices: months.flatMap((month, i) => [
    ...(month === '2026-12' ? [] : [bill('siivous', month, { supplier: 'Siivooja Oy', net: `${100 + i}.01` })]),
    bill('vuokra', month, { category: 'rent', net: '900.00', vat: { category: 'E', rate: '0', basis: 'AVL 27 §' } }),
    bill('jako', month, { category: 'sharing', net: '55.00', vat: { category: 'O', rate: '0' } }),
    bill('vartiointi', month, { category: 'security', net: '77.77', payer: 'virasto' }),
  ]),
}

let api: TestApi
const tokens: Record<string, string> = {}
const ask = (
  who: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => api.request(tokens[who] ?? who, method, path, body, headers)
const ok = async <T>(answer: Promise<Answer>, status = 200): Promise<T> => {
  const given = await answer
  expect([given.status, given.status === status ? '' : given.text]).toEqual([status, ''])
  return given.json<T>()
}
const YEAR = '/premises/talo/years/2026'
const close = async (month: string): Promise<void> => {
  await ok(ask('operator', 'POST', `/premises/talo/settlements/${month}/close`, { force: true, reason: 'test' }))
}
const settlement = (month: string): Promise<Settlement> =>
  ok<Settlement>(ask('kunta', 'GET', `/premises/talo/settlements/${month}`))

beforeAll(async () => {
  api = await startApi({ now: Date.UTC(2027, 0, 20, 9) })
  await api.fill(bundle)
  tokens['operator'] = await api.token(null, ['admin', 'controller'])
  for (const id of ['kunta', 'virasto', 'osasto', 'muu']) tokens[id] = await api.token(id, ['controller'])
  tokens['viewer'] = await api.token('virasto', ['viewer'])
  for (const [id, body] of Object.entries(details))
    await ok(ask(id, 'PUT', `/organisations/${id}/invoicing-details`, body), 201)
  for (const month of months.slice(0, 10)) await close(month)
})
afterAll(() => api.close())

describe('budget', () => {
  test('is kept by its own party; the report adds up to the settlements', async () => {
    const wanted = {
      lines: [
        { category: 'rent', year: '3300' },
        { category: 'cleaning', year: '500', spread: 'even' },
      ],
      shared: false,
    }
    expect((await ask('viewer', 'PUT', `${YEAR}/budget`, wanted)).status).toBe(403)
    expect((await ask('operator', 'PUT', `${YEAR}/budget`, wanted)).status).toBe(403)
    expect((await ask('muu', 'PUT', `${YEAR}/budget`, wanted)).status).toBe(404)
    const saved = await ok<BudgetSaved>(ask('virasto', 'PUT', `${YEAR}/budget`, wanted), 201)
    expect(saved.lines.map(({ spread, months: all }) => [spread, sumOf(all)])).toEqual([
      ['even', 330_000n],
      ['even', 50_000n],
    ])
    expect((await ask('virasto', 'PUT', `${YEAR}/budget`, wanted)).status).toBe(428)
    const { report } = await ok<BudgetAnswer>(ask('viewer', 'GET', `${YEAR}/budget`))
    for (const { month, actual } of report.total.months)
      expect(actual).toBe((await settlement(month)).statements.find(({ party }) => party === 'virasto')?.net)
    expect(sumOf([report.total.closed, report.total.open])).toBe(sumOf([report.total.forecast]))
    expect(report.total.budget).toBe('3800.00')
    expect(report.rows.map(({ category }) => category)).toEqual(['cleaning', 'rent', 'security', 'sharing'])
  })

  test('others see it when it is shared, and only then', async () => {
    expect((await ask('kunta', 'GET', `${YEAR}/budget?party=virasto`)).status).toBe(404)
    const wanted = { lines: [{ category: 'rent', year: '3300' }], shared: true }
    await ok(ask('virasto', 'PUT', `${YEAR}/budget`, wanted, { 'if-match': '"v1"' }))
    const seen = await ok<BudgetAnswer>(ask('kunta', 'GET', `${YEAR}/budget?party=virasto`))
    expect([seen.report.total.budget, seen.parties]).toEqual(['3300.00', ['kunta', 'virasto']])
    expect((await ask('muu', 'GET', `${YEAR}/budget?party=virasto`)).status).toBe(404)
  })

  test('goes out as a table and comes back the same; a bad cell is named with its row', async () => {
    const before = await ok<BudgetAnswer>(ask('virasto', 'GET', `${YEAR}/budget`))
    const csv = (await ask('virasto', 'GET', `${YEAR}/budget/file?format=csv&language=fi`)).text
    expect(csv).toContain('Vuokra')
    const put = (text: string, version: number): Promise<Answer> =>
      ask('virasto', 'PUT', `${YEAR}/budget/file`, text, { 'content-type': 'text/csv', 'if-match': `"v${version}"` })
    const saved = await ok<BudgetSaved>(put(csv, before.version))
    const after = await ok<BudgetAnswer>(ask('virasto', 'GET', `${YEAR}/budget`))
    expect(after.report.rows.map(({ category, budget }) => [category, budget])).toEqual(
      before.report.rows.map(({ category, budget }) => [category, budget]),
    )
    expect(after.shared).toBe(true)
    const wrong = await put('Laji;Vuosi\nVuokra;abc\n', saved.version)
    expect([wrong.status, wrong.problem().problems?.[0]?.pointer]).toEqual([400, '/rows/2/1'])
    expect((await ask('virasto', 'GET', `${YEAR}/budget/file?format=xlsx`)).status).toBe(200)
  })

  test('this month so far', async () => {
    api.clock.now = Date.UTC(2026, 11, 5)
    const now = await ok<ThisMonth>(ask('virasto', 'GET', '/premises/talo/this-month'))
    expect(now).toMatchObject({ month: '2026-12', budget: '275.00', lastYear: null })
    expect(now.soFar).toBe((await settlement('2026-12')).statements.find(({ party }) => party === 'virasto')?.net)
    expect(now.missing).toEqual([])
    api.clock.now = Date.UTC(2027, 0, 20, 9)
  })

  test('says which costs the figures lack', async () => {
    await api.fill({ meteredCosts: house.meteredCosts!.map((one) => ({ ...one, from: '2027-01-01' })) })
    const { soFar, missing } = await ok<ThisMonth>(ask('virasto', 'GET', '/premises/talo/this-month'))
    expect([soFar, missing]).toEqual(['0.00', ['electricity']])
    const { report } = await ok<BudgetAnswer>(ask('virasto', 'GET', '/premises/talo/years/2027/budget'))
    expect(report.months.map((one) => one.missing)).toEqual([['electricity'], ...Array.from({ length: 11 }, () => [])])
  })
})

describe('accruals', () => {
  const draft = (who: string, body: object = {}): Promise<Answer> =>
    ask(who, 'POST', `${YEAR}/accruals`, { cutOff: '2026-12-31', ...body })

  test('what is open and what is missing, balanced by the party’s accounts', async () => {
    expect((await draft('viewer')).status).toBe(403)
    expect((await draft('operator')).status).toBe(403)
    expect((await draft('muu')).status).toBe(404)
    expect((await draft('virasto', { cutOff: '2026-12-30' })).status).toBe(400)
    const drafted = await ok<AccrualShown>(draft('virasto', { liabilityAccount: '2980' }))
    expect(drafted.lines.map(({ ground, month, category }) => `${month} ${ground} ${category}`)).toContain(
      '2026-12 missing-cost cleaning',
    )
    expect(new Set(drafted.lines.map(({ month }) => month))).toEqual(new Set(['2026-11', '2026-12']))
    expect(drafted.debit).toBe(drafted.credit)
    expect(drafted.lines.find(({ category }) => category === 'rent')).toMatchObject({
      account: '4300',
      counterparty: 'kunta',
      net: '270.00',
    })
    const { statements, items } = await settlement('2026-11')
    const own = sumOf(
      items
        .filter(({ payer }) => payer === 'virasto')
        .flatMap(({ shares }) => shares.filter(({ party }) => party === 'virasto').map(({ net }) => net)),
    )
    const november = drafted.lines.filter(({ month, side }) => month === '2026-11' && side === 'cost')
    expect(sumOf(november.map(({ net }) => net))).toBe(
      sumOf([statements.find(({ party }) => party === 'virasto')?.net ?? '']) - own,
    )
    const missing = drafted.lines.find(({ ground }) => ground === 'missing-cost')
    expect(missing?.basis.map(({ month }) => month)).toEqual(['2026-09', '2026-10', '2026-11'])
    expect(missing?.text).toContain('keskiarvo')
    // The other side of the same line.
    const other = await ok<AccrualShown>(draft('kunta'))
    expect(other.lines.find((line) => line.ground === 'missing-cost' && line.counterparty === 'virasto')).toMatchObject(
      { side: 'recovered', net: missing?.net },
    )
    expect((await ask('kunta', 'GET', `${YEAR}/accruals?party=virasto`)).status).toBe(404)
  })

  test('posted without gaps and for good; taken back within the year, then drafted anew', async () => {
    const shared = await ok<AccrualShown>(draft('virasto'))
    const keyed = shared.lines.find(({ category }) => category === 'security')
    const drafted = await ok<AccrualShown>(draft('virasto', { leftOut: [{ key: keyed?.key, reason: 'kirjattu jo' }] }))
    expect(drafted.lines.find(({ key }) => key === keyed?.key)?.leftOut).toBe('kirjattu jo')
    const post = (who: string, id: string, version: number): Promise<Answer> =>
      ask(who, 'POST', `/accruals/${id}/post`, undefined, { 'if-match': `"v${version}"` })
    expect((await post('kunta', drafted.id, drafted.version)).status).toBe(404)
    expect((await post('viewer', drafted.id, drafted.version)).status).toBe(403)
    expect((await post('virasto', drafted.id, drafted.version - 1)).status).toBe(412)
    const posted = await ok<AccrualShown>(post('virasto', drafted.id, drafted.version))
    expect(posted.posted).toMatchObject({ number: 'M2026-00001', date: '2026-12-31' })
    expect((await post('virasto', posted.id, posted.version)).status).toBe(409)
    expect((await draft('virasto')).status).toBe(409)
    const back = await ok<AccrualShown>(
      ask('virasto', 'POST', `/accruals/${posted.id}/reverse`, { date: '2026-12-31' }),
    )
    expect([back.state, back.reversed?.number]).toEqual(['withdrawn', 'M2026-00002'])
    const anew = await ok<AccrualShown>(draft('virasto'))
    expect(anew.id).not.toBe(posted.id)
    const again = await ok<AccrualShown>(post('virasto', anew.id, anew.version))
    expect(again.posted?.number).toBe('M2026-00003')
  })

  test('reversed on 1 January with the same lines the other way', async () => {
    const { accrual, withdrawn } = await ok<AccrualAnswer>(ask('virasto', 'GET', `${YEAR}/accruals`))
    expect(withdrawn).toHaveLength(1)
    const reversed = await ok<AccrualShown>(ask('virasto', 'POST', `/accruals/${accrual?.id}/reverse`, {}))
    expect(reversed.reversed).toMatchObject({ number: 'M2027-00001', date: '2027-01-01' })
    expect((await ask('virasto', 'POST', `/accruals/${accrual?.id}/reverse`, {})).status).toBe(409)
    const rows = async (reversal: boolean): Promise<string[][]> => {
      const { text } = await ask(
        'virasto',
        'GET',
        `/accruals/${accrual?.id}/file?format=csv&language=en&reversal=${reversal}`,
      )
      return text
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',').slice(-2))
    }
    const [there, back] = [await rows(false), await rows(true)]
    expect(back).toEqual(there.map(([debit, credit]) => [credit, debit]))
    expect((await ask('kunta', 'GET', `/accruals/${accrual?.id}/file?format=csv`)).status).toBe(404)
  })

  test('closed months tell the difference; a cost that came after all is held against its estimate', async () => {
    await close('2026-11')
    await api.fill({ invoices: [bill('siivous-myohassa', '2026-12', { supplier: 'Siivooja Oy', net: '150.00' })] })
    await close('2026-12')
    const { accrual } = await ok<AccrualAnswer>(ask('virasto', 'GET', `${YEAR}/accruals`))
    for (const line of accrual?.lines ?? [])
      if (line.ground === 'open-month') expect([line.key, line.difference]).toEqual([line.key, '0.00'])
    const cleaning = accrual?.lines.find(({ ground }) => ground === 'missing-cost')
    expect(cleaning?.actual).toBe('45.00')
    expect(sumOf([cleaning?.net ?? '', cleaning?.difference ?? ''])).toBe(4_500n)
  })
})

describe('advance payments', () => {
  const wanted = {
    buyer: 'virasto',
    from: '2026-11',
    dueDay: 15,
    lines: [
      { net: '30', vat: S },
      { net: '250', vat: { category: 'E', rate: '0' }, basis: 'AVL 27 §' },
      { net: '16', vat: { category: 'O', rate: '0' } },
    ],
  }
  let plan: AdvancePlanShown
  const invoice = (who: string, month: string): Promise<Answer> =>
    ask(who, 'POST', `/advance-plans/${plan.id}/invoices`, { month })

  test('are proposed by who is paid and agreed to by who pays', async () => {
    expect((await ask('viewer', 'PUT', `${YEAR}/advances`, wanted)).status).toBe(403)
    expect((await ask('operator', 'PUT', `${YEAR}/advances`, wanted)).status).toBe(403)
    expect((await ask('muu', 'PUT', `${YEAR}/advances`, wanted)).status).toBe(404)
    expect((await ask('kunta', 'PUT', `${YEAR}/advances`, { ...wanted, buyer: 'muu' })).status).toBe(400)
    plan = await ok<AdvancePlanShown>(ask('kunta', 'PUT', `${YEAR}/advances`, wanted), 201)
    expect([plan.state, plan.monthly]).toEqual(['proposed', { net: '296.00', vat: '7.65', gross: '303.65' }])
    expect(
      (await ask('virasto', 'PUT', `${YEAR}/advances`, { ...wanted, buyer: 'kunta' }, { 'if-match': '"v1"' })).status,
    ).toBe(409)
    expect((await invoice('kunta', '2026-11')).status).toBe(409)
    expect((await ask('kunta', 'POST', `/advance-plans/${plan.id}/answer`, { answer: 'agreed' })).status).toBe(403)
    expect((await ask('osasto', 'GET', `/advance-plans/${plan.id}`)).status).toBe(404)
    expect((await ok<AdvancePlans>(ask('osasto', 'GET', `${YEAR}/advances`))).items).toEqual([])
  })

  test('not while a month of the plan is invoiced already; then it stands', async () => {
    const made = await ok<MadeDocuments>(ask('kunta', 'POST', '/premises/talo/settlements/2026-11/documents'))
    const answer = (): Promise<Answer> =>
      ask('virasto', 'POST', `/advance-plans/${plan.id}/answer`, { answer: 'agreed' })
    expect((await answer()).status).toBe(409)
    for (const { id, type } of made.items)
      if (type === 'invoice') await ok(ask('kunta', 'POST', `/documents/${id}/credit`))
    plan = await ok<AdvancePlanShown>(answer())
    expect(plan.state).toBe('agreed')
    expect((await ask('kunta', 'PUT', `${YEAR}/advances`, wanted, { 'if-match': `"v${plan.version}"` })).status).toBe(
      409,
    )
  })

  test('an ordinary month is covered: no document of its own', async () => {
    const december = await ok<MonthDocuments>(ask('kunta', 'GET', '/premises/talo/settlements/2026-12/documents'))
    const pair = december.planned.filter(({ buyer }) => buyer === 'virasto')
    expect(pair.map(({ coveredBy }) => coveredBy)).toEqual([plan.id, plan.id])
    const made = await ok<MadeDocuments>(ask('kunta', 'POST', '/premises/talo/settlements/2026-12/documents'))
    expect(made.items.map(({ buyer }) => buyer)).toEqual(['osasto'])
    // Before the plan a month is invoiced as ever.
    const january = await ok<MadeDocuments>(ask('kunta', 'POST', '/premises/talo/settlements/2026-01/documents'))
    expect(january.items.some(({ buyer }) => buyer === 'virasto')).toBe(true)
  })

  test('a month’s advance is invoiced once, numbered without gaps, due on its day', async () => {
    expect((await invoice('virasto', '2026-11')).status).toBe(403)
    expect((await invoice('kunta', '2026-01')).status).toBe(400)
    const before = await api.records.lastNumber('invoice:kunta:2027')
    const [one, two] = await Promise.all([invoice('kunta', '2026-11'), invoice('kunta', '2026-11')])
    const made = one!.json<MadeDocuments>()
    expect(two!.json<MadeDocuments>().items).toEqual(made.items)
    expect(made.items.map(({ about, type, gross, dueDate }) => [about, type, gross, dueDate])).toEqual([
      ['advance', 'invoice', '287.65', '2027-01-20'],
      ['advance', 'invoice', '16.00', '2027-01-20'],
    ])
    expect(await api.records.lastNumber('invoice:kunta:2027')).toBe(before + 2)
    for (const month of months.slice(11)) await ok(invoice('kunta', month))
  })

  test(
    'the true-up: transfers less advances, months and numbers listed, to the cent; the public rules accept all',
    { timeout: 120_000 },
    async (context) => {
      const preview = await ok<TrueUpShown>(ask('virasto', 'GET', `/advance-plans/${plan.id}/true-up`))
      expect([preview.open, preview.months.length]).toEqual([[], 2])
      expect((await ask('virasto', 'POST', `/advance-plans/${plan.id}/true-up`)).status).toBe(403)
      const { items } = await ok<MadeDocuments>(ask('kunta', 'POST', `/advance-plans/${plan.id}/true-up`))
      expect(items.map(({ about }) => about)).toEqual(['true-up', 'true-up'])
      let transferred = 0n
      for (const month of months.slice(10)) {
        const { transfers } = await settlement(month)
        transferred += sumOf(
          transfers.filter(({ from, to }) => from === 'virasto' && to === 'kunta').map(({ gross }) => gross),
        )
        transferred -= sumOf(
          transfers.filter(({ from, to }) => from === 'kunta' && to === 'virasto').map(({ gross }) => gross),
        )
      }
      const shown = await ok<AdvancePlanShown>(ask('virasto', 'GET', `/advance-plans/${plan.id}`))
      const advances = shown.documents.filter(({ about }) => about === 'advance')
      expect(advances).toHaveLength(4)
      expect(shown.settled).toBe(true)
      expect(sumOf(items.map(({ gross }) => gross)) + sumOf(advances.map(({ gross }) => gross))).toBe(transferred)
      expect((await ok<MadeDocuments>(ask('kunta', 'POST', `/advance-plans/${plan.id}/true-up`))).made).toBe(0)
      expect((await invoice('kunta', '2026-12')).status).toBe(409)
      expect((await ask('kunta', 'POST', `/documents/${advances[0]?.id}/credit`)).status).toBe(409)
      const file = async ({ id }: DocumentShown, name: string): Promise<string> =>
        (await ask('virasto', 'GET', `/documents/${id}/files/${name}`)).text
      const first = items[0]!
      expect(await file(advances[0]!, 'ubl')).toContain('<cbc:InvoiceTypeCode>386</cbc:InvoiceTypeCode>')
      expect(await file(advances[0]!, 'finvoice')).toContain('<InvoiceTypeCodeUN>386</InvoiceTypeCodeUN>')
      const xml = await file(first, 'ubl')
      for (const month of ['marraskuu 2026', 'joulukuu 2026']) expect(xml).toContain(month)
      expect(xml).toContain(advances[0]?.number ?? 'no number')
      const credit = await ok<DocumentShown>(ask('kunta', 'POST', `/documents/${first.id}/credit`))
      needRules(context)
      for (const one of [...advances.slice(0, 2), ...items, credit]) {
        expect([one.number, finvoiceProblems(await file(one, 'finvoice'))]).toEqual([one.number, []])
        if (one.breakdown.some(({ category }) => category === 'S'))
          expect([one.number, ublProblems(await file(one, 'ubl'))]).toEqual([one.number, []])
      }
    },
  )
})

test('a true-up waits for open months', async () => {
  const plan = await ok<AdvancePlanShown>(
    ask('virasto', 'PUT', '/premises/talo/years/2027/advances', {
      buyer: 'osasto',
      dueDay: 1,
      lines: [{ net: '5.00', vat: S }],
    }),
    201,
  )
  await ok(ask('osasto', 'POST', `/advance-plans/${plan.id}/answer`, { answer: 'agreed' }))
  const refused = await ask('virasto', 'POST', `/advance-plans/${plan.id}/true-up`)
  expect([refused.status, refused.problem().code]).toEqual([409, 'settlement-state'])
  expect(refused.problem().detail).toContain('2027-01')
})
