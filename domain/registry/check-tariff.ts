// What a tariff and a price series must be: units that can be settled, versions that follow each other, components that make sense.
import { compare } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { parseDurationMs } from '#domain/quantity/instant.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import { parsePriceUnit, priceFactor, unitFamily } from '#domain/quantity/units.ts'
import type { PriceSeries, Tariff, TariffComponent, When } from '#domain/registry/bundle.ts'
import {
  checkDecimal,
  checkId,
  checkInstant,
  checkNames,
  checkNoOverlap,
  checkSpan,
  checkUnique,
  checkVat,
  checkWhole,
  shown,
} from './check-values.ts'
import type { Look } from './facts.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const CLOCK_QUARTER = /^(?:[01]\d|2[0-3]):(?:00|15|30|45)$/

export const checkPriceSeries = (value: PriceSeries, report: Report): void => {
  if (parsePriceUnit(value.unit) === null) {
    report(
      '/unit',
      'unknown-unit',
      `${shown(value.unit)} is no unit of a price. Use EUR/Wh, EUR/kWh, EUR/MWh, EUR/GJ, EUR/l or EUR/m3.`,
    )
  }
  for (const [i, [instant, interval, price]] of (value.values ?? []).entries()) {
    const begin = checkInstant(instant, at('/values', i, 0), report)
    if (begin !== null && begin % QUARTER_MS !== 0) {
      report(at('/values', i, 0), 'invalid-instant', `${instant} is not on the quarter of an hour.`)
    }
    const lengthMs = parseDurationMs(interval)
    if (lengthMs === null || lengthMs % QUARTER_MS !== 0 || lengthMs > DAY_MS) {
      report(
        at('/values', i, 1),
        'invalid-interval',
        `${shown(interval)} is no interval of a price. Use whole quarters of an hour up to a day, like PT15M or PT1H.`,
      )
    }
    checkDecimal(price, at('/values', i, 2), report)
  }
}

export const checkTariff = (value: Tariff, report: Report): void => {
  if (value.name !== undefined) checkNames(value.name, '/name', report)
  if (unitFamily(value.unit) === null) {
    report(
      '/unit',
      'unknown-unit',
      `${shown(value.unit)} is no unit that can be settled. Use Wh, kWh, MWh, GJ, l or m3.`,
    )
  }
  for (const [i, version] of value.versions.entries()) {
    const pointer = at('/versions', i)
    checkSpan(version, pointer, report)
    checkVat(version.vat, at(pointer, 'vat'), report)
    const components = at(pointer, 'components')
    checkUnique(
      version.components,
      (component) => component.id,
      (c) => at(components, c, 'id'),
      'duplicate-id',
      report,
    )
    for (const [c, component] of version.components.entries()) {
      checkId(component.id, at(components, c, 'id'), report)
      checkComponent(component, value.unit, at(components, c), report)
    }
  }
  checkNoOverlap(
    value.versions.map((version, i) => ({ span: version, pointer: at('/versions', i) })),
    'The tariff version',
    report,
  )
}

const checkComponent = (component: TariffComponent, unit: string, pointer: string, report: Report): void => {
  switch (component.kind) {
    case 'energy':
      checkDecimal(component.price, at(pointer, 'price'), report)
      if (component.when !== undefined) checkWhen(component.when, at(pointer, 'when'), report)
      return
    case 'spot':
      if (component.factor !== undefined) checkDecimal(component.factor, at(pointer, 'factor'), report)
      if (component.margin !== undefined) checkDecimal(component.margin, at(pointer, 'margin'), report)
      return
    case 'stepped':
      checkSteps(component.steps, at(pointer, 'steps'), report)
      return
    case 'peak':
      checkDecimal(component.price, at(pointer, 'price'), report)
      if (component.minimum !== undefined) checkDecimal(component.minimum, at(pointer, 'minimum'), report, 'zero')
      if (unitFamily(unit) === 'volume') {
        report(at(pointer, 'kind'), 'unit-family', `A peak is a power in kW; a tariff per ${unit} has none.`)
      }
      return
    case 'fixed':
      checkDecimal(component.amount, at(pointer, 'amount'), report)
      return
    default:
      report(
        at(pointer, 'kind'),
        'invalid-choice',
        'No such kind of component. Use energy, spot, stepped, peak or fixed.',
      )
  }
}

const checkWhen = (when: When, pointer: string, report: Report): void => {
  for (const [i, month] of (when.months ?? []).entries()) checkWhole(month, 1, 12, at(pointer, 'months', i), report)
  for (const [i, day] of (when.days ?? []).entries()) checkWhole(day, 1, 7, at(pointer, 'days', i), report)
  if ((when.from === undefined) !== (when.to === undefined)) {
    report(pointer, 'invalid-choice', 'A time of day needs both from and to.')
  }
  for (const end of ['from', 'to'] as const) {
    const time = when[end]
    if (time !== undefined && !CLOCK_QUARTER.test(time)) {
      report(
        at(pointer, end),
        'invalid-interval',
        `${shown(time)} is not a clock time on a quarter. Write it as 07:00 or 21:45.`,
      )
    }
  }
}

const checkSteps = (steps: readonly { upTo?: string; price: string }[], pointer: string, report: Report): void => {
  if (steps.length === 0) report(pointer, 'steps-not-ascending', 'A stepped component needs at least one step.')
  let reached: Fraction | null = null
  for (const [i, step] of steps.entries()) {
    checkDecimal(step.price, at(pointer, i, 'price'), report)
    const last = i === steps.length - 1
    if ((step.upTo === undefined) !== last) {
      const message = last
        ? 'The last step goes on without end: leave upTo away.'
        : 'Every step but the last needs upTo.'
      report(at(pointer, i, 'upTo'), 'steps-not-ascending', message)
      continue
    }
    if (step.upTo === undefined) continue
    const upTo = checkDecimal(step.upTo, at(pointer, i, 'upTo'), report, 'above-zero')
    if (upTo !== null && reached !== null && compare(upTo, reached) <= 0) {
      report(
        at(pointer, i, 'upTo'),
        'steps-not-ascending',
        `The step up to ${step.upTo} does not go beyond the one before.`,
      )
    }
    reached = upTo ?? reached
  }
}

/** The price series of its spot components must be per a unit of the tariff's family. */
export const checkTariffSeries = (value: Tariff, look: Look, report: Report): void => {
  for (const [v, version] of value.versions.entries()) {
    for (const [c, component] of version.components.entries()) {
      const series = component.kind === 'spot' ? look('priceSeries', component.series) : undefined
      if (series === undefined || parsePriceUnit(series.unit) === null || unitFamily(value.unit) === null) continue
      if (priceFactor(series.unit, value.unit) !== null) continue
      const pointer = at('/versions', v, 'components', c, 'series')
      report(
        pointer,
        'unit-family',
        `The series ${series.id} is in ${series.unit}, the tariff ${value.id} in ${value.unit}: these cannot be converted.`,
      )
    }
  }
}
