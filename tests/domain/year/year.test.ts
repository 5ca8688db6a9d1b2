// Random settlements: budgets, accruals and true-ups tie to their figures to the cent, and a reversal leaves nothing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centsOf, groupsOf, sumOf } from '#domain/documents/transfer-parts.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { Invoice } from '#domain/registry/bundle.ts'
import { statementsOf, transfersOf } from '#domain/settlement/statements.ts'
import type { Item, Settlement } from '#domain/settlement/settlement.ts'
import { accrualLines, actualOf, type Accrual } from '#domain/year/accruals.ts'
import { advanceParts, checkPlan, dueOn, trueUp, type AdvancePlan } from '#domain/year/advances.ts'
import { budgetLines, spreadYear } from '#domain/year/budget.ts'
import { budgetReport } from '#domain/year/budget-report.ts'
import { missingCosts } from '#domain/year/missing-costs.ts'
import { monthsOfYear, sharesByCategory } from '#domain/year/party-figures.ts'
import { voucherEntries } from '#domain/year/voucher.ts'

const PARTIES = ['a', 'b', 'c']
const cents = fc.integer({ min: -9_999, max: 99_999 })
const vat = fc.constantFrom(
  { category: 'S', rate: '25.5' },
  { category: 'S', rate: '13.5' },
  { category: 'E', rate: '0' },
  { category: 'O', rate: '0' },
)
const itemRow = fc.record({
  payer: fc.constantFrom(...PARTIES),
  vat,
  category: fc.constantFrom('electricity', 'cleaning', 'rent'),
  shares: fc.tuple(cents, cents, cents),
})
type Row = typeof itemRow extends fc.Arbitrary<infer R> ? R : never
function settlementOf(period: string, rows: readonly Row[], status: Settlement['status']): Settlement {
  const items = rows.map(({ payer, vat: treatment, category, shares }, i): Item => ({
    id: `invoice:i${i}`,
    category,
    source: 'invoice',
    payer,
    net: formatCents(shares.reduce((sum, one) => sum + BigInt(one), 0n)),
    vat: treatment as Item['vat'],
    estimated: '0',
    shares: PARTIES.map((party, at) => ({ party, net: formatCents(BigInt(shares[at] ?? 0)) })),
    blocked: null,
  }))
  const groups = groupsOf({ items } as Settlement)
  return {
    premises: 'talo',
    period,
    status,
    items,
    statements: statementsOf(PARTIES, groups),
    transfers: transfersOf(groups),
    blocked: [],
    digest: null,
  }
}
const status = fc.constantFrom('draft' as const, 'issued' as const, 'closed' as const)
const year = (statuses: fc.Arbitrary<Settlement['status']>): fc.Arbitrary<Settlement[]> =>
  fc
    .array(fc.tuple(fc.array(itemRow, { minLength: 1, maxLength: 4 }), statuses), { minLength: 12, maxLength: 12 })
    .map((months) => months.map(([rows, state], i) => settlementOf(monthsOfYear(2026)[i] ?? '', rows, state)))

