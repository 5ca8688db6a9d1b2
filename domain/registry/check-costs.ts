// What costs must be: a category, amounts, VAT, dates; and for a metered cost a meter that fits its tariff and its sub-meters.
import { unitFamily } from '#domain/quantity/units.ts'
import type { Agreement, Invoice, MeteredCost, RecurringCost } from '#domain/registry/bundle.ts'
import { checkMeter } from './check-meter.ts'
import { checkCents, checkDecimal, checkNames, checkSpan, checkText, checkVat } from './check-values.ts'
import type { Look } from './facts.ts'
import { metersNamed, walkMethod } from './methods.ts'
import type { Report } from './problems.ts'

export const checkMeteredCost = (value: MeteredCost, report: Report): void => {
  checkText(value.category, '/category', report)
  checkSpan(value, '', report)
}

export const checkRecurringCost = (value: RecurringCost, report: Report): void => {
  if (value.name !== undefined) checkNames(value.name, '/name', report)
  checkText(value.category, '/category', report)
  checkSpan(value, '', report)
  checkDecimal(value.amount, '/amount', report)
  checkVat(value.vat, '/vat', report)
}

export const checkInvoice = (value: Invoice, report: Report): void => {
  checkText(value.category, '/category', report)
  checkSpan({ from: value.serviceFrom, to: value.serviceTo }, '', report, ['serviceFrom', 'serviceTo'])
  checkCents(value.net, '/net', report)
  checkVat(value.vat, '/vat', report)
}

/** The meter against the tariff, and against the sub-meters that the agreements of its premises measure it with. */
export const checkMeteredCostUnits = (
  value: MeteredCost,
  agreements: readonly Agreement[],
  look: Look,
  report: Report,
): void => {
  const meter = checkMeter(value.meter, '/meter', look, report)
  if (meter === null) return
  const tariff = look('tariffs', value.tariff)
  const tariffFamily = tariff === undefined ? null : unitFamily(tariff.unit)
  if (tariff !== undefined && tariffFamily !== null && tariffFamily !== meter.family) {
    report(
      '/meter',
      'unit-family',
      `The meter is in ${meter.unit}, the tariff ${tariff.id} in ${tariff.unit}: these cannot be converted.`,
    )
  }
  for (const agreement of agreements) {
    for (const version of agreement.premises === value.premises ? agreement.versions : []) {
      const rule =
        version.rules.find((rule) => rule.category === value.category) ??
        version.rules.find((rule) => rule.category === '*')
      if (rule === undefined) continue
      for (const place of walkMethod(rule.method)) {
        const [first] = metersNamed(place)
        if (first === undefined || first.main) continue
        const sub = checkMeter(first.value, '', look, () => undefined)
        if (sub === null || sub.family === meter.family) continue
        const where = `version ${version.version} of ${agreement.id}`
        report(
          '/meter',
          'unit-family',
          `The meter is in ${meter.unit}, its sub-meters in ${where} in ${sub.unit}: these cannot be compared.`,
        )
      }
    }
  }
}
