// Whether the process lives and whether it can serve.
import { Type, type Static } from 'typebox'
import { closed } from './common.ts'

export const Health = closed({ status: Type.Literal('ok') })
export const Readiness = closed({
  ready: Type.Boolean(),
  /** ready, full, failed, or away: the server of the telemetry store does not answer, readings are kept in the spool */
  telemetry: Type.String(),
  records: Type.Union([Type.Literal('ready'), Type.Literal('failed')]),
})
export type Readiness = Static<typeof Readiness>
