// The test's own arithmetic in cents. It follows docs/MONEY.md and shares no line with the program that it checks.
import { expect } from 'vitest'
import type { Item, Settlement } from '#contract/settlements.ts'
import { AREAS, PEOPLE } from './house.ts'
import { hoursOf, isDay, spanOf, spotCents, used } from './readings.ts'

export const cents = (text: string): bigint => {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text)
  if (match === null) throw new Error(`${text} is no amount`)
  return BigInt(`${match[1]}${match[2]}${match[3]}`)
}
export const euros = (value: bigint): string => {
  const digits = String(value < 0n ? -value : value).padStart(3, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
export const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, one) => total + one, 0n)
/** A fraction, half away from zero. */
export function round(numerator: bigint, denominator: bigint): bigint {
  const size = (2n * (numerator < 0n ? -numerator : numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -size : size
}
/** Cents by whole weights with the largest remainder; ties to the first. */
export function divide(total: bigint, weights: bigint[]): bigint[] {
  if (total < 0n) return divide(-total, weights).map((one) => -one)
  const whole = sum(weights)
  const parts = weights.map((weight) => (total * weight) / whole)
  const order = weights
    .map((weight, i) => ({ i, rest: (total * weight) % whole }))
    .toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
  for (const { i } of order.slice(0, Number(total - sum(parts)))) parts[i] = parts[i]! + 1n
  return parts
}

/** Net of a month's electricity from what was really used: spot and margin by the hour, the day's energy, the peak hour, the base. */
export function electricityNet(month: string): bigint {
  const hours = hoursOf(...spanOf(month))
  // In millionths of a cent: Wh × cents per MWh.
  let millionths = 4_550n * 1_000_000n
  let peak = 8_000n
  for (const hour of hours) {
    const wh = used('em-main', hour, hour + 3_600_000)
    millionths += wh * BigInt(spotCents(hour) + 350 + (isDay(hour) ? 3_120 : 0))
    if (wh > peak) peak = wh
  }
  return round(millionths + peak * 210n * 1_000n, 1_000_000n)
}
/** Who bears it: the sub-meters' part each, what is left by area. */
export function electricityShares(net: bigint, month: string): bigint[] {
  const [from, to] = spanOf(month)
  const [main, poliisi, office] = (['em-main', 'em-poliisi', 'em-ely'] as const).map((meter) =>
    used(meter, from, to),
  ) as [bigint, bigint, bigint]
  const [ofPoliisi, ofOffice, rest] = divide(net, [poliisi, office, main - poliisi - office]) as [
    bigint,
    bigint,
    bigint,
  ]
  const [a, b, c] = byArea(rest) as [bigint, bigint, bigint]
  return [a, b + ofPoliisi, c + ofOffice]
}
export const byArea = (net: bigint): bigint[] => divide(net, Object.values(AREAS).map(BigInt))
export const byPeople = (net: bigint): bigint[] => divide(net, Object.values(PEOPLE).map(BigInt))
export const heatNet = (month: string): bigint =>
  round(used('heat', ...spanOf(month)) * 7_825n + 31_000n * 1_000n, 1_000n)

export const sharesOf = (item: Item): bigint[] => item.shares.map(({ net }) => cents(net))
export const itemOf = ({ items }: Settlement, id: string): Item => {
  const item = items.find((one) => one.id === id)
  if (item === undefined) throw new Error(`${id} is not among ${items.map((one) => one.id).join(', ')}`)
  return item
}

type Flow = { net: bigint; gross: bigint }
/** Holds a settlement against itself: shares make items, items make statements with their VAT, set-offs make transfers. */
export function tieOut({ items, statements, transfers, blocked, period }: Settlement): void {
  expect([period, blocked]).toEqual([period, []])
  const groups = new Map<string, { payer: string; party: string; rate: string; net: bigint }>()
  for (const { id, net, shares, payer, vat } of items) {
    expect([period, id, euros(sum(shares.map((one) => cents(one.net))))]).toEqual([period, id, net])
    for (const { party, net: share } of shares) {
      const key = [payer, party, vat?.category, vat?.rate].join()
      const group = groups.get(key) ?? { payer, party, rate: vat?.rate ?? '0', net: 0n }
      groups.set(key, { ...group, net: group.net + cents(share) })
    }
  }
  // VAT of a group in cents: rates have one decimal at most.
  const owed = [...groups.values()].map((group) => ({
    ...group,
    vat: round(group.net * BigInt(Math.round(Number(group.rate) * 10)), 1_000n),
  }))
  for (const { party, ...statement } of statements) {
    const own = owed.filter((one) => one.party === party)
    const [net, vat] = [sum(own.map((one) => one.net)), sum(own.map((one) => one.vat))]
    expect([period, party, statement]).toEqual([
      period,
      party,
      { net: euros(net), vat: euros(vat), gross: euros(net + vat) },
    ])
  }
  expect(sum(statements.map(({ net }) => cents(net)))).toBe(sum(items.map(({ net }) => cents(net ?? 'null'))))
  const flows = new Map<string, Flow>()
  for (const { payer, party, net, vat } of owed) {
    if (payer === party) continue
    const [a, b] = [payer, party].sort() as [string, string]
    const sign = party === a ? 1n : -1n
    const flow = flows.get(`${a} ${b}`) ?? { net: 0n, gross: 0n }
    flows.set(`${a} ${b}`, { net: flow.net + sign * net, gross: flow.gross + sign * (net + vat) })
  }
  const expected = [...flows]
    .filter(([, { gross }]) => gross !== 0n)
    .map(([pair, { net, gross }]) => {
      const [a, b] = pair.split(' ') as [string, string]
      return gross > 0n
        ? { from: a, to: b, net: euros(net), gross: euros(gross) }
        : { from: b, to: a, net: euros(-net), gross: euros(-gross) }
    })
    .toSorted((one, two) => (`${one.from} ${one.to}` < `${two.from} ${two.to}` ? -1 : 1))
  expect([period, transfers]).toEqual([period, expected])
}
