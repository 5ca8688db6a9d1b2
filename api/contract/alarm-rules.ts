// Alarm rules of a premises: what they watch, what they would have raised, and those that are suggested.
import { Type, type Static } from 'typebox'
import { PointRef, When } from './bundle.ts'
import {
  closed,
  DateOrInstant,
  Decimal,
  Id,
  Instant,
  LocalDate,
  LongText,
  Names,
  orNull,
  pageOf,
  pageQuery,
  PointKey,
  PositiveDecimal,
  Text,
} from './common.ts'
import { patterned } from './patterned.ts'

const optional = Type.Optional
/** ISO 8601 duration of fixed length, such as PT5M or P1D. */
export const AlarmDuration = patterned(
  '^P(?=.)([0-9]{1,3}W)?([0-9]{1,3}D)?(T(?=.)([0-9]{1,4}H)?([0-9]{1,5}M)?([0-9]{1,6}S)?)?$',
  'a duration such as PT15M or P1D',
  { maxLength: 24 },
)
export const AlarmSeverity = Type.Union([
  Type.Literal('info'),
  Type.Literal('warning'),
  Type.Literal('major'),
  Type.Literal('critical'),
])
export const AlarmTarget = Type.Union([
  closed({ kind: Type.Literal('premises') }),
  closed({ kind: Type.Literal('type'), type: Text }),
  closed({ kind: Type.Literal('space'), space: Id }),
  closed({ kind: Type.Literal('device'), device: Id }),
])
/** What each kind means stands in docs/ALARMS.md. */
export const AlarmCondition = Type.Union([
  closed({
    kind: Type.Literal('threshold'),
    point: PointKey,
    above: optional(Decimal),
    below: optional(Decimal),
    hysteresis: optional(PositiveDecimal),
    for: optional(AlarmDuration),
  }),
  closed({ kind: Type.Literal('rate'), point: PointKey, by: PositiveDecimal, within: AlarmDuration }),
  closed({ kind: Type.Literal('no-data'), for: optional(AlarmDuration) }),
  closed({ kind: Type.Literal('stuck'), point: PointKey, for: AlarmDuration }),
  closed({ kind: Type.Literal('out-of-range'), point: PointKey, for: optional(AlarmDuration) }),
  closed({
    kind: Type.Literal('off-hours'),
    point: PointKey,
    above: Decimal,
    /** The opening hours; public holidays of Finland are closed. */
    hours: Type.Array(When, { minItems: 1, maxItems: 50 }),
    for: optional(AlarmDuration),
  }),
  closed({
    kind: Type.Literal('night-base-load'),
    point: PointKey,
    above: optional(PositiveDecimal),
    overUsualPercent: optional(PositiveDecimal),
  }),
  closed({
    kind: Type.Literal('budget-forecast'),
    /** Whose budget; absent: the landlord's. */
    party: optional(Id),
    category: optional(Text),
    overPercent: PositiveDecimal,
  }),
  closed({
    kind: Type.Literal('peak-forecast'),
    meter: PointRef,
    above: PositiveDecimal,
    interval: Type.Union([Type.Literal('PT15M'), Type.Literal('PT1H')]),
  }),
  closed({
    kind: Type.Literal('main-against-subs'),
    main: PointRef,
    subs: Type.Array(PointRef, { minItems: 1, maxItems: 200 }),
    overPercent: PositiveDecimal,
  }),
  closed({ kind: Type.Literal('counter-back'), point: PointKey }),
  closed({ kind: Type.Literal('missing-price') }),
  closed({
    kind: Type.Literal('expression'),
    expression: Type.String({ minLength: 1, maxLength: 1000 }),
    for: optional(AlarmDuration),
  }),
])
const rule = {
  name: Names,
  on: Type.Boolean(),
  severity: AlarmSeverity,
  target: AlarmTarget,
  condition: AlarmCondition,
  latching: optional(Type.Boolean()),
  flapping: optional(closed({ times: Type.Integer({ minimum: 2, maximum: 100 }), within: AlarmDuration })),
  season: optional(When),
  maintenance: optional(
    Type.Array(closed({ from: LocalDate, to: LocalDate, reason: optional(Text) }), { maxItems: 100 }),
  ),
  advice: optional(closed({ fi: optional(LongText), sv: optional(LongText), en: optional(LongText) })),
}
export const AlarmRule = closed(rule)
/** What PUT takes: a rule of a premises. */
export const AlarmRuleWanted = closed({ premises: Id, ...rule })
export const AlarmRuleShown = closed({
  id: Id,
  premises: Id,
  version: Type.Integer(),
  ...rule,
  /** What it watches, by name: of the device, the space, the type or the premises. */
  targetName: orNull(Names),
  /** How many devices it watches today. */
  devices: Type.Integer(),
  /** How many of its alarms stand now, among those that you see. */
  standing: Type.Integer(),
  mayChange: Type.Boolean(),
  changedAt: Instant,
  changedBy: Type.String(),
})
export const AlarmRulePage = pageOf(AlarmRuleShown)
export const AlarmRuleQuery = pageQuery({
  premises: optional(Id),
  device: optional(Id),
  on: optional(Type.Boolean()),
  q: optional(Type.String({ maxLength: 100 })),
})
export const AlarmRuleSaved = closed({ created: Type.Boolean(), version: Type.Integer() })

