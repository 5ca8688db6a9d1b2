// Dividing an item's cents over the parties of a segment by a method, which may hold further methods.
import type { Id, PointRef, SplitMethod } from '#domain/registry/bundle.ts'
import { ZERO, formatRounded, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { divideByWeights } from '#domain/quantity/largest-remainder.ts'
import type { PartTrace, SplitTrace } from '#domain/settlement/trace.ts'
import { meteredParts } from './metered.ts'
import type { SplitUse } from './split-use.ts'
import { weigh } from './weigh.ts'

export type SplitProblem = { code: 'submeters-exceed-main' | 'no-weight'; detail: string }
/** Cents by party, in order, with their trace. They add up to the cents given unless there is a problem. */
export type Split = { trace: SplitTrace; cents: bigint[]; problems: SplitProblem[] }

/** Divides cents by a method. Meters that it names have been found usable before. */
export function splitCents(method: SplitMethod, cents: bigint, use: SplitUse): Split {
  switch (method.by) {
    case 'metered':
      return splitMetered(method, cents, use)
    case 'mix':
      return splitMix(method, cents, use)
    default: {
      const key = `${use.days.firstDay} ${use.days.endDay} ${use.device ?? ''}`
      const { facts, weights } = use.facts.once(method, key, () => weigh(method, use))
      const { parts, problems } = divideNamed(cents, use.parties, weights, `method ${method.by}`)
      return { trace: { by: method.by, cents, facts, parts }, cents: parts.map((part) => part.cents), problems }
    }
  }
}

function splitMetered(method: SplitMethod & { by: 'metered' }, cents: bigint, use: SplitUse): Split {
  const { weights, exceeded, ...metered } = meteredParts(method, use)
  const parties = metered.subMeters.map(({ party }) => party)
  const divided = divideNamed(exceeded === null ? cents : 0n, [...parties, 'remainder'], weights, 'method metered')
  const remainder = splitCents(method.remainder, divided.parts.at(-1)!.cents, use)
  const shares = use.parties.map((party, i) => {
    const at = parties.indexOf(party)
    return remainder.cents[i]! + (at < 0 ? 0n : divided.parts[at]!.cents)
  })
  const problems = [...divided.problems, ...remainder.problems]
  if (exceeded !== null) {
    const shown = (quantity: Fraction): string => `${formatRounded(quantity, 6)} ${exceeded.unit}`
    problems.push({
      code: 'submeters-exceed-main',
      detail: `sub-meters ${shown(exceeded.sub)}, main meter ${shown(exceeded.main)}`,
    })
  }
  return {
    trace: { by: 'metered', cents, ...metered, parts: divided.parts, remainder: remainder.trace },
    cents: shares,
    problems,
  }
}

function splitMix(method: SplitMethod & { by: 'mix' }, cents: bigint, use: SplitUse): Split {
  const weights = method.parts.map(({ weight }) => parseDecimalFraction(weight)!)
  const keys = method.parts.map((_, i) => String(i + 1))
  const divided = divideNamed(cents, keys, weights, 'method mix')
  const splits = method.parts.map((part, i) => splitCents(part.method, divided.parts[i]!.cents, use))
  return {
    trace: { by: 'mix', cents, parts: divided.parts, splits: splits.map(({ trace }) => trace) },
    cents: use.parties.map((_, i) => splits.reduce((total, split) => total + split.cents[i]!, 0n)),
    problems: [...divided.problems, ...splits.flatMap(({ problems }) => problems)],
  }
}

/** Division by weights with a name for each part; without any weight a problem, and nothing for anyone. */
function divideNamed(
  cents: bigint,
  keys: readonly string[],
  weights: readonly Fraction[],
  where: string,
): { parts: PartTrace[]; problems: SplitProblem[] } {
  const parts = divideByWeights(cents, weights)
  if (parts !== null)
    return { parts: parts.map((part, i) => ({ key: keys[i]!, weight: weights[i]!, ...part })), problems: [] }
  return {
    parts: keys.map((key, i) => ({ key, weight: weights[i]!, exact: ZERO, base: 0n, rank: null, cents: 0n })),
    problems: [{ code: 'no-weight', detail: `${where} gives no party any weight` }],
  }
}

/** A meter that a method rests on beside the item's own, with the method's own word on estimates. */
export type SplitMeter = { ref: PointRef; allowEstimated: boolean }

/** The `main` and sub-meters of a method and of those within it, in the order of the agreement. */
export function metersOf(method: SplitMethod, parties: readonly Id[]): SplitMeter[] {
  switch (method.by) {
    case 'metered': {
      const refs = [
        method.main,
        ...parties.flatMap((party) => (Object.hasOwn(method.meters, party) ? method.meters[party]! : [])),
      ]
      const allowEstimated = method.allowEstimated === true
      return [
        ...refs.filter((ref) => ref !== undefined).map((ref) => ({ ref, allowEstimated })),
        ...metersOf(method.remainder, parties),
      ]
    }
    case 'mix':
      return method.parts.flatMap((part) => metersOf(part.method, parties))
    default:
      return []
  }
}
