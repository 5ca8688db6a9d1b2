// Agreements, with what each version still needs before it can be in force.
import { Type, type Static } from 'typebox'
import { Agreement } from './bundle.ts'
import { closed, Id, itemsOf, Names, pageOf, pageQuery, PointKey, recorded } from './common.ts'

export const AgreementVersionState = closed({
  version: Type.Integer(),
  /** Parties that have not approved. */
  missing: Type.Array(Id),
  /** In force today, or on `at`. */
  inForce: Type.Boolean(),
})
export const AgreementRecorded = closed({
  ...Agreement.properties,
  ...recorded,
  states: Type.Array(AgreementVersionState),
})
export const AgreementPage = pageOf(AgreementRecorded)
export const AgreementQuery = pageQuery({ premises: Type.Optional(Id) })

/** Points of a premises' devices that a rule can measure with. */
export const MeterList = itemsOf(
  closed({ device: Id, point: PointKey, unit: Type.String(), name: Type.Optional(Names), type: Type.String() }),
)

export type MeterList = Static<typeof MeterList>
export type AgreementVersionState = Static<typeof AgreementVersionState>
export type AgreementRecorded = Static<typeof AgreementRecorded>
export type AgreementPage = Static<typeof AgreementPage>
