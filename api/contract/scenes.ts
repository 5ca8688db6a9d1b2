// Scenes over groups of devices, their runs, and schedules that run them.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, LocalDate, Names, orNull, pageOf, pageQuery } from './common.ts'
import { CommandStateWord, Members } from './twins.ts'
import { patterned } from './patterned.ts'

const ClockTime = patterned('^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$', 'a clock time such as 07:30')
const Weekdays = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, uniqueItems: true })
const Target = Type.Union([
  closed({ device: Id }),
  closed({ type: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })), space: Type.Optional(Id) }),
])
export const SceneStep = Type.Union([
  closed({ of: Target, command: Type.String({ minLength: 1, maxLength: 64 }), params: Members }),
  closed({ of: Target, desired: Members }),
])
export const SceneWanted = closed({
  name: Names,
  premises: Id,
  steps: Type.Array(SceneStep, { minItems: 1, maxItems: 100 }),
})
export const SceneShown = closed({
  id: Id,
  premises: Id,
  organisation: orNull(Id),
  name: Names,
  steps: Type.Array(SceneStep),
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: Type.String(),
})
export const SceneList = itemsOf(SceneShown)
const Part = closed({
  device: Id,
  deviceName: orNull(Names),
  step: Type.Integer(),
  command: orNull(Id),
  state: orNull(CommandStateWord),
  answer: Type.Unknown(),
  refused: orNull(
    closed({
      code: Type.Union([Type.Literal('not-allowed'), Type.Literal('unknown-command'), Type.Literal('invalid')]),
      message: Type.String(),
    }),
  ),
  undoable: Type.Boolean(),
})
export const ScenePreview = closed({ parts: Type.Array(Part) })
export const SceneRunShown = closed({
  id: Id,
  scene: Id,
  sceneName: Names,
  premises: orNull(Id),
  organisation: orNull(Id),
  state: Type.Union([Type.Literal('run'), Type.Literal('missed')]),
  schedule: orNull(Id),
  undoes: orNull(Id),
  undoneBy: orNull(Id),
  at: Instant,
  by: Type.String(),
  counts: closed({
    done: Type.Integer(),
    underWay: Type.Integer(),
    failed: Type.Integer(),
    refused: Type.Integer(),
    wished: Type.Integer(),
  }),
  parts: Type.Array(Part),
})
export const SceneRunPage = pageOf(SceneRunShown)
export const SceneRunQuery = pageQuery({ premises: Type.Optional(Id) })
export const OfPremises = closed({ premises: Id })

const Minutes = Type.Integer({ minimum: -720, maximum: 720 })
const at = <T extends string>(word: T) => closed({ at: Type.Literal(word), minutes: Minutes })
const TriggerTime = Type.Union([
  at('opening'),
  at('closing'),
  at('sunrise'),
  at('sunset'),
  at('dawn'),
  at('dusk'),
  closed({
    at: Type.Literal('clock'),
    time: patterned('^([01][0-9]|2[0-3]):[0-5][0-9]$', 'a clock time such as 07:30'),
  }),
])
export const Trigger = closed({
  id: Id,
  time: TriggerTime,
  on: Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('every')]),
  days: Type.Optional(Weekdays),
  scene: Id,
})
const hours = { from: ClockTime, to: ClockTime }
export const ScheduleWanted = closed({
  name: Names,
  premises: Id,
  on: Type.Boolean(),
  hours: Type.Array(closed({ days: Weekdays, ...hours }), { maxItems: 21 }),
  closedOnHolidays: Type.Boolean(),
  closedOnEves: Type.Boolean(),
  exceptions: Type.Array(
    closed({
      from: LocalDate,
      to: LocalDate,
      hours: orNull(closed(hours)),
      reason: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    { maxItems: 200 },
  ),
  triggers: Type.Array(Trigger, { maxItems: 50 }),
})
export const ScheduleShown = closed({
  ...ScheduleWanted.properties,
  id: Id,
  organisation: orNull(Id),
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: Type.String(),
})
export const ScheduleList = itemsOf(ScheduleShown)
export const ScheduleDays = closed({
  timeZone: Type.String(),
  /** Whether the place is known, so that the sun can be. */
  placed: Type.Boolean(),
  days: Type.Array(
    closed({
      date: LocalDate,
      open: Type.Array(closed({ from: Instant, to: Instant })),
      /** The holiday by its Finnish name. */
      holiday: orNull(Type.String()),
      exception: orNull(Type.String()),
      runs: Type.Array(closed({ at: Instant, trigger: Id, scene: Id })),
    }),
  ),
})
export const Place = closed({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
})
export const PlaceShown = orNull(Place)

export type SceneWanted = Static<typeof SceneWanted>
export type SceneShown = Static<typeof SceneShown>
export type SceneList = Static<typeof SceneList>
export type ScenePreview = Static<typeof ScenePreview>
export type SceneRunShown = Static<typeof SceneRunShown>
export type SceneRunPage = Static<typeof SceneRunPage>
export type ScheduleWanted = Static<typeof ScheduleWanted>
export type ScheduleShown = Static<typeof ScheduleShown>
export type ScheduleList = Static<typeof ScheduleList>
export type ScheduleDays = Static<typeof ScheduleDays>
export type PlaceShown = Static<typeof PlaceShown>
