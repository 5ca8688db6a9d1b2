// The whole way from readings to cents of one item; its form is the engine's, as domain/settlement/explanation.ts has it.
import { Type } from 'typebox'
import type * as Domain from '#domain/settlement/explanation.ts'

export const Explanation = Type.Unsafe<Domain.Explanation>(Type.Object({}, { additionalProperties: true }))
export type Explanation = Domain.Explanation
export type ItemExplanation = Domain.ItemExplanation
export type AdjustmentExplanation = Domain.AdjustmentExplanation
