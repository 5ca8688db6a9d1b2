// Key figures of a premises' costs by month or year, two periods side by side, the flow of a month, and what figures go by.
import { Type, type Static } from 'typebox'
import type { CHANGE_REASONS } from '#domain/costs/compare-periods.ts'
import type { LineMethod } from '#domain/costs/cost-lines.ts'
import type * as Figures from '#domain/costs/period-figures.ts'
import {
  closed,
  Decimal,
  Id,
  itemsOf,
  LocalDate,
  Month,
  Names,
  orNull,
  PointKey,
  PositiveDecimal,
  Text,
} from './common.ts'
import { Item } from './settlements.ts'
import { SettlementState } from './premises.ts'

const Category = Type.String({ minLength: 1, maxLength: 100 })
const Source = Item.properties.source
/** YYYY-MM or YYYY. */
const Period = Type.String({ pattern: '^[0-9]{4}(-(0[1-9]|1[0-2]))?$', maxLength: 7 })

export const CostFiguresQuery = closed({
  from: Month,
  to: Month,
  /** One period per month (unless said) or per calendar year. */
  by: Type.Optional(Type.Union([Type.Literal('month'), Type.Literal('year')])),
  /** Whose shares; the whole costs unless said. */
  party: Type.Optional(Id),
})
const byCategory = { category: Category, net: Decimal }
export const PeriodFigures = closed({
  period: Period,
  months: Type.Integer(),
  status: SettlementState,
  blocked: Type.Integer(),
  net: orNull(Decimal),
  byCategory: Type.Array(closed(byCategory)),
  byParty: Type.Array(closed({ party: Id, net: Decimal })),
  bySource: Type.Array(closed({ source: Source, net: Decimal })),
  /** All spaces, or what the party holds: the mean of the period's days. */
  floorM2: orNull(Decimal),
  people: orNull(Decimal),
  netPerM2: orNull(Decimal),
  netPerPerson: orNull(Decimal),
  usage: Type.Array(
    closed({
      category: Category,
      unit: Type.String(),
      /** Metered; of a party the part that it bears of the cost. */
      quantity: Decimal,
      /** Of perM2 and perPerson. */
      perUnit: Type.String(),
      perM2: orNull(Decimal),
      perPerson: orNull(Decimal),
      /** As in a normal year: (S_N ÷ S) × (Q − hot water) + hot water. */
      normalised: orNull(Decimal),
    }),
  ),
  degreeDays: closed({
    actual: orNull(Decimal),
    normal: orNull(Decimal),
    from: orNull(Type.Union([Type.Literal('entered'), Type.Literal('sensor')])),
    missingDays: Type.Integer(),
  }),
  emissions: closed({
    /** Kilograms of CO2 equivalents of what has a factor. */
    kg: orNull(Decimal),
    byCategory: Type.Array(closed({ category: Category, kg: Decimal, factors: Type.Array(Id) })),
    /** Cost types that were metered and have no factor. */
    missing: Type.Array(Category),
  }),
})

export const EmissionFactorWanted = closed({
  category: Category,
  unit: Type.Union([Type.Literal('kWh'), Type.Literal('MWh'), Type.Literal('m3')]),
  /** gCO2e per unit. */
  grams: PositiveDecimal,
  from: LocalDate,
  /** Publication, table and year, or the supplier's notice. */
  source: Type.String({ minLength: 3, maxLength: 500 }),
})
export const EmissionFactorShown = closed({
  id: Id,
  /** Null: the operator's, for all premises that have none of their own. */
  premises: orNull(Id),
  ...EmissionFactorWanted.properties,
})
export const EmissionFactors = itemsOf(EmissionFactorShown)
export const FactorParams = closed({ id: Id, factor: Id })
/** Of the operator's list of factors for all premises. */
export const PlatformFactorParams = closed({ factor: Id })

export const WeatherWanted = closed({
  place: Text,
  source: Type.String({ minLength: 3, maxLength: 500 }),
  /** An outdoor temperature in °C of these premises. */
  sensor: orNull(closed({ device: Id, point: PointKey })),
  months: Type.Array(closed({ month: Month, degreeDays: PositiveDecimal }), { maxItems: 600 }),
  /** January to December, or empty when the normal year is not known. */
  normal: Type.Array(PositiveDecimal, { maxItems: 12 }),
  categories: Type.Array(Category, { minItems: 1, maxItems: 10 }),
  hotWater: PositiveDecimal,
  hotWaterUnit: Type.Union([Type.Literal('kWh'), Type.Literal('MWh'), Type.Literal('GJ')]),
})
export const WeatherShown = closed({ weather: orNull(WeatherWanted), version: Type.Integer() })

