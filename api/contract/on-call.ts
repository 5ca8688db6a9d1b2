// Calendars of who is on call, and who is on call now.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, LocalDate, Names, orNull } from './common.ts'
import { ClockTime, SeverityWord, TimeZone } from './notifications.ts'
import { patterned } from './patterned.ts'

/** A clock time of the calendar's time zone. */
const LocalTime = patterned(
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$',
  'a day and a clock time',
  { maxLength: 16 },
)
export const OnCallWanted = closed({
  name: Names,
  enabled: Type.Boolean(),
  premises: orNull(Id),
  timeZone: TimeZone,
  covers: Type.Union([Type.Literal('responsible'), Type.Literal('all')]),
  from: SeverityWord,
  wakesFrom: SeverityWord,
  rotation: orNull(
    closed({
      people: Type.Array(Id, { minItems: 1, maxItems: 100 }),
      from: LocalDate,
      days: Type.Integer({ minimum: 1, maximum: 92 }),
      handover: ClockTime,
    }),
  ),
  turns: Type.Array(closed({ from: LocalTime, to: LocalTime, person: Id, substitute: orNull(Id) }), { maxItems: 1000 }),
  steps: Type.Array(
    closed({
      afterMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
      tell: Type.Union([Type.Literal('on-call'), Type.Literal('substitute'), Type.Literal('managers')]),
    }),
    { minItems: 1, maxItems: 10 },
  ),
})
const Person = closed({ id: Id, name: Type.String() })
const ShiftShown = closed({
  from: Instant,
  to: Instant,
  person: orNull(Person),
  substitute: orNull(Person),
  /** It is an exception of the calendar, not the rotation. */
  exception: Type.Boolean(),
})
export const OnCallShown = closed({
  ...OnCallWanted.properties,
  id: Id,
  version: Type.Integer(),
  /** Who is on call at this moment, until the end of the shift (a year ahead at most). */
  now: ShiftShown,
})
export const OnCallList = closed({
  items: Type.Array(OnCallShown),
  /** Who can be on call: the people of the organisation; `reachable`: a mail can be sent to them. */
  people: Type.Array(closed({ id: Id, name: Type.String(), reachable: Type.Boolean() })),
})
export const OnCallMade = closed({ id: Id, version: Type.Integer() })
export const ShiftQuery = closed({
  from: LocalDate,
  /** Days from there on. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 62 })),
})
export const ShiftList = closed({ timeZone: TimeZone, items: Type.Array(ShiftShown) })
export const CalendarText = closed({ calendar: Type.String({ maxLength: 1_000_000 }) })
export const CalendarTaken = closed({ version: Type.Integer(), turns: Type.Integer() })
export const EscalationList = closed({
  items: Type.Array(
    closed({
      id: Id,
      calendar: Id,
      alarm: Id,
      startedAt: Instant,
      /** When the next step is told; null when it is over. */
      nextAt: orNull(Instant),
      endedBy: orNull(Type.String()),
      told: Type.Array(closed({ step: Type.Integer(), at: Instant, people: Type.Array(Person) })),
    }),
  ),
})
export const EscalationQuery = closed({ alarm: Type.Optional(Id) })

export type OnCallWanted = Static<typeof OnCallWanted>
export type OnCallShown = Static<typeof OnCallShown>
export type OnCallList = Static<typeof OnCallList>
export type OnCallMade = Static<typeof OnCallMade>
export type ShiftShown = Static<typeof ShiftShown>
export type ShiftList = Static<typeof ShiftList>
export type CalendarTaken = Static<typeof CalendarTaken>
export type EscalationList = Static<typeof EscalationList>
