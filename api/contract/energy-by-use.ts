// Energy and water of premises today by what they are used for, beside what is usual.
import { Type, type Static } from 'typebox'
import { closed, Decimal, Id, Instant, orNull, PointKey } from './common.ts'

const Amount = {
  /** Until the quarter-hour that ended last; null where one of its meters is unknown. */
  soFar: orNull(Decimal),
  /** The mean of the same weekday of the last four weeks up to the same time. */
  expected: orNull(Decimal),
}
const Medium = Type.Union([Type.Literal('electricity'), Type.Literal('heat'), Type.Literal('water')])
const Use = Type.Union([
  Type.Literal('heating'),
  Type.Literal('cooling'),
  Type.Literal('ventilation'),
  Type.Literal('lighting'),
  Type.Literal('vehicles'),
  Type.Literal('kitchen'),
  Type.Literal('lifts'),
  Type.Literal('ict'),
])
export const EnergyByUse = closed({
  timeZone: Type.String(),
  from: Instant,
  to: Instant,
  media: Type.Array(
    closed({
      medium: Medium,
      /** kWh, and m3 of water. */
      unit: Type.Union([Type.Literal('kWh'), Type.Literal('m3')]),
      /** Null where no meter measures all of it. */
      total: orNull(closed(Amount)),
      uses: Type.Array(
        closed({
          use: Use,
          meters: Type.Array(closed({ device: Id, point: PointKey })),
          ...Amount,
        }),
      ),
      /** The total without the uses; null where that is not known, or less than nothing. */
      rest: orNull(closed(Amount)),
    }),
  ),
})
export type EnergyByUse = Static<typeof EnergyByUse>
