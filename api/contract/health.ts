// Whether the process lives and whether it can serve.
import { Type, type Static } from 'typebox'
import { closed, orNull } from './common.ts'

export const Health = closed({ status: Type.Literal('ok') })
export const Readiness = closed({
  ready: Type.Boolean(),
  telemetry: Type.String(),
  reason: orNull(Type.String()),
  broker: Type.Boolean(),
})
export type Readiness = Static<typeof Readiness>
