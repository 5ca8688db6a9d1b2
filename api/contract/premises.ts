// Premises: the summary of a list, and the whole with its spaces, tenancies and headcounts.
import { Type, type Static } from 'typebox'
import { Premises } from './bundle.ts'
import { closed, Decimal, Id, Instant, LocalDate, Month, Names, orNull, pageOf, pageQuery, recorded } from './common.ts'

export const SettlementState = Type.Union([Type.Literal('draft'), Type.Literal('issued'), Type.Literal('closed')])

export const PremisesSummary = closed({
  id: Id,
  name: Names,
  address: orNull(Type.String()),
  timeZone: Type.String(),
  landlord: Id,
  demonstration: Type.Boolean(),
  devices: closed({
    total: Type.Integer(),
    works: Type.Integer(),
    stale: Type.Integer(),
    offline: Type.Integer(),
    never: Type.Integer(),
  }),
  spaces: Type.Integer(),
  /** Parties of the agreements of today, in their order. */
  parties: Type.Array(Id),
  /** Sum of the newest `power` readings of its main electricity meters, if any. */
  powerW: orNull(Type.Number()),
  lastReadingAt: orNull(Instant),
  /** The last full month. */
  month: orNull(closed({ period: Month, status: SettlementState, blocked: Type.Integer(), net: orNull(Decimal) })),
})
export const PremisesPage = pageOf(PremisesSummary)
export const PremisesQuery = pageQuery({ q: Type.Optional(Type.String({ maxLength: 100 })) })
export const PremisesRecorded = closed({ ...Premises.properties, ...recorded, summary: PremisesSummary })
export const PremisesOneQuery = closed({ at: Type.Optional(LocalDate), knownAt: Type.Optional(Instant) })
export const PremisesParams = closed({ id: Id })
export const PremisesMonthParams = closed({ id: Id, period: Month })

export type PremisesSummary = Static<typeof PremisesSummary>
export type PremisesPage = Static<typeof PremisesPage>
export type PremisesRecorded = Static<typeof PremisesRecorded>
export type SettlementState = Static<typeof SettlementState>
