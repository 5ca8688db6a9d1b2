// The live feed: server-sent events `reading`, `presence` and `alarm` of one premises or one device, or alarms of all that one sees.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, orNull, PointKey, QualityWord, ReadingValue } from './common.ts'
import { AlarmSeverity } from './alarm-rules.ts'
import { AlarmState } from './alarms.ts'
import { PresenceState } from './devices.ts'

/** One of them: all of a premises, all of a device, or the alarms of everything that you see. */
export const LiveQuery = closed({
  premises: Type.Optional(Id),
  device: Type.Optional(Id),
  alarms: Type.Optional(Type.Literal('all')),
})
/** Data of an event `reading`. */
export const LiveReading = closed({
  device: Id,
  point: PointKey,
  at: Instant,
  value: ReadingValue,
  quality: QualityWord,
  simulated: Type.Boolean(),
})
/** Data of an event `presence`. */
export const LivePresence = closed({ device: Id, state: PresenceState, lastHeardAt: orNull(Instant) })
/** Data of an event `alarm`: it was raised, or something about it changed. */
export const LiveAlarm = closed({
  id: Id,
  premises: Id,
  device: orNull(Id),
  rule: Id,
  severity: AlarmSeverity,
  state: AlarmState,
  raisedAt: Instant,
})

export type LiveReading = Static<typeof LiveReading>
export type LivePresence = Static<typeof LivePresence>
export type LiveAlarm = Static<typeof LiveAlarm>
