// The alarm engine: follows readings and facts, lets each rule see them, and keeps what stands. One process runs it.
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { ALARM_RULE } from '#domain/alarms/rule.ts'
import { dismiss, dueAt, type Effect } from '#domain/alarms/machine.ts'
import {
  createSlowWatcher,
  freshState,
  takeLook,
  takeReading,
  takeTime,
  type SeenReading,
} from '#domain/alarms/watch.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { SlowLook } from '#api/alarms/slow-looks.ts'
import type { AlarmCounts, BrokerPart, LiveReadingEvent, Log } from '#api/parts.ts'
import { alarmId, createAlarmBook, type Standing } from './book.ts'
import { catchUp } from './catch-up.ts'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts'
import type { AlarmLimits } from './limits.ts'
import { createOutages } from './outages.ts'
import { plainReason, reasonOf } from './reasons.ts'
import { createTimers, TICK_MS, type Timers } from './timers.ts'
import { audienceOfAlarm, readPlace, type DeviceEntry, type Place, type Rule, type Watch, type Way } from './watches.ts'

export type EngineParts = {
  records: Records
  telemetry: Telemetry
  broker: Pick<BrokerPart, 'onReading' | 'onPresence' | 'bridgeStanding'>
  limits: AlarmLimits
  now: () => number
  log: Log
}
export type AlarmEngine = {
  /** Takes up where it was: resolves when it watches. */
  start(): Promise<void>
  /** What a job found for a rule. */
  look(rule: Id, looks: readonly SlowLook[]): void
  /** The rules that are on, for the job. */
  rules(): readonly Rule[]
  counts(): AlarmCounts
  /** Looks at what is due by now; its own clock calls it four times a second. */
  beat(): void
  /** What stands now is written, and what it waits for is kept. */
  settled(): Promise<void>
  /** `keeps`: what it waits for is kept for the next one. */
  stop(keeps?: boolean): Promise<void>
}

/** How long changes of facts are gathered before a premises is read again, and how often it is looked at without any. */
const REREAD_MS = 300
const RELOOK_MS = 60_000
/** How long a silent device whose way is not known to be silent yet waits before it is looked at again. */
const WAIT_MS = 5_000
/** How often the devices of a storm, and the returns of what flaps, are written. */
const GATHER_WRITE_MS = 5_000
/** Readings that wait while it starts. */
const MAX_QUEUED = 500_000

