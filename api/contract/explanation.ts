// The whole way from readings to cents of one item; its form is the engine's, as domain/settlement/explanation.ts has it.
import { Type, type Static } from 'typebox'
import type { Causes } from './causes.ts'
import { closed, LanguageCode } from './common.ts'
import type * as Domain from '#domain/settlement/explanation.ts'

export const ExplanationQuery = closed({ language: Type.Optional(LanguageCode) })
/** A part of an explanation in sentences; `party` is null for what is the same for every party. */
export type ExplanationSection = {
  key: 'amount' | 'causes' | 'split' | 'share'
  party: string | null
  title: string
  /** `depth` counts how far a sentence is nested. */
  sentences: { text: string; depth: number }[]
}
/** As the API gives it: with sentences when a language is asked for; an adjustment with what changed since the month was settled. */
export const ExplanationAnswer = Type.Unsafe<
  Domain.Explanation & { causes?: Causes; sentences?: ExplanationSection[] }
>(Type.Object({}, { additionalProperties: true }))
export type ExplanationAnswer = Static<typeof ExplanationAnswer>
