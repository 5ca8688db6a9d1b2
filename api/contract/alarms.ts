// Alarms: those that stand and those that were, what people did about each, and what the asker may do.
import { Type, type Static } from 'typebox'
import { AlarmRule, AlarmSeverity } from './alarm-rules.ts'
import {
  closed,
  DateOrInstant,
  Id,
  Instant,
  LanguageCode,
  LongText,
  Names,
  orNull,
  pageOf,
  pageQuery,
  PointKey,
} from './common.ts'

const optional = Type.Optional
export const AlarmState = Type.Union([
  Type.Literal('raised'),
  Type.Literal('acknowledged'),
  Type.Literal('assigned'),
  Type.Literal('cleared'),
])
/** `state` and `severity` may be several words with commas; `standing` is true for all that are not cleared; instants are of raising. */
const filters = {
  premises: optional(Id),
  device: optional(Id),
  rule: optional(Id),
  state: optional(Type.String({ pattern: '^[a-z]+(,[a-z]+){0,3}$', maxLength: 60 })),
  severity: optional(Type.String({ pattern: '^[a-z]+(,[a-z]+){0,3}$', maxLength: 60 })),
  standing: optional(Type.Boolean()),
  /** Assigned to your organisation. */
  mine: optional(Type.Boolean()),
  from: optional(DateOrInstant),
  to: optional(DateOrInstant),
  q: optional(Type.String({ maxLength: 100 })),
}
export const AlarmQuery = pageQuery(filters)
export const AlarmFileQuery = closed({ ...filters, language: optional(LanguageCode) })

const shown = {
  id: Id,
  version: Type.Integer(),
  premises: Id,
  premisesName: Names,
  rule: Id,
  ruleName: Names,
  condition: Type.String(),
  severity: AlarmSeverity,
  state: AlarmState,
  /** The device that is the cause; null: the premises as a whole, or a gateway that is no device. */
  device: orNull(Id),
  deviceName: orNull(Names),
  /** The gateway or bridge that took `affected` devices down; null where none did. */
  gateway: orNull(Id),
  point: orNull(PointKey),
  pointName: orNull(Names),
  /** What it saw beside its limit, as written, at the reading's own time. */
  value: orNull(Type.String()),
  limit: orNull(Type.String()),
  unit: orNull(Type.String()),
  at: orNull(Instant),
  raisedAt: Instant,
  /** It is over, and stands because it latches or flaps. */
  conditionClearedAt: orNull(Instant),
  clearedAt: orNull(Instant),
  assignee: orNull(
    closed({ organisation: Id, organisationName: Names, person: orNull(closed({ id: Id, name: Type.String() })) }),
  ),
  snoozedUntil: orNull(Instant),
  /** How many devices are silent because of this one, or raised the same at once. */
  affectedCount: Type.Integer(),
  flapping: Type.Boolean(),
  /** How often it came back while it flapped. */
  returns: Type.Integer(),
  fault: orNull(Id),
}
export const AlarmShown = closed(shown)
export const AlarmPage = pageOf(AlarmShown)
export const AlarmEntryShown = closed({
  at: Instant,
  by: Type.String(),
  organisation: orNull(Id),
  organisationName: orNull(Names),
  kind: Type.Union([
    Type.Literal('raised'),
    Type.Literal('acknowledged'),
    Type.Literal('assigned'),
    Type.Literal('comment'),
    Type.Literal('snoozed'),
    Type.Literal('flapping'),
    Type.Literal('affected'),
    Type.Literal('returned'),
    Type.Literal('cleared'),
    Type.Literal('fault'),
  ]),
  text: Type.String(),
})
export const AlarmDetail = closed({
  ...shown,
  entries: Type.Array(AlarmEntryShown),
  /** Its rule as it is today; null when it is gone. */
  ruleNow: orNull(AlarmRule),
  affected: Type.Array(closed({ id: Id, name: orNull(Names) })),
  /** What you may do now. `fault`: make a fault of it. */
  may: closed({
    acknowledge: Type.Boolean(),
    assign: Type.Boolean(),
    comment: Type.Boolean(),
    snooze: Type.Boolean(),
    clear: Type.Boolean(),
    fault: Type.Boolean(),
  }),
  /** To whom it may be assigned: organisations with a role there, with the people of your own. */
  assignees: Type.Array(
    closed({
      organisation: Id,
      name: Names,
      people: Type.Array(closed({ id: Id, name: Type.String() })),
    }),
  ),
})
/** What stands now, among what you see: for the head of a page. */
export const AlarmsStanding = closed({
  total: Type.Integer(),
  /** Raised, and nobody has acknowledged it. */
  unacknowledged: Type.Integer(),
  bySeverity: closed({
    info: Type.Integer(),
    warning: Type.Integer(),
    major: Type.Integer(),
    critical: Type.Integer(),
  }),
})
export const AlarmsStandingQuery = closed({ premises: optional(Id), device: optional(Id) })

export const AlarmWords = closed({ text: optional(LongText) })
/** Several at once, each for itself. */
export const AlarmsAcknowledged = closed({
  acknowledged: Type.Integer(),
  refused: Type.Array(closed({ id: Id, code: Type.String(), message: Type.String() })),
})
export const AlarmIds = closed({
  ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
  text: optional(LongText),
})
export const AlarmComment = closed({ text: Type.String({ minLength: 1, maxLength: 2000 }) })
export const AlarmAssignment = closed({ organisation: Id, person: optional(orNull(Id)), text: optional(LongText) })
/** `until` null wakes it. */
export const AlarmSnooze = closed({ until: orNull(Instant), text: optional(LongText) })

export type AlarmsAcknowledged = Static<typeof AlarmsAcknowledged>
export type AlarmShown = Static<typeof AlarmShown>
export type AlarmPage = Static<typeof AlarmPage>
export type AlarmDetail = Static<typeof AlarmDetail>
export type AlarmEntryShown = Static<typeof AlarmEntryShown>
export type AlarmsStanding = Static<typeof AlarmsStanding>
