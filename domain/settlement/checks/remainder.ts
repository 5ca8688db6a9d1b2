// The remainder of a main meter over its sub-meters, against the band that the agreement allows.
import {
  add,
  compare,
  divide,
  formatRounded,
  multiply,
  ONE,
  parseDecimalFraction,
  parseFraction,
  subtract,
  ZERO,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { RemainderBand } from '#domain/registry/bundle.ts'
import type { Explanation, Written } from '#domain/settlement/explanation.ts'
import type { MeterTrace, SplitTrace } from '#domain/settlement/trace.ts'
import type { Finding } from './finding.ts'

type Split = Written<SplitTrace>

/** One finding for each item whose remainder, as a part of the main meter's quantity, lies outside the band agreed for it. */
export function remainderFindings(explanations: readonly Explanation[], bands: readonly RemainderBand[]): Finding[] {
  return explanations.flatMap((explanation) => {
    if (!('split' in explanation) || explanation.split === null) return []
    return meteredSplits(explanation.split).flatMap((split) => {
      const main = split.main
      if (main === null) return []
      const band = bandOf(bands, main, explanation.category)
      if (band === null) return []
      const [from, to] = [parseDecimalFraction(band.least) ?? ZERO, parseDecimalFraction(band.most) ?? ONE]
      const whole = quantityOf(main, main.unit)
      if (whole.n <= 0n) return []
      const parts = split.subMeters.flatMap(({ meters }) => meters.map((meter) => quantityOf(meter, main.unit)))
      const remainder = subtract(whole, parts.reduce(add, ZERO))
      const part = divide(remainder, whole)
      if (compare(part, from) >= 0 && compare(part, to) <= 0) return []
      const figures = {
        device: main.device,
        quantity: formatRounded(remainder, 3),
        main: formatRounded(whole, 3),
        unit: main.unit,
        part: formatRounded(part, 4),
        from: band.least,
        to: band.most,
      }
      return [
        { code: 'remainder-outside-band', severity: 'warn', items: [explanation.item], figures } satisfies Finding,
      ]
    })
  })
}

/** That of the meter before that of the category before that of all. */
function bandOf(
  bands: readonly RemainderBand[],
  { device, point }: Written<MeterTrace>,
  category: string,
): RemainderBand | null {
  const ofCategory = (wanted: string): RemainderBand | undefined =>
    bands.find(({ of }) => 'category' in of && of.category === wanted)
  const ofMeter = bands.find(({ of }) => 'meter' in of && of.meter.device === device && of.meter.point === point)
  return ofMeter ?? ofCategory(category) ?? ofCategory('*') ?? null
}

function meteredSplits(split: Split): Extract<Split, { by: 'metered' }>[] {
  if (split.by === 'mix') return split.splits.flatMap(meteredSplits)
  return split.by === 'metered' ? [split, ...meteredSplits(split.remainder)] : []
}
const quantityOf = ({ quantity, unit }: Written<MeterTrace>, into: string): Fraction =>
  multiply(parseFraction(quantity) ?? parseDecimalFraction(quantity) ?? ZERO, unitFactor(unit, into) ?? ONE)