describe('budget', () => {
  test('a year is spread to the cent, evenly or by a shape whose months below zero count as nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-10_000_000n, 10_000_000n),
        fc.array(fc.bigInt(-500n, 5_000n), { minLength: 12, maxLength: 12 }),
        (whole, shape) => {
          const even = spreadYear(whole, [])
          expect(even.reduce((sum, one) => sum + one, 0n)).toBe(whole)
          if (!shape.some((one) => one > 0n)) return
          const shaped = spreadYear(whole, shape)
          expect(shaped.reduce((sum, one) => sum + one, 0n)).toBe(whole)
          for (const [i, weight] of shape.entries()) if (weight <= 0n) expect(shaped[i]).toBe(0n)
        },
      ),
    )
  })

  test('says how a year was spread, and refuses what is no budget', () => {
    const lastYear = new Map([['heat', [30n, 20n, 10n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 10n, 30n]]])
    const { lines, problems } = budgetLines(
      [
        { category: 'heat', year: '100' },
        { category: 'rent', year: '120' },
      ],
      lastYear,
    )
    expect(problems).toEqual([])
    expect(lines.map(({ spread, months }) => [spread, months[0], months[5]])).toEqual([
      ['last-year', '30.00', '0.00'],
      ['even', '10.00', '10.00'],
    ])
    const wrong = budgetLines(
      [
        { category: 'heat', year: '1.005' },
        { category: 'heat', year: '1' },
        { category: 'rent' },
        { category: 'snow', months: ['1'] },
      ],
      lastYear,
    )
    expect(wrong.problems.map(({ pointer }) => pointer)).toEqual([
      '/lines/0/year',
      '/lines/1/category',
      '/lines/2',
      '/lines/3/months',
    ])
  })

  test('rows and months add up to the statements of the party and to each other', () => {
    fc.assert(
      fc.property(year(status), fc.constantFrom(...PARTIES), fc.integer({ min: 1, max: 12 }), (all, party, running) => {
        const thisMonth = monthsOfYear(2026)[running - 1] ?? ''
        const settlements = new Map(all.filter(({ period }) => period <= thisMonth).map((one) => [one.period, one]))
        const budget = {
          year: 2026,
          party,
          lines: budgetLines([{ category: 'rent', year: '1000.01' }], new Map()).lines,
        }
        const { rows, total } = budgetReport({
          year: 2026,
          party,
          budget,
          settlements,
          thisMonth,
          forecastBy: 'budget',
        })
        for (const [i, month] of total.months.entries()) {
          const statement = settlements.get(month.month)?.statements.find((one) => one.party === party)
          expect(month.actual).toBe(statement?.net ?? null)
          expect(sumOf(rows.map((row) => row.months[i]?.forecast ?? '0'))).toBe(centsOf(month.forecast))
        }
        const known = [...settlements.values()].flatMap(({ statements }) =>
          statements.filter((one) => one.party === party),
        )
        expect(sumOf([total.closed, total.open, total.soFar])).toBe(sumOf(known.map(({ net }) => net)))
        for (const key of ['closed', 'open', 'soFar', 'forecast'] as const)
          expect(sumOf(rows.map((row) => row[key]))).toBe(centsOf(total[key]))
        expect(centsOf(total.difference ?? '')).toBe(centsOf(total.forecast) - centsOf('1000.01'))
        // What is to come is the budget of its months.
        const rest = total.months.filter(({ month }) => month >= thisMonth)
        expect(sumOf(rest.map(({ forecast }) => forecast))).toBe(sumOf(rest.map(({ budget: one }) => one ?? '')))
      }),
      { numRuns: 50 },
    )
  })
})

const accrualOf = (party: string, lines: Accrual['lines'], leftOut: Accrual['leftOut'] = []): Accrual => ({
  year: 2026,
  party,
  cutOff: '2026-12-31',
  lines,
  leftOut,
  liabilityAccount: '2980',
  receivableAccount: null,
  posted: null,
  reversed: null,
})