export function createAlarmEngine(parts: EngineParts): AlarmEngine {
  const { records, telemetry, broker, limits, now, log } = parts
  const places = new Map<Id, Place>()
  const devices = new Map<Id, DeviceEntry>()
  const slow = new Map<string, Watch>()
  const timers: Timers<Watch | Way> = createTimers()
  const book = createAlarmBook(parts, { clearedByPerson })
  const outages = createOutages({
    book,
    limits,
    placeOf: (premises) => places.get(premises),
    file: (way) => timers.file(way),
    fold,
    resume,
  })
  /** Readings that came while starting; null once it runs. */
  let queued: LiveReadingEvent[] | null = []
  let checkpoint: Checkpoint | null = null
  const dirty = new Set<Id>()
  let rereading: Promise<void> = Promise.resolve()
  let isStopped = false
  let lagMs = 0
  const stops: (() => void)[] = []

  // --- readings and time

  /** Whose reading came last: those of a message come one after the other. */
  let last: DeviceEntry | null = null
  function onReading(event: LiveReadingEvent): void {
    const entry = last?.id === event.device ? last : devices.get(event.device)
    if (entry === undefined) return
    last = entry
    if (queued !== null) {
      if (queued.length < MAX_QUEUED) queued.push(event)
      return
    }
    const at = now()
    // The readings of a message come together, and one of them is as good as all to end a silence.
    const isHeard = entry.heardAt === at
    entry.heardAt = at
    if (entry.network.isOut || entry.way?.isOut === true) outages.heard(entry, at)
    const reading = seen(event)
    if (!isHeard) for (const watch of entry.any) take(watch, takeReading(watch.watcher, watch.state, reading, at), at)
    if (at - event.at > limits.alarmLateMs) return
    const watches = entry.byPoint.get(event.point)
    if (watches !== undefined)
      for (const watch of watches) take(watch, takeReading(watch.watcher, watch.state, reading, at), at)
  }

  function take(watch: Watch, effect: Effect | null, at: number): void {
    const due = dueAt(watch.state.machine, watch.watcher.timing)
    watch.dueAt = due === null || !mayBringSomething(watch) ? null : due
    if (watch.dueAt !== null) timers.file(watch)
    if (effect !== null) became(watch, effect, at)
  }
  /** Pending readings of a probe that does not last bring nothing by time alone. */
  const mayBringSomething = ({ watcher, state }: Watch): boolean =>
    watcher.probe.lasts || state.machine.phase !== 'pending'

  function fire(item: Watch | Way): void {
    const at = now()
    if (item.kind === 'way') return outages.fire(item, at)
    const { state, watcher } = item
    if (state.machine.phase === 'pending' && !watcher.isWatching(at)) return later(item, at + RELOOK_MS)
    if (watcher.byReceived && state.machine.phase === 'pending') {
      const place = places.get(item.rule.premises)
      const judgement = place === undefined ? 'own' : outages.judge(item, place, at)
      if (judgement === 'wait') return later(item, at + WAIT_MS)
      if (judgement === 'absorbed') return absorb(item, at)
    }
    take(item, takeTime(watcher, state, at), at)
  }
  function later(watch: Watch, at: number): void {
    watch.dueAt = at
    timers.file(watch)
  }

  // --- what becomes of alarms

  function became(watch: Watch, effect: Effect, at: number): void {
    switch (effect.kind) {
      case 'raise':
        return raise(watch, effect, at)
      case 'again':
        return again(watch)
      case 'return':
        return over(watch, effect.at, at)
    }
  }

  function raise(watch: Watch, { at: raisedAt, flapping }: { at: number; flapping: boolean }, at: number): void {
    const { rule, device } = watch
    if (book.get(watch.key) !== undefined) return
    rule.raises = [...rule.raises.filter((one) => at - one < limits.alarmStormMs), at].slice(
      -limits.alarmStormCount - 1,
    )
    const audience = audienceOfAlarm(rule, device, places.get(rule.premises))
    // What not everybody may see is told by itself.
    if (
      device !== null &&
      audience === 'premises' &&
      (rule.stormed.size > 0 || rule.raises.length > limits.alarmStormCount)
    )
      return storm(watch, device, raisedAt)
    book.raise({
      key: watch.key,
      premises: rule.premises,
      audience,
      body: { ...bodyOf(watch, raisedAt), flapping },
      text: '',
    })
    lagMs = Math.max(0, at - raisedAt)
  }

  const bodyOf = (watch: Watch, raisedAt: number): Omit<Alarm, 'entries'> => ({
    ...plainReason,
    rule: watch.rule.id,
    name: watch.rule.body.name,
    condition: watch.rule.body.condition.kind,
    extent: watch.device === null ? 'premises' : 'device',
    severity: watch.rule.body.severity,
    device: watch.device?.id ?? null,
    reason: reasonOf(watch),
    raisedAt,
    flapping: false,
  })

  function storm(watch: Watch, device: DeviceEntry, raisedAt: number): void {
    const { rule } = watch
    rule.stormed.add(device.id)
    const key = `storm ${rule.id}`
    if (book.get(key) === undefined)
      book.raise({
        key,
        premises: rule.premises,
        audience: 'premises',
        body: { ...bodyOf(watch, raisedAt), extent: 'storm', device: null, affected: [device.id] },
        text: '',
      })
    gatherLater(rule)
  }

  /** What is written only now and then: the devices of storms, and how often something came back. */
  const gathering = new Map<Rule, number>()
  const returned = new Map<string, { times: number; dueAt: number }>()
  function gatherLater(rule: Rule): void {
    if (!gathering.has(rule)) gathering.set(rule, now() + GATHER_WRITE_MS)
  }
  function again({ key }: Watch): void {
    const before = returned.get(key) ?? { times: 0, dueAt: now() + GATHER_WRITE_MS }
    returned.set(key, { ...before, times: before.times + 1 })
  }
  function writeGathered(at: number): void {
    for (const [rule, dueAt] of gathering) {
      if (dueAt > at) continue
      gathering.delete(rule)
      const standing = book.get(`storm ${rule.id}`)
      const affected = [...rule.stormed]
      if (standing !== undefined && affected.length === 0) clear(standing, at, at)
      else if (standing !== undefined)
        book.change(standing, ({ body }) => {
          const all = [...new Set([...body.affected, ...affected])]
          return all.length === body.affected.length ? null : { changes: { affected: all } }
        })
    }
    for (const [key, { times, dueAt }] of returned) {
      if (dueAt > at) continue
      returned.delete(key)
      const standing = book.get(key)
      if (standing !== undefined)
        book.change(standing, ({ body }) => ({ changes: { returns: body.returns + times, conditionClearedAt: null } }))
    }
  }

  function over(watch: Watch, overAt: number, at: number): void {
    const { rule, device } = watch
    if (device !== null && rule.stormed.delete(device.id)) gatherLater(rule)
    const standing = book.get(watch.key)
    if (standing === undefined) return
    if (rule.body.latching === true)
      book.change(standing, ({ body }) =>
        body.conditionClearedAt === null
          ? { changes: { conditionClearedAt: overAt }, entry: { at, kind: 'returned', text: '' } }
          : null,
      )
    else clear(standing, overAt, at)
  }

  function clear(standing: Standing, overAt: number, at: number, text = ''): void {
    book.clear(standing, { at, clearedAt: overAt, kind: 'returned', text })
  }

  // --- silence that has another cause

  function absorb(watch: Watch, at: number): void {
    watch.state.machine.phase = 'dismissed'
    watch.state.machine.since = at
    watch.dueAt = null
  }
  function fold(watch: Watch, into: Id, at: number): void {
    const standing = book.get(watch.key)
    if (standing === undefined || watch.state.machine.phase !== 'raised') return
    absorb(watch, at)
    book.clear(standing, { at, clearedAt: at, kind: 'affected', text: into })
  }
  function resume(watch: Watch, at: number): void {
    const { machine } = watch.state
    if (machine.phase !== 'dismissed' && machine.phase !== 'pending') return
    machine.phase = 'pending'
    machine.since = at
    take(watch, null, at)
  }

  function clearedByPerson({ key, body }: Standing): void {
    const at = now()
    const place = [...places.values()].find((one) => one.watches.has(key) || one.ways.has(key))
    const way = place?.ways.get(key)
    if (way !== undefined) return outages.cleared(way, at)
    const watch = place?.watches.get(key) ?? slow.get(key)
    if (watch !== undefined) {
      dismiss(watch.state.machine, body.conditionClearedAt !== null, at)
      take(watch, null, at)
    } else if (key.startsWith('storm ')) rulesById(body.rule)?.stormed.clear()
  }
  const rulesById = (id: Id): Rule | undefined => {
    for (const place of places.values()) {
      const rule = place.rules.get(id)
      if (rule !== undefined) return rule
    }
    return undefined
  }

  // --- facts

  function reread(premises: Iterable<Id>): void {
    const wasEmpty = dirty.size === 0
    for (const id of premises) dirty.add(id)
    if (!wasEmpty || dirty.size === 0) return
    setTimeout(() => {
      if (isStopped) return
      const ids = [...dirty]
      dirty.clear()
      rereading = rereading
        .then(() => readPlaces(ids))
        .catch((error: unknown) => {
          log.error('alarm rules are not read; they are tried again', { error: String(error) })
          setTimeout(() => reread(ids), RELOOK_MS / 10).unref()
        })
    }, REREAD_MS).unref()
  }

  async function readPlaces(ids: readonly Id[]): Promise<void> {
    const connectors = await records.listConnectors(ALL)
    for (const id of ids) {
      const before = places.get(id) ?? null
      const others = [...places.values()].reduce((sum, one) => sum + (one === before ? 0 : one.watches.size), 0)
      const { place, left } = await readPlace(records, id, connectors, before, {
        now: now(),
        room: limits.alarmWatches - others,
        stateOf: (key) => checkpoint?.watches[key] ?? null,
      })
      if (left > 0)
        log.warn('not everything is watched: SAMTILA_LIMIT_ALARM_WATCHES is reached', { premises: id, left })
      put(id, place, before)
      if (place === null || queued !== null) continue
      // A rule that is new sees what was last before it sees what comes.
      const isNew = ({ state }: Watch): boolean => state.at === 0 && state.machine.phase === 'normal'
      await catchUp({ ...catching(), places: new Map([[id, place]]), checkpoint: null, isFor: isNew })
      settle(place, before)
    }
  }
  const catching = () => ({
    telemetry,
    now: now(),
    lateMs: limits.alarmLateMs,
    take: (watch: Watch, effect: Effect | null) => take(watch, effect, now()),
  })

  function put(id: Id, place: Place | null, before: Place | null): void {
    last = null
    for (const device of before?.devices.keys() ?? []) devices.delete(device)
    if (place === null) places.delete(id)
    else places.set(id, place)
    for (const entry of place?.devices.values() ?? []) {
      entry.heardAt = Math.max(entry.heardAt, before?.devices.get(entry.id)?.heardAt ?? 0)
      devices.set(entry.id, entry)
    }
    // What the old ones are filed under fires into nothing.
    for (const old of [...(before?.watches.values() ?? []), ...(before?.ways.values() ?? [])]) old.dueAt = null
    if (queued === null && place === null) settle(place, before)
  }

  /** Alarms of what is not watched any more are over; those of what is new go on with their states. */
  function settle(place: Place | null, before: Place | null): void {
    const at = now()
    const premises = place?.premises.id ?? before?.premises.id
    for (const watch of place?.watches.values() ?? []) {
      standAgain(watch)
      const { machine } = watch.state
      if (watch.watcher.byReceived && machine.phase === 'normal') {
        machine.phase = 'pending'
        machine.since = Math.max(machine.since, watch.device?.heardAt ?? 0)
      }
      take(watch, null, at)
    }
    for (const way of place?.ways.values() ?? []) {
      way.isOut = book.get(way.key) !== undefined && way.machine.quietSince === null
      if (way.isOut && way.machine.phase !== 'raised') way.machine.phase = 'raised'
      timers.file(way)
    }
    for (const standing of book.standing()) {
      if (standing.premises !== premises) continue
      const { extent, rule } = standing.body
      const isThere =
        extent === 'device' && standing.body.condition !== 'night-base-load' && !slow.has(standing.key)
          ? place?.watches.has(standing.key) === true || isSlow(place, rule)
          : extent === 'way'
            ? place?.ways.has(standing.key) === true
            : place?.rules.has(rule) === true
      if (!isThere) clear(standing, at, at, 'rule')
      else if (extent === 'storm')
        for (const device of standing.body.affected) place?.rules.get(rule)?.stormed.add(device)
    }
    for (const [key, watch] of slow)
      if (watch.rule.premises === premises && place?.rules.has(watch.rule.id) !== true) slow.delete(key)
  }
  /** Whose alarm stands is raised, whatever is remembered of it. */
  function standAgain({ key, state: { machine } }: Watch): void {
    const standing = book.get(key)
    if (standing === undefined || machine.phase === 'raised' || standing.body.conditionClearedAt !== null) return
    machine.phase = 'raised'
    machine.since = standing.body.raisedAt
  }
  const isSlow = (place: Place | null, rule: Id): boolean => {
    const kind = place?.rules.get(rule)?.body.condition.kind
    return kind === 'night-base-load' || kind === 'peak-forecast' || kind === 'main-against-subs'
  }

  // --- start and stop

  async function start(): Promise<void> {
    checkpoint = await readCheckpoint(records)
    await book.load()
    stops.push(
      broker.onReading(onReading),
      broker.onPresence(
        ({ device, premises, state, connected }: { device: Id; premises: Id; state: string; connected?: boolean }) => {
          const way = places.get(premises)?.ways.get(`way ${premises}/${device}`)
          if (way !== undefined) way.isDown = state === 'offline' && connected !== true
        },
      ),
      records.onPapers((changed) => {
        book.noted(changed.filter(({ kind }) => kind === ALARM).map(({ id }) => id))
        reread(changed.flatMap(({ kind, premises }) => (kind === ALARM_RULE && premises !== null ? [premises] : [])))
      }),
      records.onChange((changed) => void placesOf(changed)),
    )
    const ids = new Set<Id>()
    for await (const { premises } of allPapers(records, ALL, ALARM_RULE, { states: ['on'] }))
      if (premises !== null) ids.add(premises)
    for (const { premises } of book.standing()) ids.add(premises)
    await readPlaces([...ids])
    // Of what nothing is remembered but its alarm, the newest reading says whether it is over.
    for (const place of places.values())
      for (const watch of place.watches.values()) if (watch.state.at === 0) standAgain(watch)
    await catchUp({ ...catching(), places, checkpoint })
    for (const place of places.values()) settle(place, null)
    for (const standing of book.standing()) if (!places.has(standing.premises)) clear(standing, now(), now(), 'rule')
    for (const place of places.values()) for (const watch of place.watches.values()) await raiseLost(watch)
    const waiting = queued ?? []
    queued = null
    for (const event of waiting) onReading(event)
    // What changed while it started.
    reread(places.keys())
    const wheel = setInterval(beat, TICK_MS).unref()
    const keeping = setInterval(() => void keep(), limits.alarmCheckpointMs).unref()
    const looking = setInterval(lookAgain, RELOOK_MS).unref()
    // A store into which others write too does not count what comes in.
    const following =
      telemetry.arrivals === undefined
        ? setInterval(() => void followOthers(), limits.alarmFollowMs).unref()
        : undefined
    stops.push(
      () => clearInterval(wheel),
      () => clearInterval(keeping),
      () => clearInterval(looking),
      () => clearInterval(following),
    )
  }

  /** It was raised, and the process ended before that was written; or a person cleared it, and it ended before that was kept. */
  async function raiseLost(watch: Watch): Promise<void> {
    const { machine } = watch.state
    const { rule, device, key } = watch
    if (machine.phase !== 'raised' || book.get(key) !== undefined || (device !== null && rule.stormed.has(device.id)))
      return
    const paper = await records.getPaper(ALL, ALARM, alarmId(key, machine.since))
    if (paper === null) raise(watch, { at: machine.since, flapping: machine.flapping }, now())
    else dismiss(machine, false, now())
  }

  async function placesOf(changed: readonly { kind: string; id: Id }[]): Promise<void> {
    const ids = new Set<Id>()
    for (const { kind, id } of changed) {
      if (kind === 'premises') ids.add(id)
      if (kind !== 'devices') continue
      const before = devices.get(id)?.device.premises
      if (before !== undefined) ids.add(before)
    }
    // A device that is new, or came from elsewhere.
    const unknown = changed.filter(({ kind, id }) => kind === 'devices' && !devices.has(id)).map(({ id }) => id)
    for (let i = 0; i < unknown.length; i += LOOKED_UP) {
      const page = await records.listObjects(ALL, 'devices', { ids: unknown.slice(i, i + LOOKED_UP), limit: LOOKED_UP })
      for (const { value } of page.items) ids.add(value.premises)
    }
    reread([...ids].filter((id) => places.has(id)))
  }

  /** What other nodes have stored is seen as if it came in here; what this one has seen already tells nothing new. */
  let isFollowing = false
  async function followOthers(): Promise<void> {
    if (isFollowing || isStopped || queued !== null) return
    isFollowing = true
    try {
      const known = [...devices.values()].map((entry) => ({ entry, heardAt: entry.heardAt }))
      await catchUp({ ...catching(), places, checkpoint: null })
      for (const { entry, heardAt } of known)
        if (entry.heardAt > heardAt && (entry.network.isOut || entry.way?.isOut === true)) outages.heard(entry, now())
    } catch (error) {
      log.warn('readings of other nodes are not looked at; it is tried again', { error: String(error) })
    } finally {
      isFollowing = false
    }
  }

  /** Once a minute: gateways and bridges that came or went without a word, snoozes that are over, and the day that began. */
  function lookAgain(): void {
    const at = now()
    for (const place of places.values())
      for (const way of place.ways.values())
        if (way.gateway !== null) {
          const standing = broker.bridgeStanding(way.gateway)
          if (standing !== null) way.isDown = standing.state !== 'connected'
        }
    for (const standing of book.standing())
      if (standing.body.snoozedUntil !== null && standing.body.snoozedUntil <= at)
        book.change(standing, ({ body }) =>
          body.snoozedUntil !== null && body.snoozedUntil <= at
            ? { changes: { snoozedUntil: null }, entry: { at, kind: 'snoozed', text: '' } }
            : null,
        )
    reread(places.keys())
  }

  const beat = (): void => {
    timers.advance(now(), fire)
    if (gathering.size > 0 || returned.size > 0) writeGathered(now())
  }

  let kept = ''
  async function keep(): Promise<void> {
    try {
      await book.settled()
      kept = await writeCheckpoint(records, [...places.values()], slow, now(), kept)
    } catch (error) {
      log.warn('what alarm rules wait for is not kept', { error: String(error) })
    }
  }

  return {
    start,
    beat,
    rules: () => [...places.values()].flatMap((place) => [...place.rules.values()]),
    look(id, looks) {
      const rule = rulesById(id)
      const place = rule === undefined ? undefined : places.get(rule.premises)
      if (rule === undefined || place === undefined || queued !== null) return
      const at = now()
      for (const look of looks) {
        const key = `${id}/${look.device ?? ''}`
        const watch: Watch = slow.get(key) ?? slowWatch(key, rule, place, look, at)
        slow.set(key, watch)
        take(watch, takeLook(watch.watcher, watch.state, look, at), at)
      }
    },
    counts() {
      const bySeverity = { info: 0, warning: 0, major: 0, critical: 0 }
      for (const { body } of book.standing()) bySeverity[body.severity]++
      const { raised, cleared, waiting, lastWriteMs } = book.counts()
      const all = [...places.values()]
      return {
        rules: all.reduce((sum, one) => sum + one.rules.size, 0),
        watches: all.reduce((sum, one) => sum + one.watches.size, 0),
        standing: bySeverity,
        raised,
        cleared,
        waiting,
        writeMs: lastWriteMs,
        lagMs,
      }
    },
    async settled() {
      await rereading
      await book.settled()
      await keep()
    },
    async stop(keeps = true) {
      isStopped = true
      for (const step of stops.splice(0)) step()
      await rereading
      await book.stop()
      if (keeps && queued === null) await keep()
    },
  }

  function slowWatch(key: string, rule: Rule, place: Place, look: SlowLook, at: number): Watch {
    const device = look.device === null ? null : (devices.get(look.device) ?? null)
    const state = checkpoint?.watches[key] ?? freshState(at)
    const standing = book.get(key)
    if (standing !== undefined) {
      state.machine.phase = 'raised'
      state.machine.since = standing.body.raisedAt
    }
    const watcher = createSlowWatcher(rule.body, place.premises.timeZone)
    return { kind: 'watch', key, rule, device, watcher, state, dueAt: null, tick: 0 }
  }
}

/** Most readings are already as rules see them, and one more object for each would cost as much as the look. */
function seen(event: LiveReadingEvent): SeenReading {
  const { point, value, at } = event
  return typeof value === 'object' ? { point, value: Number(value.decimal), at } : (event as SeenReading)
}

/** Devices looked up at once. */
const LOOKED_UP = 500
