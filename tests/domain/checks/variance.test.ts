// The variance between a supplier's invoice and the own metering: its four parts add up to the difference exactly, whatever the figures.
import { expect, test } from 'vitest'
import { fraction } from '#domain/quantity/fraction.ts'
import { varianceOf, type VarianceInput } from '#domain/settlement/checks/variance.ts'

/** A small generator of whole numbers that gives the same ones each time (Park and Miller). */
const numbers = (seed: number) => {
  let state = seed
  return (below: number): bigint => BigInt((state = (state * 48_271) % 2_147_483_647) % below)
}

test('a known case: 1,050 kWh for 126.00 and 30.00 fixed, against 1,000 kWh at 0.11 and 25.00 fixed', () => {
  const input: VarianceInput = {
    supplier: { cents: 15_600n, fixedCents: 3_000n, quantity: fraction(1_050n) },
    own: {
      cents: fraction(13_500n),
      fixedCents: fraction(2_500n),
      quantity: fraction(1_000n),
      quantityOnItsDays: fraction(1_020n),
    },
  }
  // timing 20 × 0.11, volume 30 × 0.11, price 1,050 × 0.01, fixed 5.00.
  expect(varianceOf(input)).toEqual({ difference: 2_100n, volume: 330n, price: 1_050n, timing: 220n, fixed: 500n })
})

test('of 2,000 random pairs the parts add up to the difference to the cent, and each is within a cent of its exact value', () => {
  const next = numbers(7)
  for (let run = 0; run < 2_000; run += 1) {
    const own = {
      cents: fraction(next(2_000_000) - 100_000n, next(977) + 1n),
      fixedCents: fraction(next(50_000), next(31) + 1n),
      quantity: fraction(next(90_000), next(13) + 1n),
      quantityOnItsDays: fraction(next(90_000), next(17) + 1n),
    }
    const supplier = {
      cents: next(3_000_000) - 200_000n,
      fixedCents: next(60_000),
      quantity: fraction(next(90_000), next(11) + 1n),
    }
    const found = varianceOf({ supplier, own })
    expect(found.volume + found.price + found.timing + found.fixed).toBe(found.difference)
    // Rounded once: the difference of the two nets, half away from zero.
    const exact = Number(supplier.cents) - Number(own.cents.n) / Number(own.cents.d)
    expect(Math.abs(Number(found.difference) - exact)).toBeLessThanOrEqual(0.5 + 1e-6)
  }
})

test('without a quantity on one side there is no price to compare with: what is not fixed is volume', () => {
  const own = { cents: fraction(0n), fixedCents: fraction(0n), quantity: fraction(0n), quantityOnItsDays: fraction(0n) }
  const supplier = { cents: 5_000n, fixedCents: 1_000n, quantity: fraction(40n) }
  expect(varianceOf({ supplier, own })).toEqual({
    difference: 5_000n,
    volume: 4_000n,
    price: 0n,
    timing: 0n,
    fixed: 1_000n,
  })
})
