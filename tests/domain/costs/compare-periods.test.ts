// Two periods side by side: the reasons of a line and of the whole add up to the change to the cent, whatever the figures.
import { describe, expect, test } from 'vitest'
import { comparePeriods } from '#domain/costs/compare-periods.ts'
import { keyOf, linesOf, sumOfLines, type CostLine } from '#domain/costs/cost-lines.ts'
import { fraction } from '#domain/quantity/fraction.ts'

const line = (key: string, cents: number, shares: Record<string, number>, kWh?: number): CostLine => ({
  key,
  category: key.split(':')[1] ?? '',
  source: key.startsWith('metered') ? 'metered' : key.startsWith('adjustment') ? 'adjustment' : 'recurring',
  items: [key],
  cents: BigInt(cents),
  shares: new Map(Object.entries(shares).map(([party, share]) => [party, BigInt(share)])),
  quantity: kWh === undefined ? null : { unit: 'kWh', amount: fraction(BigInt(kWh)) },
})
const sum = (parts: readonly { cents: bigint }[]): bigint => parts.reduce((all, { cents }) => all + cents, 0n)

describe('the whole costs', () => {
  test('a metered cost changes by its volume at the old mean price, and by its price', () => {
    // 1000 kWh at 10 c, then 1200 kWh at 12 c.
    const [found] = comparePeriods(
      [line('metered:electricity:a', 10_000, {}, 1000)],
      [line('metered:electricity:a', 14_400, {}, 1200)],
      null,
    ).lines
    expect(found?.reasons).toEqual([
      { reason: 'volume', cents: 2_000n },
      { reason: 'price', cents: 2_400n },
    ])
  })

  test('what the weather alone would have changed stands by itself', () => {
    const [found] = comparePeriods(
      [line('metered:heat:a', 10_000, {}, 100)],
      [line('metered:heat:a', 11_000, {}, 110)],
      null,
      () => fraction(3n, 20n),
    ).lines
    expect(found?.reasons).toEqual([
      { reason: 'weather', cents: 1_500n },
      { reason: 'volume', cents: -500n },
    ])
  })

  test('new, gone, amounts without a quantity and adjustments are told apart; the largest change stands first', () => {
    const compared = comparePeriods(
      [line('recurring:cleaning:a', 500, {}), line('recurring:security:b', 300, {})],
      [
        line('recurring:cleaning:a', 650, {}),
        line('recurring:lobby:c', 900, {}),
        line('adjustment:metered:heat:d', -20, {}),
      ],
      null,
    )
    expect(compared.lines.map(({ key, reasons }) => [key, reasons.map(({ reason }) => reason)])).toEqual([
      ['recurring:lobby:c', ['new']],
      ['recurring:security:b', ['gone']],
      ['recurring:cleaning:a', ['amount']],
      ['adjustment:metered:heat:d', ['adjustment']],
    ])
    expect(sum(compared.reasons)).toBe(compared.afterCents - compared.beforeCents)
  })
})

test('of a party, a changed share is a reason of its own', () => {
  // The cost stays; the party bears 40 % instead of 25 %.
  const [found] = comparePeriods(
    [line('recurring:security:a', 1000, { p: 250 })],
    [line('recurring:security:a', 1000, { p: 400 })],
    'p',
  ).lines
  expect(found?.reasons).toEqual([{ reason: 'share', cents: 150n }])
})

test('whatever the figures, reasons add up to the cent: of each line and of the whole, for all and for a party', () => {
  let seed = 42
  const random = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most
  for (let round = 0; round < 60; round++) {
    const make = (): CostLine[] =>
      ['metered:heat:a', 'metered:water:b', 'recurring:lobby:c', 'invoice:waste:d', 'adjustment:x:y']
        .filter(() => random(5) > 0)
        .map((key) => {
          const cents = random(100_000) - 2_000
          const share = random(Math.abs(cents) + 1)
          return line(key, cents, { p: share, q: cents - share }, key.startsWith('metered') ? random(500) : undefined)
        })
    const [before, after] = [make(), make()]
    for (const party of [null, 'p']) {
      const compared = comparePeriods(before, after, party, () => fraction(BigInt(random(50)) - 20n, 37n))
      for (const one of compared.lines) expect(sum(one.reasons)).toBe(one.afterCents - one.beforeCents)
      expect(sum(compared.reasons)).toBe(compared.afterCents - compared.beforeCents)
      const all = (lines: readonly CostLine[]): bigint =>
        lines.reduce((total, one) => total + (party === null ? one.cents : (one.shares.get('p') ?? 0n)), 0n)
      expect(compared.afterCents - compared.beforeCents).toBe(all(after) - all(before))
    }
  }
})

describe('lines', () => {
  test('invoices of one supplier are one line; segments of a metered cost are one line with its quantity once', () => {
    const item = (id: string, net: string) => ({
      id,
      category: 'heat',
      source: 'metered' as const,
      payer: 'a',
      net,
      vat: null,
      estimated: '0',
      shares: [{ party: 'a', net }],
      blocked: null,
    })
    const ground = { method: 'area' as const, quantity: { unit: 'MWh', amount: fraction(5n) } }
    const lines = linesOf(
      { items: [item('metered:lampo', '10.00'), item('metered:lampo@2026-03-15', '20.01')] },
      new Map([
        ['metered:lampo', ground],
        ['metered:lampo@2026-03-15', ground],
      ]),
      (id) => id,
    )
    expect(lines).toMatchObject([{ key: 'metered:heat:lampo', cents: 3001n, quantity: { amount: fraction(5n) } }])
    expect(keyOf({ id: 'invoice:jate-2026-03', category: 'waste' }, () => 'Jäte Oy')).toBe('invoice:waste:Jäte Oy')
    expect(
      keyOf({ id: 'adjustment:2026-02:invoice:jate-2026-02@2026-02-03', category: 'waste' }, () => 'Jäte Oy'),
    ).toBe('adjustment:invoice:waste:Jäte Oy')
  })

  test('quantities of months add up over units, and are not known when one month’s is not', () => {
    const heat = (unit: string, amount: bigint | null): CostLine => ({
      ...line('metered:heat:a', 100, {}),
      quantity: amount === null ? null : { unit, amount: fraction(amount) },
    })
    expect(sumOfLines([[heat('MWh', 2n)], [heat('kWh', 500n)]])[0]?.quantity).toEqual({
      unit: 'MWh',
      amount: fraction(5n, 2n),
    })
    expect(sumOfLines([[heat('MWh', 2n)], [heat('MWh', null)]])[0]?.quantity).toBeNull()
  })
})
