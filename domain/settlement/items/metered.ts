// Metered costs: the sum of a tariff's components over the quarters of the item's days, each by its day's version.
import type { MeteredCost, Tariff, TariffVersion } from '#domain/registry/bundle.ts'
import { amountOf, figuresOf } from '#domain/agreement/components/amount.ts'
import type { Piece } from '#domain/agreement/components/piece.ts'
import { monthPrices } from '#domain/agreement/prices.ts'
import { vatTreatment, versionsByDay } from '#domain/agreement/tariff.ts'
import type { MeterMonth } from '#domain/metering/meter.ts'
import { ONE, ZERO, add, compare, fraction, multiply, sum } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import { inCents, roundToCents } from '#domain/quantity/money.ts'
import { priceFactor, unitFactor } from '#domain/quantity/units.ts'
import type { Facts } from '#domain/settlement/facts.ts'
import { meterTrace } from '#domain/settlement/meter-trace.ts'
import { cutItem } from '#domain/settlement/segments.ts'
import type { Segment } from '#domain/settlement/segments.ts'
import type { PieceTrace } from '#domain/settlement/trace.ts'
import type { CostItem, Month } from './cost-item.ts'
import { daysInMonth, partsOfSegments } from './cost-item.ts'

/** More than this part estimated blocks, unless allowed. */
const MOST_ESTIMATED = fraction(1n, 5n)
export function tooMuchEstimated(estimated: Fraction): boolean {
  return compare(estimated, MOST_ESTIMATED) > 0
}

/** The month of a metered cost; null when it has no days there. */
export function meteredItem(cost: MeteredCost, month: Month): CostItem | null {
  const days = daysInMonth(month, dayNumber(cost.from), cost.to === null ? Infinity : dayNumber(cost.to))
  if (days === null) return null
  const { facts } = month
  const tariff = facts.tariffs.get(cost.tariff)
  const versions = versionsByDay(tariff, days.firstDay, days.endDay)
  const vatByDay = versions.map((version) => (version === null ? null : vatTreatment(version.vat)))
  const segments = cutItem(month.runs, days.firstDay, days.endDay, vatByDay)
  const meter = facts.meterMonth(cost.meter, month.month)
  const use = meter?.use(days.firstDay, days.endDay) ?? null
  const allowEstimated = cost.allowEstimated === true
  const item: CostItem = {
    id: `metered:${cost.id}`,
    source: 'metered',
    category: cost.category,
    payer: cost.payer,
    device: cost.meter.device,
    ...days,
    meter,
    allowEstimated,
    estimated: use?.estimated ?? ZERO,
    net: null,
    segments,
    parts: [],
    problem: null,
  }
  const blocked = (
    code: 'no-readings' | 'counter-went-back' | 'too-much-estimated' | 'no-price',
    detail: string,
  ): CostItem => ({
    ...item,
    problem: { code, detail },
  })
  const name = `${cost.meter.device}/${cost.meter.point}`
  if (meter === null || use === null)
    return blocked('no-readings', `${name} is neither a counter nor an interval point`)
  if (use.code !== null) return blocked(use.code, `${name}: ${use.detail}`)
  if (!allowEstimated && tooMuchEstimated(use.estimated))
    return blocked('too-much-estimated', `${name}: more than 20 % of the quantity is estimated`)
  const gap = versions.indexOf(null)
  if (tariff === undefined || gap >= 0)
    return blocked('no-price', `tariff ${cost.tariff} has no version on ${formatDay(days.firstDay + Math.max(0, gap))}`)
  const priced = pricedPieces(tariff, versions as TariffVersion[], days, segments, meter, month)
  if ('missing' in priced) return blocked('no-price', priced.missing)
  const bySegment = segments.map((segment) =>
    sum(priced.pieces.filter((piece) => piece.segment === formatDay(segment.from)).map(amountOfPiece)),
  )
  const euros = bySegment.reduce(add, ZERO)
  const cents = roundToCents(euros)
  const ofMeter = meterTrace(meter, days, days, tariff.unit)
  return {
    ...item,
    net: { kind: 'metered', meter: ofMeter, tariff: tariff.id, pieces: priced.pieces, exact: inCents(euros), cents },
    parts: partsOfSegments(cents, segments, bySegment.map(inCents)),
  }
}

function amountOfPiece(piece: PieceTrace): Fraction {
  return sum(piece.components.map(({ amount }) => amount))
}

/** Every component of every piece, in order of days; or which price is missing. */
function pricedPieces(
  tariff: Tariff,
  versions: readonly TariffVersion[],
  item: { firstDay: number; endDay: number },
  segments: readonly Segment[],
  meter: MeterMonth,
  month: Month,
): { pieces: PieceTrace[] } | { missing: string } {
  const toTariff = unitFactor(meter.meter.unit, tariff.unit)
  if (toTariff === null)
    throw new Error(`${meter.meter.unit} of a meter does not fit tariff ${tariff.id} in ${tariff.unit}`)
  const perWhole = multiply(meter.perWhole, toTariff)
  const toHourly = unitFactor(meter.meter.unit, 'kWh') ?? toTariff ?? ONE
  const hourPerWhole = multiply(meter.perWhole, toHourly)
  const pieces: PieceTrace[] = []
  for (const segment of segments) {
    for (let firstDay = segment.firstDay; firstDay < segment.endDay;) {
      const version = versions[firstDay - item.firstDay]!
      const versionFirst = versions.indexOf(version)
      const versionEnd = versions.lastIndexOf(version) + 1
      const endDay = Math.min(segment.endDay, item.firstDay + versionEnd)
      const piece: Piece = {
        firstDay,
        endDay,
        month: meter,
        perWhole,
        hourPerWhole,
        item,
        version: { firstDay: item.firstDay + versionFirst, endDay: item.firstDay + versionEnd },
        monthDays: month.endDay - month.firstDay,
        series: (id) => seriesFor(month.facts, id, tariff.unit, month.month),
      }
      const components: PieceTrace['components'] = []
      for (const component of version.components) {
        const figures = figuresOf(component, piece)
        if (figures === null)
          return {
            missing: `component ${component.id} of tariff ${tariff.id} has no price for some quarter of ${formatDay(firstDay)}–${formatDay(endDay - 1)}`,
          }
        components.push({ id: component.id, figures, amount: amountOf(figures) })
      }
      pieces.push({
        segment: formatDay(segment.from),
        from: formatDay(firstDay),
        to: formatDay(endDay),
        versionFrom: version.from,
        components,
      })
      firstDay = endDay
    }
  }
  return { pieces }
}

function seriesFor(facts: Facts, id: string, unit: string, month: string): ReturnType<Piece['series']> {
  const series = facts.priceSeries.get(id)
  if (series === undefined) return null
  const factor = priceFactor(series.unit, unit)
  if (factor === null) throw new Error(`${series.unit} of series ${id} does not fit a tariff in ${unit}`)
  return { prices: monthPrices(series, facts.quarters(month)), factor }
}