/** A rule that is saved (`id`), or one that is not yet (`premises` and `rule`). */
export const AlarmTryWanted = closed({
  id: optional(Id),
  premises: optional(Id),
  rule: optional(AlarmRule),
  from: DateOrInstant,
  to: DateOrInstant,
})
export const AlarmTried = closed({
  device: orNull(Id),
  deviceName: orNull(Names),
  point: orNull(PointKey),
  raisedAt: Instant,
  /** Null: it stands at the end. */
  clearedAt: orNull(Instant),
  value: orNull(Type.String()),
  limit: orNull(Type.String()),
  unit: orNull(Type.String()),
  flapping: Type.Boolean(),
})
export const AlarmTryAnswer = closed({
  from: Instant,
  to: Instant,
  /** How many alarms it would have raised; `alarms` holds the first of them. */
  count: Type.Integer(),
  alarms: Type.Array(AlarmTried),
  devices: Type.Integer(),
  readings: Type.Integer(),
  /** False: the limit of work was reached; the counts are of what was looked at. */
  complete: Type.Boolean(),
  /** Devices whose history is kept more sparsely than the silence that the rule means: there it was judged by the spacing of what is kept. */
  sparse: Type.Integer(),
  /** Why nothing could be tried: `needs-today` (a forecast knows no history), `no-devices`, `no-readings`; else null. */
  reason: orNull(Type.Union([Type.Literal('needs-today'), Type.Literal('no-devices'), Type.Literal('no-readings')])),
})

/** A rule that fits what is installed, and whether it is there already. */
export const AlarmRuleSuggested = closed({
  id: Id,
  rule: AlarmRule,
  targetName: orNull(Names),
  devices: Type.Integer(),
  there: Type.Boolean(),
})
export const AlarmRulesSuggested = closed({ items: Type.Array(AlarmRuleSuggested) })
/** Absent `only`: all that are not there yet. */
export const AlarmRulesTake = closed({ only: optional(Type.Array(Id, { maxItems: 100 })) })
export const AlarmRulesTaken = closed({ created: Type.Array(Id) })

export type AlarmRuleWanted = Static<typeof AlarmRuleWanted>
export type AlarmRuleShown = Static<typeof AlarmRuleShown>
export type AlarmRulePage = Static<typeof AlarmRulePage>
export type AlarmTryWanted = Static<typeof AlarmTryWanted>
export type AlarmTryAnswer = Static<typeof AlarmTryAnswer>
export type AlarmTried = Static<typeof AlarmTried>
export type AlarmRuleSuggested = Static<typeof AlarmRuleSuggested>
export type AlarmRulesSuggested = Static<typeof AlarmRulesSuggested>
