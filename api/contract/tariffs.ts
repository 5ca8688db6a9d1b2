// Tariffs and price series.
import { Type, type Static } from 'typebox'
import { Tariff } from './bundle.ts'
import { closed, Decimal, Id, Instant, itemsOf, pageOf, pageQuery, recorded } from './common.ts'

export const TariffRecorded = closed({ ...Tariff.properties, ...recorded })
export const TariffPage = pageOf(TariffRecorded)
export const TariffQuery = pageQuery({})
export const PriceSeriesRecorded = closed({ id: Id, unit: Type.String(), ...recorded })
export const PriceSeriesPage = pageOf(PriceSeriesRecorded)
export const PricesQuery = closed({ from: Instant, to: Instant, knownAt: Type.Optional(Instant) })
export const Price = closed({ at: Instant, interval: Type.String(), price: Decimal })
export const PricesAnswer = itemsOf(Price)

export type TariffRecorded = Static<typeof TariffRecorded>
export type TariffPage = Static<typeof TariffPage>
export type PriceSeriesRecorded = Static<typeof PriceSeriesRecorded>
export type PriceSeriesPage = Static<typeof PriceSeriesPage>
export type Price = Static<typeof Price>
export type PricesAnswer = Static<typeof PricesAnswer>
