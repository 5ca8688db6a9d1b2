// Organisations and the passing of one body's rights and duties to another.
import { Type, type Static } from 'typebox'
import { Organisation } from './bundle.ts'
import { closed, Id, LocalDate, pageOf, pageQuery, recorded } from './common.ts'

export const OrganisationRecorded = closed({ ...Organisation.properties, ...recorded })
export const OrganisationPage = pageOf(OrganisationRecorded)
export const OrganisationQuery = pageQuery({ q: Type.Optional(Type.String({ maxLength: 100 })) })

export const Succession = closed({ successor: Id, from: LocalDate, apply: Type.Boolean() })
export const SuccessionEffect = closed({
  kind: Type.String({ description: 'List of the bundle that the changed object stands in' }),
  id: Id,
  /** For programs, and for words in other languages. */
  code: Type.String(),
  text: Type.String(),
})
export const SuccessionAnswer = closed({ effects: Type.Array(SuccessionEffect), applied: Type.Boolean() })

export type OrganisationRecorded = Static<typeof OrganisationRecorded>
export type OrganisationPage = Static<typeof OrganisationPage>
export type Succession = Static<typeof Succession>
export type SuccessionEffect = Static<typeof SuccessionEffect>
export type SuccessionAnswer = Static<typeof SuccessionAnswer>
