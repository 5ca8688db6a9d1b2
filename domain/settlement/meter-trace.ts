// What is kept of a meter's part in a share: its quantity, how much of it is estimated, and the readings it goes by.
import type { MeterMonth } from '#domain/metering/meter.ts'
import { readingsUsed } from '#domain/metering/readings-used.ts'
import { fraction, multiply } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { MeterTrace } from './trace.ts'

type Days = { firstDay: number; endDay: number }

/** A meter's quantity on some days in `unit` (of the meter's family). */
export function quantityIn(month: MeterMonth, days: Days, unit: string): Fraction {
  const factor = unitFactor(month.meter.unit, unit)
  if (factor === null) throw new Error(`${month.meter.unit} is no ${unit}`)
  return multiply(multiply(fraction(month.quantity(days.firstDay, days.endDay)), month.perWhole), factor)
}

/** The trace of a meter on `days`, which are some or all of the item's days; the estimate is over all of these. */
export function meterTrace(month: MeterMonth, days: Days, itemDays: Days, unit: string): MeterTrace {
  const { meter } = month
  return {
    ...meter.ref,
    kind: meter.counter === null ? 'interval' : 'counter',
    meterUnit: meter.unit,
    unit,
    multiplier: meter.multiplier,
    quantity: quantityIn(month, days, unit),
    estimated: month.use(itemDays.firstDay, itemDays.endDay).estimated,
    simulated: meter.simulated,
    readings: (sha256) => readingsUsed(month, itemDays.firstDay, itemDays.endDay, sha256),
  }
}
