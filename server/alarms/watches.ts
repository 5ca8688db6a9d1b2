// What is watched in a premises: each rule at each of its devices, found by device and point; and the ways by which devices come.
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import { normalState, type MachineState } from '#domain/alarms/machine.ts'
import { createWatcher, freshState, silentMs, type Watcher, type WatchState } from '#domain/alarms/watch.ts'
import { watchedDevices } from '#domain/alarms/watched.ts'
import { isKeeper, ownerFields } from '#domain/lifecycle/classification.ts'
import { formatDay } from '#domain/quantity/local-date.ts'
import { dayOfInstant } from '#domain/quantity/period.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Connector, Records, Stored } from '#domain/ports/records.ts'
import { ALL, allPapers, LIST_PAGE } from '#domain/registry/list-all.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import type { Device, Id, LocalDate, Premises } from '#domain/registry/bundle.ts'
import type { Timed } from './timers.ts'

/** Who may see an alarm: whoever sees its premises, these bodies, or the operator alone. */
export type Eyes = 'premises' | 'operator' | readonly Id[]

export type Rule = {
  readonly id: Id
  readonly premises: Id
  readonly body: AlarmRule
  /** Whether a changed rule watches the same: then its states go on. */
  readonly sense: string
  readonly changedAt: number
  /** When it raised lately, for storms. */
  raises: number[]
  /** The devices whose alarms are gathered in one, while it stands. */
  stormed: Set<Id>
}
/** One rule at one device, or at the premises. */
export type Watch = Timed & {
  readonly kind: 'watch'
  readonly key: string
  readonly rule: Rule
  readonly device: DeviceEntry | null
  readonly watcher: Watcher
  state: WatchState
}
/** A way by which devices come: a gateway or bridge, or (without one) the network of the premises. */
export type Way = Timed & {
  readonly kind: 'way'
  readonly key: string
  readonly premises: Id
  readonly gateway: Id | null
  members: DeviceEntry[]
  machine: MachineState
  /** Its outage stands: who is silent behind it is not told by itself. */
  isOut: boolean
  /** Its connection is known to be gone. */
  isDown: boolean
}
export type DeviceEntry = {
  readonly id: Id
  readonly device: Device
  readonly intervalMs: number
  /** When something was received from it; 0: never. */
  heardAt: number
  readonly byPoint: Map<string, Watch[]>
  /** Those that any reading concerns. */
  readonly any: Watch[]
  readonly way: Way | null
  readonly network: Way
  /** Who may see its alarms. */
  readonly audience: Eyes
}
export type Place = {
  readonly premises: Premises
  readonly today: LocalDate
  readonly rules: Map<Id, Rule>
  readonly devices: Map<Id, DeviceEntry>
  readonly watches: Map<string, Watch>
  readonly ways: Map<string, Way>
}

const MEMBER_INTERVAL_MS = 300_000

/** Everything of a premises; null where it is gone or nothing is on. Takes over what `before` knows. */
export async function readPlace(
  records: Records,
  id: Id,
  connectors: readonly Connector[],
  before: Place | null,
  { now, room, stateOf }: { now: number; room: number; stateOf: (key: string) => WatchState | null },
): Promise<{ place: Place | null; left: number }> {
  const premises = await records.getObject(ALL, 'premises', id)
  const papers: StoredPaper<AlarmRule>[] = []
  if (premises !== null)
    for await (const paper of allPapers(records, ALL, ALARM_RULE, { premises: id, states: ['on'] })) papers.push(paper)
  if (premises === null || papers.length === 0) return { place: null, left: 0 }
  const devices = await storedDevices(records, id)
  const today = formatDay(dayOfInstant(now, premises.value.timeZone))
  const place: Place = {
    premises: premises.value,
    today,
    rules: new Map(),
    devices: new Map(),
    watches: new Map(),
    ways: new Map(),
  }
  const gateways = new Map(
    connectors.flatMap(({ credential, deviceMap }) => Object.values(deviceMap).map((device) => [device, credential])),
  )
  const wayOf = (gateway: Id | null): Way => {
    const key = `way ${id}/${gateway ?? ''}`
    const known = place.ways.get(key)
    if (known !== undefined) return known
    const old = before?.ways.get(key)
    const way: Way = old === undefined ? newWay(key, id, gateway, now) : { ...old, members: [], tick: 0 }
    place.ways.set(key, way)
    return way
  }
  for (const { value: device } of devices) {
    const gateway = gateways.get(device.id) ?? null
    const entry: DeviceEntry = {
      id: device.id,
      device,
      intervalMs: silentMs(device) / 3 || MEMBER_INTERVAL_MS,
      heardAt: before?.devices.get(device.id)?.heardAt ?? 0,
      byPoint: new Map(),
      any: [],
      way: gateway === null ? null : wayOf(gateway),
      network: wayOf(null),
      audience: audienceOf(device, today),
    }
    place.devices.set(device.id, entry)
    entry.way?.members.push(entry)
    entry.network.members.push(entry)
  }
  // A gateway that is a device goes silent with those behind it.
  for (const way of place.ways.values()) {
    const own = way.gateway === null ? undefined : place.devices.get(way.gateway)
    if (own !== undefined && !way.members.includes(own)) way.members.push(own)
  }
  const recordedAt = new Map(devices.map(({ value, recordedAt: at }) => [value.id, at]))
  let left = 0
  for (const paper of papers) {
    const rule = ruleOf(paper, before)
    place.rules.set(rule.id, rule)
    for (const device of watchedDevices(
      rule.body,
      [...place.devices.values()].map((one) => one.device),
      today,
    )) {
      if (place.watches.size >= room) {
        left++
        continue
      }
      const entry = place.devices.get(device.id)
      const watcher = createWatcher(rule.body, device, premises.value.timeZone)
      if (entry === undefined || watcher === null) continue
      const key = `${rule.id}/${device.id}`
      const old = before?.watches.get(key)
      const isSame = old !== undefined && old.rule.sense === rule.sense
      const since = Math.max(rule.changedAt, recordedAt.get(device.id) ?? 0)
      const state = isSame ? old.state : ((before === null ? stateOf(key) : null) ?? freshState(since))
      add(place, entry, { kind: 'watch', key, rule, device: entry, watcher, state, dueAt: null, tick: 0 })
    }
  }
  return { place, left }
}

