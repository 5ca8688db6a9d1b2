// What the public may see: nothing of few, nothing of one, and nothing that two months told apart would tell.
import { expect, test } from 'vitest'
import type { CostLine } from '#domain/costs/cost-lines.ts'
import { publicMonths } from '#domain/costs/public-figures.ts'

/** A line of a cost type with each one's cents. */
const line = (category: string, shares: Record<string, number>, items = [`recurring:${category}`]): CostLine => {
  const cents = Object.entries(shares).map(([party, share]) => [party, BigInt(share)] as const)
  return {
    key: items.join(' '),
    category,
    source: 'recurring',
    items,
    cents: cents.reduce((sum, [, share]) => sum + share, 0n),
    shares: new Map(cents),
    quantity: null,
  }
}
const shown = (months: CostLine[][], isHidden: (item: string) => boolean = () => false): Record<string, bigint>[] =>
  publicMonths(
    months.map((lines, i) => ({ month: `2026-0${i + 1}`, lines })),
    isHidden,
  ).map(({ sums }) => Object.fromEntries(sums.map(({ category, euros }) => [category, euros])))
const THREE = { a: 10_000, b: 10_000, c: 10_000 }

test('a sum needs three that bear it, none more than eighty per cent, in whole euros', () => {
  expect(shown([[line('lobby', { a: 10_049, b: 10_000, c: 10_000 })]])).toEqual([{ lobby: 300n }])
  expect(shown([[line('lobby', { a: 10_000, b: 10_000 })]])).toEqual([{}])
  expect(shown([[line('lobby', { ...THREE, c: 0 })]])).toEqual([{}])
  expect(shown([[line('lobby', { a: 80, b: 10, c: 10 })]])).toEqual([{ lobby: 1n }])
  expect(shown([[line('lobby', { a: 81, b: 10, c: 9 })]])).toEqual([{}])
})

test('a line that one bears is in no sum, so that it is not the difference of two months', () => {
  const own = line('cleaning', { a: 55_500 }, ['invoice:own'])
  expect(shown([[line('cleaning', THREE)], [line('cleaning', THREE), own]])).toEqual([
    { cleaning: 300n },
    { cleaning: 300n },
  ])
})

test('a month with other bearers than the newest is left out: who came or left is not the difference', () => {
  const four = { ...THREE, d: 12_345 }
  expect(shown([[line('heat', THREE)], [line('heat', four)], [line('heat', four)]])).toEqual([
    {},
    { heat: 423n },
    { heat: 423n },
  ])
  // The others of the same months stand.
  expect(
    shown([
      [line('heat', THREE), line('water', THREE)],
      [line('heat', four), line('water', THREE)],
    ]),
  ).toEqual([{ water: 300n }, { heat: 423n, water: 300n }])
})

test('a credit of one hides the line; what secures the premises and what lies with it is never shown', () => {
  expect(shown([[line('heat', { ...THREE, a: -500 })]])).toEqual([{}])
  expect(shown([[line('security', THREE), line('locks', THREE)]])).toEqual([{}])
  const door = line('maintenance', THREE, ['recurring:door'])
  expect(
    shown([[line('maintenance', THREE)], [line('maintenance', THREE), door]], (item) => item === 'recurring:door'),
  ).toEqual([{}, {}])
})
