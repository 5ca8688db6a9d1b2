// Comfort of spaces against limits with their source, and the opening hours of premises.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, LocalDate, Names, orNull, PointKey } from './common.ts'

export const LimitSetWord = Type.Union([Type.Literal('new-building'), Type.Literal('action')], {
  description: '`new-building`: decree 1009/2017, 4 § and 5 §; `action`: action limits of decree 545/2015',
})
const Range = Type.Tuple([Type.Number(), Type.Number()])
export const ComfortMeasured = closed({
  device: Id,
  point: PointKey,
  /** The newest reading. */
  now: orNull(closed({ value: Type.Number(), at: Instant })),
  /** Of now, against the limits of the season. */
  verdict: orNull(Type.Union([Type.Literal('within'), Type.Literal('below'), Type.Literal('above')])),
  limits: Range,
  /** Open hours with readings; how many of them were within, below and above. */
  hours: Type.Integer(),
  hoursWithin: Type.Integer(),
  hoursBelow: Type.Integer(),
  hoursAbove: Type.Integer(),
  least: orNull(Type.Number()),
  most: orNull(Type.Number()),
  mean: orNull(Type.Number()),
})
export const ComfortSpace = closed({
  space: Id,
  name: orNull(Names),
  storey: orNull(Type.String()),
  temperature: orNull(ComfortMeasured),
  co2: orNull(ComfortMeasured),
})
export const ComfortQuery = closed({
  from: Type.Optional(LocalDate),
  to: Type.Optional(LocalDate),
  limits: Type.Optional(LimitSetWord),
})
export const Comfort = closed({
  from: LocalDate,
  to: LocalDate,
  timeZone: Type.String(),
  limits: LimitSetWord,
  /** Months that are taken for the heating season, and the outdoor carbon dioxide that is taken where nobody measures it. */
  heatingMonths: Type.Array(Type.Integer()),
  heating: Range,
  otherwise: Range,
  co2AboveOutdoor: Type.Number(),
  outdoorCo2: Type.Number(),
  /** The schedule whose opening hours count; null: every hour counts. */
  schedule: orNull(Id),
  spaces: Type.Array(ComfortSpace),
  /** Whether there are more sensors than are looked at. */
  more: Type.Boolean(),
})
const ClockSpan = closed({ from: Instant, to: Instant })
export const OpeningHours = closed({
  timeZone: Type.String(),
  schedule: orNull(
    closed({
      id: Id,
      name: Names,
      hours: Type.Array(closed({ days: Type.Array(Type.Integer()), from: Type.String(), to: Type.String() })),
      closedOnHolidays: Type.Boolean(),
      closedOnEves: Type.Boolean(),
    }),
  ),
  openNow: orNull(Type.Boolean()),
  days: itemsOf(
    closed({
      date: LocalDate,
      open: Type.Array(ClockSpan),
      holiday: orNull(Type.String()),
      exception: orNull(Type.String()),
    }),
  ).properties.items,
})
export type Comfort = Static<typeof Comfort>
export type ComfortSpace = Static<typeof ComfortSpace>
export type ComfortMeasured = Static<typeof ComfortMeasured>
export type OpeningHours = Static<typeof OpeningHours>
