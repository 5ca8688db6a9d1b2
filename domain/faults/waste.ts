// What a fault wastes meanwhile, as an estimate: what the device used since it began, against its own use at the same hours of the weeks before.
import type { Id, Tariff, TariffComponent, TariffVersion } from '#domain/registry/bundle.ts'
import { monthPrices } from '#domain/agreement/prices.ts'
import { quartersWhen } from '#domain/agreement/when.ts'
import { versionsByDay } from '#domain/agreement/tariff.ts'
import type { PriceSeries } from '#domain/registry/bundle.ts'
import {
  add,
  compare,
  formatRounded,
  fraction,
  multiply,
  parseDecimalFraction,
  subtract,
  ZERO,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { formatCents, roundToCents } from '#domain/quantity/money.ts'
import { dayOfInstant, monthOfInstant } from '#domain/quantity/period.ts'
import { QUARTER_MS, quartersOf } from '#domain/quantity/quarters.ts'
import { priceFactor } from '#domain/quantity/units.ts'

export const HOUR_MS = 3_600_000
const WEEK_MS = 168 * HOUR_MS
/** Weeks before the fault by which its hours are judged. */
export const BASELINE_WEEKS = 4
/** So many of them must be known for an hour to be judged. */
const LEAST_WEEKS = 2
/** Days that are looked at: a fault that stands longer is told of these last. */
export const WASTE_DAYS = 60
/** Of the hours since it began, this part at least must be known on both sides. */
const LEAST_PART = fraction(1n, 2n)

export type Waste =
  | { known: false; reason: 'no-meter' | 'no-history' | 'too-short' }
  | {
      known: true
      from: number
      to: number
      hours: number
      /** With three decimals; zero where it used no more than usual. */
      extraKwh: string
      usedKwh: string
      usualKwh: string
      /** Euros without VAT; null without a tariff that gives a price of each of these hours. */
      euros: string | null
      tariff: Id | null
    }

/** The hours of the fault and those of the weeks before it must be in `hours`, on whole hours; `price` gives euros per kWh at an hour. */
export function wasteOf(
  hours: ReadonlyMap<number, Fraction | null>,
  since: number,
  until: number,
  price: { tariff: Id; at: (from: number) => Fraction | null } | null,
): Waste {
  const from = Math.max(Math.ceil(since / HOUR_MS), Math.floor(until / HOUR_MS) - WASTE_DAYS * 24) * HOUR_MS
  const to = Math.floor(until / HOUR_MS) * HOUR_MS
  const all = Math.max(0, (to - from) / HOUR_MS)
  if (all === 0) return { known: false, reason: 'too-short' }
  let [used, usual, euros]: [Fraction, Fraction, Fraction | null] = [ZERO, ZERO, price === null ? null : ZERO]
  let judged = 0
  for (let at = from; at < to; at += HOUR_MS) {
    const now = hours.get(at) ?? null
    const before = usualAt(hours, at, since)
    if (now === null || before === null) continue
    judged += 1
    used = add(used, now)
    usual = add(usual, before)
    const perKwh = price?.at(at) ?? null
    euros = euros === null || perKwh === null ? null : add(euros, multiply(perKwh, subtract(now, before)))
  }
  if (compare(fraction(BigInt(judged), BigInt(all)), LEAST_PART) < 0) return { known: false, reason: 'no-history' }
  const extra = compare(used, usual) > 0 ? subtract(used, usual) : ZERO
  const isMore = extra.n > 0n && euros !== null && compare(euros, ZERO) > 0
  return {
    known: true,
    from,
    to,
    hours: judged,
    extraKwh: formatRounded(extra, 3),
    usedKwh: formatRounded(used, 3),
    usualKwh: formatRounded(usual, 3),
    euros: euros === null ? null : formatCents(isMore ? roundToCents(euros) : 0n),
    tariff: euros === null ? null : (price?.tariff ?? null),
  }
}

/** The mean of the same hour of the same weekday in the weeks before the fault began. */
function usualAt(hours: ReadonlyMap<number, Fraction | null>, at: number, since: number): Fraction | null {
  let [total, weeks] = [ZERO, 0n]
  // The last weeks that lie wholly before the fault.
  const first = Math.ceil((at + HOUR_MS - since) / WEEK_MS)
  for (let week = first; week < first + BASELINE_WEEKS; week += 1) {
    const used = hours.get(at - week * WEEK_MS) ?? null
    if (used === null) continue
    total = add(total, used)
    weeks += 1n
  }
  return weeks < LEAST_WEEKS ? null : multiply(total, fraction(1n, weeks))
}

/** Euros per kWh at an hour by a tariff's energy and spot components; null where one of them gives none. Peaks, steps and fixed fees are left out. */
export function priceAt(
  tariff: Tariff,
  series: ReadonlyMap<Id, PriceSeries>,
  timeZone: string,
  at: number,
): Fraction | null {
  const day = dayOfInstant(at, timeZone)
  const version: TariffVersion | null = versionsByDay(tariff, day, day + 1)[0] ?? null
  const perUnit = priceFactor(`EUR/${tariff.unit}`, 'kWh')
  if (version === null || perUnit === null) return null
  const quarters = quartersOf(monthOfInstant(at, timeZone), timeZone)
  const quarter = Math.floor((at - quarters.from) / QUARTER_MS)
  let price = ZERO
  for (const component of version.components) {
    const one = componentPrice(component)
    if (one === null) return null
    price = add(price, one)
  }
  return multiply(price, perUnit)

  function componentPrice(component: TariffComponent): Fraction | null {
    if (component.kind === 'energy') {
      const holds = component.when === undefined || quartersWhen(component.when, quarters)[quarter] === 1
      return holds ? (parseDecimalFraction(component.price) ?? ZERO) : ZERO
    }
    if (component.kind !== 'spot') return ZERO
    const found = series.get(component.series)
    const factor = found === undefined ? null : priceFactor(found.unit, tariff.unit)
    if (found === undefined || factor === null) return null
    const { digits, scale, missing } = monthPrices(found, quarters)
    let sum = ZERO
    for (let q = quarter; q < quarter + 4; q += 1) {
      if (missing[q] !== 0) return null
      sum = add(sum, fraction(BigInt(digits[q] ?? 0), 10n ** BigInt(scale)))
    }
    const mean = multiply(multiply(sum, fraction(1n, 4n)), factor)
    const scaled = multiply(mean, parseDecimalFraction(component.factor ?? '1') ?? ZERO)
    return add(scaled, parseDecimalFraction(component.margin ?? '0') ?? ZERO)
  }
}
