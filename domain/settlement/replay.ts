// Replays an explanation: from its facts, figures and prices alone to the cents of every share.
import type { Id } from '#domain/registry/bundle.ts'
import { amountOf } from '#domain/agreement/components/amount.ts'
import { fillSteps } from '#domain/agreement/components/stepped.ts'
import { ZERO, compare, fraction, multiply, sum } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { divideByExactShares, divideByWeights } from '#domain/quantity/largest-remainder.ts'
import { monthDays } from '#domain/quantity/local-date.ts'
import { inCents, roundToCents } from '#domain/quantity/money.ts'
import { differences } from './adjustments.ts'
import { exact, readFact, readFigures } from './read-explanation.ts'
import type { AdjustmentExplanation, Explanation, ItemExplanation, Written } from './explanation.ts'
import { depreciationOfMonth } from './items/depreciation.ts'
import { invoiceMonths } from './items/invoice.ts'
import { weighParts } from './methods/metered.ts'
import { weightsOf } from './methods/weigh.ts'
import type { MeterTrace, NetTrace, PartTrace, PieceTrace, ShareCents, SplitTrace } from './trace.ts'

/** What a replay found: the shares in cents, by party; and where the explanation contradicts itself, if it does. */
export type Replay = { shares: Map<Id, bigint>; contradictions: string[] }

/**
 * Computes the shares of an item anew from its explanation. Every number in it that follows from others is compared with
 * what it should be; a difference is a contradiction, named by its place. A blocked item has no shares.
 */
export function replayExplanation(explanation: Explanation): Replay {
  const contradictions: string[] = []
  const check = (place: string, told: string | null, replayed: bigint | Fraction | null): void => {
    const same =
      told === null || replayed === null
        ? told === replayed
        : typeof replayed === 'bigint'
          ? BigInt(told) === replayed
          : compare(exact(told), replayed) === 0
    if (!same)
      contradictions.push(
        `${place}: ${told} is told, ${typeof replayed === 'object' ? 'another value' : replayed} follows`,
      )
  }
  const shares = 'of' in explanation ? replayAdjustment(explanation, check) : replayItem(explanation, check)
  const told = new Map(explanation.shares.map(({ party, cents }) => [party, BigInt(cents)]))
  if (told.size !== shares.size) contradictions.push(`shares: ${told.size} are told, ${shares.size} follow`)
  for (const [party, cents] of shares) check(`share of ${party}`, told.get(party)?.toString() ?? null, cents)
  return { shares, contradictions }
}

type Check = (place: string, told: string | null, replayed: bigint | Fraction | null) => void

function replayAdjustment(told: AdjustmentExplanation, check: Check): Map<Id, bigint> {
  if (told.blocked !== null) return new Map()
  const recomputed =
    told.recomputed === null
      ? null
      : [...replayItem(told.recomputed, check)].map(([party, cents]) => ({ party, cents }))
  const shares = differences({
    closed: inBigint(told.closed),
    adjusted: told.adjusted.map(({ shares }) => ({ shares: inBigint(shares) })),
    recomputed: recomputed === null ? null : { shares: recomputed },
  })
  return new Map(shares.map(({ party, cents }) => [party, cents]))
}
function inBigint(shares: Written<ShareCents>[]): ShareCents[] {
  return shares.map(({ party, cents }) => ({ party, cents: BigInt(cents) }))
}

function replayItem(told: ItemExplanation, check: Check): Map<Id, bigint> {
  if (told.net === null) return new Map()
  const { cents, exactBySegment } = replayNet(told.net, told, check)
  check('net', told.net.cents, cents)
  const parts = divideByExactShares(cents, exactBySegment)
  checkParts('segments', told.segments, parts, check)
  const place = told.segments.findIndex(({ key }) => key === told.segment.from)
  check('cents', told.cents, parts[place]?.cents ?? null)
  if (told.blocked !== null || told.split === null) return new Map()
  return replaySplit(told.split, parts[place]!.cents, 'split', check)
}

/** The item's cents and the exact cents of each segment. */
function replayNet(
  net: Written<NetTrace>,
  told: ItemExplanation,
  check: Check,
): { cents: bigint; exactBySegment: Fraction[] } {
  if (net.kind === 'metered') {
    const bySegment = new Map<string, Fraction>(told.segments.map(({ key }) => [key, ZERO]))
    for (const piece of net.pieces) {
      const amount = sum(
        piece.components.map((component) => replayComponent(component, `${piece.from} ${component.id}`, check)),
      )
      bySegment.set(piece.segment, sum([bySegment.get(piece.segment)!, amount]))
    }
    const euros = sum([...bySegment.values()])
    check('exact amount', net.exact, inCents(euros))
    return { cents: roundToCents(euros), exactBySegment: [...bySegment.values()].map(inCents) }
  }
  const cents = centsOf(net, check)
  const days = told.segments.map((segment) => BigInt(segment.days))
  const total = days.reduce((a, b) => a + b, 0n)
  const amount = net.kind === 'recurring' ? exact(net.exact) : fraction(cents)
  return { cents, exactBySegment: days.map((count) => multiply(amount, fraction(count, total))) }
}