describe('accruals', () => {
  test('open months tie to what is between the party and the others; the voucher balances; its reversal leaves nothing', () => {
    fc.assert(
      fc.property(year(status), fc.constantFrom(...PARTIES), (all, party) => {
        const settlements = new Map(all.map((one) => [one.period, one]))
        const lines = accrualLines({ party, months: monthsOfYear(2026), settlements, missing: [] })
        const open = all.filter((one) => one.status !== 'closed')
        const side = (of: 'cost' | 'recovered'): bigint =>
          sumOf(lines.filter((line) => line.side === of).map(({ net }) => net))
        const groups = open.flatMap(groupsOf)
        const net = (fits: (payer: string, bears: string) => boolean): bigint =>
          groups.filter((one) => fits(one.payer, one.party)).reduce((sum, { netCents }) => sum + netCents, 0n)
        expect(side('cost')).toBe(net((payer, bears) => bears === party && payer !== party))
        expect(side('recovered')).toBe(net((payer, bears) => payer === party && bears !== party))

        const leftOut = lines.slice(0, 1).map(({ key }) => ({ key, reason: 'not ours' }))
        const accrual = accrualOf(party, lines, leftOut)
        const accounts = [{ party, category: '*', account: '4300', costCentre: '9' }]
        const entries = voucherEntries(accrual, accounts)
        expect(entries.length).toBe(2 * (lines.length - leftOut.length))
        expect(sumOf(entries.map(({ debit }) => debit))).toBe(sumOf(entries.map(({ credit }) => credit)))
        const back = voucherEntries(accrual, accounts, true)
        const saldo = new Map<string, bigint>()
        for (const { entry, account, debit, credit } of [...entries, ...back]) {
          const key = `${entry} ${account}`
          saldo.set(key, (saldo.get(key) ?? 0n) + centsOf(debit) - centsOf(credit))
        }
        expect([...saldo.values()].every((one) => one === 0n)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('two parties accrue the same amount between them', () => {
    fc.assert(
      fc.property(year(fc.constant('draft')), (all) => {
        const settlements = new Map(all.map((one) => [one.period, one]))
        const of = (party: string) => accrualLines({ party, months: monthsOfYear(2026), settlements, missing: [] })
        for (const line of of('a').filter((one) => one.side === 'cost' && one.counterparty === 'b'))
          expect(
            of('b').find(
              (one) =>
                one.side === 'recovered' &&
                one.counterparty === 'a' &&
                one.month === line.month &&
                one.category === line.category,
            )?.net,
          ).toBe(line.net)
      }),
      { numRuns: 20 },
    )
  })

  test('when the month closes unchanged, the difference is nothing', () => {
    fc.assert(
      fc.property(year(fc.constant('issued')), fc.constantFrom(...PARTIES), (all, party) => {
        const settlements = new Map(all.map((one) => [one.period, one]))
        const closed = all.map((one): Settlement => ({ ...one, status: 'closed' }))
        for (const line of accrualLines({ party, months: monthsOfYear(2026), settlements, missing: [] })) {
          const payer = line.side === 'cost' ? (line.counterparty ?? party) : party
          expect(actualOf(line, party, payer, closed, [])).toBe(centsOf(line.net))
          expect(actualOf(line, party, payer, [], [])).toBeNull()
        }
      }),
      { numRuns: 20 },
    )
  })

  test('a cost that came every month and not now is the mean of the last three, also for the month after', () => {
    const invoice = (id: string, month: string): Invoice => ({
      id,
      premises: 'talo',
      category: 'cleaning',
      supplier: 'Siivooja Oy',
      net: '1.00',
      vat: { category: 'S', rate: '25.5' },
      payer: 'a',
      serviceFrom: `${month}-01`,
      serviceTo: `${month}-28`,
    })
    const months = ['2026-08', '2026-09', '2026-10']
    const invoices = months.map((month, i) => invoice(`i${i}`, month))
    const missing = missingCosts(invoices, monthsOfYear(2026))
    expect(missing.map(({ month }) => month)).toEqual(['2026-11', '2026-12'])
    // What stopped before the last three months has ended, or has its season.
    expect(
      missingCosts(
        invoices.map((one) => ({
          ...one,
          serviceFrom: one.serviceFrom.replace('2026-', '2025-'),
          serviceTo: one.serviceTo.replace('2026-', '2025-'),
        })),
        monthsOfYear(2026),
      ),
    ).toEqual([])
    expect(missing[1]?.basis.map(({ month }) => month)).toEqual(months)
    const row = (i: number, shares: [number, number, number]): Settlement => {
      const one = settlementOf(
        months[i] ?? '',
        [{ payer: 'a', vat: { category: 'S', rate: '25.5' }, category: 'cleaning', shares }],
        'closed',
      )
      return { ...one, items: one.items.map((item) => ({ ...item, id: `invoice:i${i}` })) }
    }
    const settlements = new Map(
      [row(0, [100, 50, 0]), row(1, [100, 50, 1]), row(2, [101, 50, 1])].map((one) => [one.period, one]),
    )
    const of = (party: string) =>
      accrualLines({ party, months: ['2026-11'], settlements, missing }).map(({ side, counterparty, net }) => [
        side,
        counterparty,
        net,
      ])
    expect(of('a')).toEqual([
      ['cost', null, '1.51'],
      ['recovered', 'b', '0.50'],
      ['recovered', 'c', '0.01'],
    ])
    expect(of('b')).toEqual([['cost', 'a', '0.50']])
    expect(of('c')).toEqual([['cost', 'a', '0.01']])
    // It came after its month was closed: an adjustment of the next one.
    const [line] = accrualLines({ party: 'b', months: ['2026-11'], settlements, missing })
    const november = { ...settlementOf('2026-11', [], 'closed'), items: [] }
    const adjusting = settlementOf(
      '2026-12',
      [{ payer: 'a', vat: { category: 'S', rate: '25.5' }, category: 'cleaning', shares: [120, 60, 0] }],
      'closed',
    )
    const december = {
      ...adjusting,
      items: adjusting.items.map((item) => ({ ...item, id: 'adjustment:2026-11:invoice:late' })),
    }
    expect(line === undefined ? null : actualOf(line, 'b', 'a', [november], ['late'])).toBeNull()
    expect(line === undefined ? null : actualOf(line, 'b', 'a', [november, december], ['late'])).toBe(60n)
  })
})

const plan: AdvancePlan = {
  year: 2026,
  seller: 'a',
  buyer: 'b',
  from: '2026-01',
  dueDay: 31,
  lines: [
    { net: '100.01', vat: { category: 'S', rate: '25.5' } },
    { net: '50.00', vat: { category: 'O', rate: '0' } },
  ],
  text: '',
}

describe('advance payments', () => {
  test('true-up and advances add up to the transfers of the year, in net and VAT of each group', () => {
    fc.assert(
      fc.property(year(fc.constant('closed')), fc.integer({ min: 0, max: 12 }), fc.boolean(), (all, invoiced, memo) => {
        const advances = monthsOfYear(2026)
          .slice(0, invoiced)
          .flatMap((month) =>
            advanceParts(plan, month, memo).map(({ breakdown }, i) => ({ number: `${month}-${i}`, month, breakdown })),
          )
        const now = trueUp(plan, all, advances, memo)
        const transferred = all.reduce((sum, { transfers }) => {
          const one = transfers.find(({ from, to }) => from === 'b' && to === 'a')
          const back = transfers.find(({ from, to }) => from === 'a' && to === 'b')
          return sum + centsOf(one?.gross ?? '0') - centsOf(back?.gross ?? '0')
        }, 0n)
        const paid = sumOf(advances.flatMap(({ breakdown }) => breakdown.flatMap(({ net, vat: tax }) => [net, tax])))
        expect(centsOf(now.gross) + paid).toBe(transferred)
        expect(sumOf(now.months.map(({ gross }) => gross))).toBe(transferred)
        expect(sumOf(now.parts.map(({ gross }) => gross))).toBe(centsOf(now.gross))
        for (const part of now.parts) {
          expect(sumOf(part.lines.map(({ net }) => net))).toBe(centsOf(part.net))
          expect(part.breakdown.length > 1 && part.breakdown.some(({ category }) => category === 'O') && !memo).toBe(
            false,
          )
        }
        for (const { actual, advance, balance } of now.groups)
          for (const key of ['net', 'vat'] as const)
            expect(centsOf(advance[key]) + centsOf(balance[key])).toBe(centsOf(actual[key]))
      }),
      { numRuns: 50 },
    )
  })

  test('an advance is due on its day or the last of the month; a plan is checked', () => {
    expect([dueOn('2026-02', 31), dueOn('2026-03', 31), dueOn('2026-03', 5)]).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-03-05',
    ])
    const lines: AdvancePlan['lines'] = [
      { net: '0', vat: { category: 'S', rate: '25.5' } },
      { net: '1.00', vat: { category: 'S', rate: '0' } },
      { net: '1.00', vat: { category: 'O', rate: '0' } },
      { net: '1.00', vat: { category: 'O', rate: '0' } },
    ]
    expect(checkPlan({ ...plan, buyer: 'a', from: '2027-01', lines }).map(({ pointer }) => pointer)).toEqual([
      '/buyer',
      '/from',
      '/lines/0/net',
      '/lines/1/vat/rate',
      '/lines/3/vat',
    ])
    expect(checkPlan(plan)).toEqual([])
  })

  test('what a party bears is the net of its statement', () => {
    fc.assert(
      fc.property(year(status), (all) => {
        for (const one of all)
          for (const { party, net } of one.statements)
            expect([...sharesByCategory(one, party).values()].reduce((sum, of) => sum + of, 0n)).toBe(centsOf(net))
      }),
      { numRuns: 10 },
    )
  })
})
