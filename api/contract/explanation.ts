// The whole way from readings to cents of one item; its form is the engine's.
import { Type, type Static } from 'typebox'

export const Explanation = Type.Object({}, { additionalProperties: true })
export type Explanation = Static<typeof Explanation>
