// Who waits for whom.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, Month, orNull } from './common.ts'

export const WaitingShown = closed({
  kind: Type.Union([
    Type.Literal('month-to-issue'),
    Type.Literal('month-to-accept'),
    Type.Literal('month-to-close'),
    Type.Literal('dispute-to-answer'),
    Type.Literal('dispute-to-settle'),
    Type.Literal('proposal-to-approve'),
    Type.Literal('transfer-to-answer'),
    Type.Literal('loan-to-return'),
    Type.Literal('fault-to-answer'),
    Type.Literal('service-task-due'),
    Type.Literal('inspection-due'),
    Type.Literal('meter-change-to-witness'),
    Type.Literal('data-request-to-answer'),
  ]),
  premises: Id,
  period: orNull(Month),
  /** The dispute, proposal, transfer …; of a data request its device. */
  subject: orNull(Id),
  waitsFor: Id,
  dueAt: orNull(Instant),
  overdue: Type.Boolean(),
})
export const WaitingList = itemsOf(WaitingShown)
export const WaitingQuery = closed({
  premises: Type.Optional(Id),
  period: Type.Optional(Month),
  /** `own` (the default): only what waits for the organisation that asks; `all`: also what it waits for. */
  for: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('all')])),
})
export type WaitingShown = Static<typeof WaitingShown>
export type WaitingList = Static<typeof WaitingList>
