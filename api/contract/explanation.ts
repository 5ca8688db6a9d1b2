// The whole way from readings to cents of one item; its form is the engine's, as domain/settlement/explanation.ts has it.
import { Type, type Static } from 'typebox'
import type { Causes } from './causes.ts'
import type * as Domain from '#domain/settlement/explanation.ts'

export const Explanation = Type.Unsafe<Domain.Explanation>(Type.Object({}, { additionalProperties: true }))
/** As the API gives it: an adjustment with what changed since the month was settled. */
export const ExplanationAnswer = Type.Unsafe<Domain.Explanation & { causes?: Causes }>(
  Type.Object({}, { additionalProperties: true }),
)
export type ExplanationAnswer = Static<typeof ExplanationAnswer>
export type Explanation = Domain.Explanation
export type ItemExplanation = Domain.ItemExplanation
export type AdjustmentExplanation = Domain.AdjustmentExplanation
