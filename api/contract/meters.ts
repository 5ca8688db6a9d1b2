// The meters of premises as a tree with its balance, and how a meter stands in it: its main meter, its formula.
import { Type, type Static } from 'typebox'
import { FormulaTerm, MeterFacts, PointRef } from './bundle.ts'
import { closed, DateOrInstant, Decimal, Id, Instant, Names, orNull, PointKey } from './common.ts'

export const MeterTreeQuery = closed({
  from: DateOrInstant,
  to: DateOrInstant,
  step: Type.Optional(Type.Union([Type.Literal('P1D'), Type.Literal('P1M')])),
})
export const BalanceStepShown = closed({
  from: Instant,
  to: Instant,
  /** In the unit of the main meter; null where a meter is not known. */
  main: orNull(Decimal),
  subs: orNull(Decimal),
  difference: orNull(Decimal),
  /** Of the main meter's quantity, four decimals. */
  part: orNull(Decimal),
  /** The greatest estimated part among the meters of the step. */
  estimated: Decimal,
  /** Outside the band that the agreement in force takes as usual. */
  outside: Type.Boolean(),
})
export const MeterShown = closed({
  device: Id,
  deviceName: orNull(Names),
  point: PointKey,
  pointName: orNull(Names),
  unit: orNull(Type.String()),
  kind: Type.Union([Type.Literal('counter'), Type.Literal('interval'), Type.Literal('virtual')]),
  /** 0 at the top. Meters come main meter first. */
  depth: Type.Integer(),
  main: orNull(PointRef),
  formula: orNull(Type.Array(FormulaTerm)),
  meter: orNull(MeterFacts),
  simulated: Type.Boolean(),
  lastReadingAt: orNull(Instant),
  steps: Type.Array(closed({ from: Instant, to: Instant, quantity: orNull(Decimal), estimated: Decimal })),
  /** Of a meter with sub-meters. */
  balance: orNull(Type.Array(BalanceStepShown)),
})
export const MeterTreeAnswer = closed({
  timeZone: Type.String(),
  from: Instant,
  to: Instant,
  meters: Type.Array(MeterShown),
})
export const MainMeterWanted = closed({ main: orNull(PointRef) })
export const VirtualMeterWanted = closed({
  name: Type.Optional(Names),
  unit: Type.String({ minLength: 1, maxLength: 32 }),
  formula: Type.Array(FormulaTerm, { minItems: 1, maxItems: 100 }),
})
export const PointParams = closed({ id: Id, point: PointKey })
export type MeterTreeAnswer = Static<typeof MeterTreeAnswer>
export type MeterShown = Static<typeof MeterShown>