export const CostFigures = closed({
  premises: Id,
  party: orNull(Id),
  periods: Type.Array(PeriodFigures),
  /** Factors that stand behind these emissions, and the weather's reference. */
  factors: Type.Array(EmissionFactorShown),
  weather: orNull(WeatherWanted),
  /** Whether you may say factors and weather of these premises. */
  mayChange: Type.Boolean(),
})

export const CompareQuery = closed({ before: Period, after: Period, party: Type.Optional(Id) })
export const ChangeReason = Type.Union([
  Type.Literal('new'),
  Type.Literal('gone'),
  Type.Literal('weather'),
  Type.Literal('volume'),
  Type.Literal('price'),
  Type.Literal('amount'),
  Type.Literal('share'),
  Type.Literal('adjustment'),
])
const Reasons = Type.Array(closed({ reason: ChangeReason, net: Decimal }))
export const CostComparison = closed({
  premises: Id,
  party: orNull(Id),
  before: closed({ period: Period, months: Type.Integer(), net: Decimal }),
  after: closed({ period: Period, months: Type.Integer(), net: Decimal }),
  change: Decimal,
  /** Of all lines together; they add up to the change to the cent. */
  reasons: Reasons,
  lines: Type.Array(
    closed({
      key: Type.String({ maxLength: 400 }),
      /** What a person calls it: its device, or the supplier of its invoices; null: its item's id says it. */
      name: orNull(Names),
      category: Category,
      source: Source,
      before: Decimal,
      after: Decimal,
      change: Decimal,
      quantity: orNull(closed({ unit: Type.String(), before: Decimal, after: Decimal })),
      /** They add up to the line's change to the cent. */
      reasons: Reasons,
      /** Where its newest item is explained; null in a period of several months with none. */
      item: orNull(closed({ month: Month, id: Type.String({ maxLength: 400 }) })),
    }),
  ),
})

export const CostFlow = closed({
  premises: Id,
  period: Month,
  net: Decimal,
  bands: Type.Array(
    closed({
      category: Category,
      method: Type.Union([
        Type.Literal('fixed'),
        Type.Literal('equal'),
        Type.Literal('area'),
        Type.Literal('headcount'),
        Type.Literal('usage'),
        Type.Literal('ownership'),
        Type.Literal('direct'),
        Type.Literal('metered'),
        Type.Literal('mix'),
        Type.Literal('adjustment'),
      ]),
      party: Id,
      net: Decimal,
    }),
  ),
  /** Sums at each station, in the order of the picture. */
  stations: closed({
    categories: Type.Array(closed({ key: Category, net: Decimal })),
    methods: Type.Array(closed({ key: Type.String(), net: Decimal })),
    parties: Type.Array(closed({ key: Id, net: Decimal })),
  }),
  /** Items that are not split yet, and so not in it. */
  blocked: Type.Integer(),
})

export type PeriodFigures = Static<typeof PeriodFigures>
export type CostFigures = Static<typeof CostFigures>
export type CostComparison = Static<typeof CostComparison>
export type CostFlow = Static<typeof CostFlow>
export type ChangeReason = Static<typeof ChangeReason>
export type EmissionFactorWanted = Static<typeof EmissionFactorWanted>
export type EmissionFactorShown = Static<typeof EmissionFactorShown>
export type EmissionFactors = Static<typeof EmissionFactors>
export type WeatherWanted = Static<typeof WeatherWanted>
export type WeatherShown = Static<typeof WeatherShown>

/**
 * Fails to compile when the schema is not what the domain gives.
 * @public Only the compiler looks at it.
 */
export const FIGURES_AS_DOMAIN: [
  Figures.PeriodFigures extends PeriodFigures ? true : never,
  (typeof CHANGE_REASONS)[number] extends ChangeReason ? true : never,
  LineMethod extends CostFlow['bands'][number]['method'] ? true : never,
] = [true, true, true]