function centsOf(net: Exclude<Written<NetTrace>, { kind: 'metered' }>, check: Check): bigint {
  switch (net.kind) {
    case 'invoice': {
      const days = net.months.reduce((total, month) => total + month.days, 0)
      const first = monthDays(net.months[0]!.key)
      const last = monthDays(net.months.at(-1)!.key)
      // The days of the first and last month say where the service began and ended.
      const from = net.months.length === 1 ? first.first : first.end - net.months[0]!.days
      const to = net.months.length === 1 ? from + days : last.first + net.months.at(-1)!.days
      const months = invoiceMonths(BigInt(net.totalCents), from, to)
      checkParts('months', net.months, months, check)
      return months.find(({ key }) => key === net.month)!.cents
    }
    case 'recurring': {
      const euros = multiply(exact(net.monthly), fraction(BigInt(net.days), BigInt(net.monthDays)))
      check('recurring', net.exact, inCents(euros))
      return roundToCents(euros)
    }
    case 'depreciation': {
      const total = BigInt(net.costCents) - BigInt(net.residualCents)
      const months = BigInt(net.usefulLifeMonths)
      check('depreciation', net.exact, fraction(total, months))
      return depreciationOfMonth({ base: total / months, oddCents: total % months }, net.number)
    }
  }
}

function replayComponent(told: Written<PieceTrace>['components'][number], place: string, check: Check): Fraction {
  const figures = readFigures(told.figures)
  if (figures.kind === 'stepped') {
    const filled = fillSteps(figures.steps, figures.reached, figures.versionQuantity)
    for (const [i, step] of filled.entries())
      check(
        `${place} step ${i + 1}`,
        told.figures.kind === 'stepped' ? told.figures.steps[i]!.quantity : null,
        step.quantity,
      )
  }
  const amount = amountOf(figures)
  check(place, told.amount, amount)
  return amount
}

function replaySplit(told: Written<SplitTrace>, cents: bigint, place: string, check: Check): Map<Id, bigint> {
  check(place, told.cents, cents)
  switch (told.by) {
    case 'metered': {
      const subs = told.subMeters.map(({ meters }) => sum(meters.map(({ quantity }) => exact(quantity))))
      const { weights } = weighParts(mainQuantity(told.main), subs, '')
      const parts = divide(cents, weights)
      checkParts(place, told.parts, parts, check)
      const shares = replaySplit(told.remainder, parts.at(-1)!.cents, `${place} remainder`, check)
      for (const [i, { party }] of told.subMeters.entries())
        shares.set(party, (shares.get(party) ?? 0n) + parts[i]!.cents)
      return shares
    }
    case 'mix': {
      const parts = divide(
        cents,
        told.parts.map(({ weight }) => exact(weight)),
      )
      checkParts(place, told.parts, parts, check)
      const shares = new Map<Id, bigint>()
      for (const [i, split] of told.splits.entries()) {
        for (const [party, share] of replaySplit(split, parts[i]!.cents, `${place} part ${i + 1}`, check))
          shares.set(party, (shares.get(party) ?? 0n) + share)
      }
      return shares
    }
    default: {
      const parties = told.parts.map(({ key }) => key)
      const weights = weightsOf(told.facts.map(readFact), parties)
      for (const [i, weight] of weights.entries())
        check(`${place} weight of ${parties[i]}`, told.parts[i]!.weight, weight)
      const parts = divide(cents, weights)
      checkParts(place, told.parts, parts, check)
      return new Map(parts.map((part, i) => [parties[i]!, part.cents]))
    }
  }
}

function mainQuantity(main: Written<MeterTrace> | null): Fraction | null {
  return main === null ? null : exact(main.quantity)
}

function divide(cents: bigint, weights: readonly Fraction[]): ReturnType<typeof divideByExactShares> {
  const parts = divideByWeights(cents, weights)
  if (parts === null) throw new Error('an explanation of shares has no weights')
  return parts
}

function checkParts(
  place: string,
  told: readonly Written<PartTrace>[],
  parts: readonly { exact: Fraction; base: bigint; rank: number | null; cents: bigint }[],
  check: Check,
): void {
  check(`${place} count`, String(told.length), BigInt(parts.length))
  for (const [i, part] of parts.entries()) {
    const { key = '', exact: toldExact = null, base = null, rank = null, cents = null } = told[i] ?? {}
    check(`${place} ${key} exact`, toldExact, part.exact)
    check(`${place} ${key} base`, base, part.base)
    check(`${place} ${key} rank`, rank === null ? null : String(rank), part.rank === null ? null : BigInt(part.rank))
    check(`${place} ${key} cents`, cents, part.cents)
  }
}
