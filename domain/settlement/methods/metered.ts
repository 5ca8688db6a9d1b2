// Method `metered`: the parties' sub-meters take their part of the main meter, what is left over goes by another method.
import type { Id, SplitMethod } from '#domain/registry/bundle.ts'
import type { MeterMonth } from '#domain/metering/meter.ts'
import { ZERO, compare, fraction, multiply, subtract, sum } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { unitFamily } from '#domain/quantity/units.ts'
import { meterTrace } from '#domain/settlement/meter-trace.ts'
import type { MeterTrace } from '#domain/settlement/trace.ts'
import type { SplitUse } from './split-use.ts'

/** Sub-meters may exceed the main meter by this factor. */
const MOST_OF_MAIN = fraction(1005n, 1000n)

export type MeteredParts = {
  case: 'main' | 'sub-meters-are-the-whole' | 'sub-meters-reach-main' | 'nothing-metered'
  main: MeterTrace | null
  subMeters: { party: Id; meters: MeterTrace[] }[]
  /** One for each sub-metered party in agreement order, then the remainder's. */
  weights: Fraction[]
  exceeded: { main: Fraction; sub: Fraction; unit: string } | null
}

/** What weighs how much in a metered split. The meters have been found usable before. */
export function meteredParts(method: SplitMethod & { by: 'metered' }, use: SplitUse): MeteredParts {
  const monthOf = (ref: { device: Id; point: string }): MeterMonth => {
    const month = use.facts.meterMonth(ref, use.month)
    if (month === null) throw new Error(`${ref.device}/${ref.point} is no meter`)
    return month
  }
  const mainMonth = method.main === undefined ? use.meter : monthOf(method.main)
  const parties = use.parties.filter((party) => Object.hasOwn(method.meters, party))
  const subMonths = parties.map((party) => method.meters[party]!.map(monthOf))
  const unit = commonUnit(mainMonth ?? subMonths.flat()[0] ?? null)
  const trace = (month: MeterMonth): MeterTrace => meterTrace(month, use.days, use.itemDays, unit)
  const main = mainMonth === null ? null : trace(mainMonth)
  const subMeters = parties.map((party, i) => ({ party, meters: subMonths[i]!.map(trace) }))
  return {
    main,
    subMeters,
    ...weighParts(
      main?.quantity ?? null,
      subMeters.map(({ meters }) => sum(meters.map(({ quantity }) => quantity))),
      unit,
    ),
  }
}

/** The parts of sub-metered quantities in a main quantity (null: they are the whole), then the remainder's. */
export function weighParts(
  main: Fraction | null,
  subs: readonly Fraction[],
  unit: string,
): Pick<MeteredParts, 'case' | 'weights' | 'exceeded'> {
  const sub = sum(subs)
  const whole = main ?? sub
  if (whole.n === 0n && sub.n === 0n)
    return { case: 'nothing-metered', weights: [...subs.map(() => ZERO), fraction(1n)], exceeded: null }
  const exceeded = compare(sub, multiply(whole, MOST_OF_MAIN)) > 0 ? { main: whole, sub, unit } : null
  const remainder = subtract(whole, sub)
  if (remainder.n > 0n) return { case: 'main', weights: [...subs, remainder], exceeded }
  return {
    case: main === null ? 'sub-meters-are-the-whole' : 'sub-meters-reach-main',
    weights: [...subs, ZERO],
    exceeded,
  }
}

function commonUnit(month: MeterMonth | null): string {
  return month !== null && unitFamily(month.meter.unit) === 'volume' ? 'm3' : 'kWh'
}
