// From the writing of an explanation back to exact numbers.
import type { Figures } from '#domain/agreement/components/amount.ts'
import { fraction, parseFraction } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { Written } from './explanation.ts'
import type { WeightFact } from './trace.ts'

/** A number as it is written in an explanation. */
export const exact = (text: string): Fraction => parseFraction(text)!

/** The figures of a tariff component. */
export function readFigures(told: Written<Figures>): Figures {
  switch (told.kind) {
    case 'energy':
      return { kind: 'energy', when: null, price: exact(told.price), quantity: exact(told.quantity) }
    case 'spot':
      return {
        kind: 'spot',
        series: told.series,
        factor: exact(told.factor),
        margin: exact(told.margin),
        quantity: exact(told.quantity),
        priced: exact(told.priced),
      }
    case 'stepped':
      return {
        kind: 'stepped',
        reached: exact(told.reached),
        versionQuantity: exact(told.versionQuantity),
        quantity: exact(told.quantity),
        steps: told.steps.map(({ upTo, price, quantity }) => ({
          upTo: upTo === null ? null : exact(upTo),
          price: exact(price),
          quantity: exact(quantity),
        })),
      }
    case 'peak':
      return { ...told, price: exact(told.price), minimum: exact(told.minimum), highest: exact(told.highest) }
    case 'fixed':
      return { ...told, monthly: exact(told.monthly) }
  }
}

/** A fact behind a weight. */
export function readFact(told: Written<WeightFact>): WeightFact {
  switch (told.fact) {
    case 'number':
      return { ...told, number: exact(told.number) }
    case 'party':
      return told
    case 'space':
      return { ...told, areaM2: exact(told.areaM2), useWeight: exact(told.useWeight) }
    case 'headcount':
      return { ...told, people: exact(told.people) }
    case 'usage':
      // The hours follow from the instants.
      return { ...told, hours: fraction(BigInt(Date.parse(told.to) - Date.parse(told.from)), 3_600_000n) }
    case 'ownership':
      return { ...told, number: exact(told.number), rowSum: exact(told.rowSum) }
  }
}
