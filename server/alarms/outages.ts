// Gateways and networks that fall silent: one alarm for the way, and none for those behind it until it is back.
import type { Alarm } from '#domain/alarms/alarm.ts'
import { dueAt, see, tick, type Effect } from '#domain/alarms/machine.ts'
import { SEVERITIES, type Severity } from '#domain/alarms/rule.ts'
import { fallenSilent, wayState, type Heard, type WayState } from '#domain/alarms/silence.ts'
import type { AlarmBook } from './book.ts'
import type { AlarmLimits } from './limits.ts'
import { plainReason } from './reasons.ts'
import type { DeviceEntry, Place, Watch, Way } from './watches.ts'

/** Flapping of a way, as of a rule that says nothing else. */
const WAY_TIMING = { forMs: 0, flapTimes: 5, flapWithinMs: 30 * 60_000 }

/** What becomes of a device that is due to be missed: it is told by itself, waits, or its way is the cause. */
export type Judgement = 'own' | 'wait' | 'absorbed'
export type Outages = {
  judge(watch: Watch, place: Place, now: number): Judgement
  /** Something came from a device. */
  heard(entry: DeviceEntry, now: number): void
  /** A flapping way may be quiet for long enough. */
  fire(way: Way, now: number): void
  /** A person cleared its alarm. */
  cleared(way: Way, now: number): void
}

export function createOutages({
  book,
  limits,
  placeOf,
  file,
  fold,
  resume,
}: {
  book: AlarmBook
  limits: AlarmLimits
  placeOf: (premises: string) => Place | undefined
  file: (way: Way) => void
  /** The alarm of a watch goes up in another one. */
  fold: (watch: Watch, into: string, now: number) => void
  /** Those that were absorbed are waited for anew. */
  resume: (watch: Watch, now: number) => void
}): Outages {
  function judge(watch: Watch, place: Place, now: number): Judgement {
    const { device } = watch
    if (device === null) return 'own'
    if (device.network.isOut || device.way?.isOut === true) return 'absorbed'
    const isGathering = now - (watch.state.machine.since + watch.watcher.timing.forMs) < limits.alarmGatherMs
    for (const [way, members] of waysOf(device)) {
      const state: WayState = way.isDown ? 'silent' : wayState(members, device, now)
      if (state === 'silent') {
        fallOut(way, watch, place, now)
        return 'absorbed'
      }
      if (state === 'unknown' && isGathering) return 'wait'
    }
    return 'own'
  }

  function fallOut(way: Way, watch: Watch, place: Place, now: number): void {
    const effect = see(way.machine, 'wrong', now, WAY_TIMING)
    way.isOut = true
    take(way, effect, now, watch, place)
  }

  function take(way: Way, effect: Effect | null, now: number, watch: Watch | null, place: Place | undefined): void {
    way.dueAt = dueAt(way.machine, WAY_TIMING)
    file(way)
    const standing = book.get(way.key)
    if (effect?.kind === 'again' && standing !== undefined)
      book.change(standing, ({ body }) => ({ changes: { returns: body.returns + 1, conditionClearedAt: null } }))
    if (effect?.kind === 'return' && standing !== undefined) clearWay(way, now)
    if (effect?.kind !== 'raise' || watch === null || place === undefined || standing !== undefined) return
    const affected = fallenSilent(way.members)
    const own = way.gateway === null ? undefined : place.devices.get(way.gateway)
    const lastAt = way.members.reduce((last, one) => Math.max(last, one.heardAt), 0)
    const body: Omit<Alarm, 'entries'> = {
      ...plainReason,
      rule: watch.rule.id,
      name: watch.rule.body.name,
      condition: 'no-data',
      extent: 'way',
      severity: gravest(watch.rule.body.severity, place),
      device: own?.id ?? null,
      gateway: way.gateway,
      reason: { point: null, value: null, limit: null, unit: null, at: lastAt },
      raisedAt: effect.at,
      affected,
      flapping: effect.flapping,
    }
    const alarm = book.raise({ key: way.key, premises: way.premises, audience: 'premises', body, text: '' })
    // Those that were told by themselves before it was clear that they have one cause.
    for (const one of place.watches.values())
      if (one.watcher.byReceived && one.device !== null && affected.includes(one.device.id)) fold(one, alarm.id, now)
    for (const other of way.gateway === null ? place.ways.values() : [])
      if (other !== way && other.isOut) {
        other.isOut = false
        see(other.machine, 'right', now, WAY_TIMING)
        clearWay(other, now, alarm.id)
      }
  }

  function clearWay(way: Way, now: number, into = ''): void {
    const standing = book.get(way.key)
    if (standing === undefined) return
    book.clear(standing, { at: now, clearedAt: now, kind: into === '' ? 'returned' : 'affected', text: into })
  }

  function comeBack(way: Way, now: number): void {
    way.isOut = false
    const effect = see(way.machine, 'right', now, WAY_TIMING)
    take(way, effect, now, null, undefined)
    const standing = book.get(way.key)
    if (effect === null && standing !== undefined && way.machine.phase === 'raised')
      book.change(standing, () => ({ changes: { conditionClearedAt: now } }))
    const place = placeOf(way.premises)
    const members = new Set(way.members)
    for (const watch of place?.watches.values() ?? [])
      if (watch.watcher.byReceived && watch.device !== null && members.has(watch.device)) resume(watch, now)
  }

  return {
    judge,
    heard(entry, now) {
      if (entry.way?.isOut === true) comeBack(entry.way, now)
      if (entry.network.isOut) comeBack(entry.network, now)
    },
    fire: (way, now) => take(way, tick(way.machine, now, WAY_TIMING), now, null, placeOf(way.premises)),
    cleared(way, now) {
      way.isOut = false
      way.machine.phase = 'normal'
      way.machine.raises = []
      way.machine.flapping = false
      way.machine.quietSince = null
      const place = placeOf(way.premises)
      for (const watch of place?.watches.values() ?? [])
        if (
          watch.watcher.byReceived &&
          watch.device !== null &&
          way.members.includes(watch.device) &&
          watch.state.machine.phase === 'dismissed'
        )
          watch.state.machine.since = now
    },
  }
}

/** The wider way first: where it has failed, the narrower one says nothing. Only those that tell something of it count as its members. */
function waysOf(device: DeviceEntry): [way: Way, members: readonly Heard[]][] {
  const { way, network } = device
  const others = network.members.filter(
    (one) => one === device || (one.way !== way && one.id !== way?.gateway) || way === null,
  )
  // Behind its own gateway alone, the gateway says it more precisely.
  const wide: [Way, readonly Heard[]][] =
    others.length > 1 && (way === null || others.some((one) => one !== device)) ? [[network, others]] : []
  return way === null ? wide : [...wide, [way, way.members]]
}

const gravest = (first: Severity, { rules }: Place): Severity =>
  [...rules.values()]
    .filter(({ body }) => body.condition.kind === 'no-data')
    .reduce<Severity>(
      (most, { body }) => (SEVERITIES.indexOf(body.severity) > SEVERITIES.indexOf(most) ? body.severity : most),
      first,
    )