function add(place: Place, entry: DeviceEntry, watch: Watch): void {
  place.watches.set(watch.key, watch)
  const { points } = watch.watcher.probe
  if (points === null) {
    entry.any.push(watch)
    return
  }
  for (const point of points) {
    const watches = entry.byPoint.get(point)
    if (watches === undefined) entry.byPoint.set(point, [watch])
    else watches.push(watch)
  }
}

const newWay = (key: string, premises: Id, gateway: Id | null, now: number): Way => ({
  kind: 'way',
  key,
  premises,
  gateway,
  members: [],
  machine: normalState(now),
  isOut: false,
  isDown: false,
  dueAt: null,
  tick: 0,
})

function ruleOf({ id, premises, body, changedAt }: StoredPaper<AlarmRule>, before: Place | null): Rule {
  const { condition, season, maintenance, flapping } = body
  const sense = JSON.stringify([condition, season ?? null, maintenance ?? null, flapping ?? null])
  const old = before?.rules.get(id)
  return {
    id,
    premises: premises ?? '',
    body,
    sense,
    changedAt,
    raises: old?.raises ?? [],
    stormed: old?.stormed ?? new Set(),
  }
}

async function storedDevices(records: Records, premises: Id): Promise<Stored<Device>[]> {
  const all: Stored<Device>[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<typeof records.listObjects<'devices'>>> = await records.listObjects(ALL, 'devices', {
      premises,
      limit: LIST_PAGE,
      ...(after === undefined ? {} : { after }),
    })
    all.push(...page.items)
    after = page.next
  }
  return all
}

/** Who may see an alarm: of a device whoever may see its readings; of a budget its party; of prices the landlord. */
export function audienceOfAlarm({ body }: Rule, device: DeviceEntry | null, place: Place | undefined): Eyes {
  const { condition } = body
  const landlord = place?.premises.landlord
  if (condition.kind === 'budget-forecast') return ownersOf(condition.party ?? landlord)
  if (condition.kind === 'missing-price') return ownersOf(landlord)
  if (condition.kind !== 'main-against-subs') return device?.audience ?? 'premises'
  const meters = [condition.main, ...condition.subs].map(
    (ref) => place?.devices.get(ref.device)?.audience ?? 'operator',
  )
  return meters.reduce((all, one) => {
    if (all === 'premises') return one
    if (one === 'premises' || typeof all === 'string') return all
    return typeof one === 'string' ? one : all.filter((id) => one.includes(id))
  }, 'premises' as Eyes)
}
const ownersOf = (party: Id | undefined): Eyes => (party === undefined ? 'operator' : [party])

/** Whoever sees the premises, or the keepers alone where its readings are classified. */
function audienceOf(device: Device, today: LocalDate): Eyes {
  if (!ownerFields(device).includes('readings')) return 'premises'
  const keepers = rolesOn(device, today)
    .map(({ organisation }) => organisation)
    .filter((one) => isKeeper(device, new Set([one]), today))
  return keepers.length === 0 ? 'operator' : [...new Set(keepers)]
}
