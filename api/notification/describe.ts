// Looks up what a person may know of what happened, with the sight of the organisation as whose member they are told; null where it sees nothing of it.
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { ENGINE_NAMES, ENGINE_OUTAGE, type EngineOutage } from '#domain/notification/engine-outage.ts'
import { FAULT, type Fault } from '#domain/faults/fault.ts'
import type { Thing } from '#domain/notification/occurrence.ts'
import type { Described } from '#domain/notification/sentence.ts'
import { WEBHOOK, type Webhook } from '#domain/notification/webhook.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import { SERVICE_TASK, type ServiceTask } from '#domain/service/task.ts'

type About = Pick<Described, 'what' | 'value' | 'isOver' | 'path'> & { space: string | null }
type Describe<Body> = (paper: StoredPaper<Body>) => About
/** Remembers what was asked of the records, for one list of things. */
type Look = <T>(key: string, ask: (records: Records) => Promise<T>) => Promise<T>

const alarm: Describe<Alarm> = ({ id, state, body: { name, reason } }) => ({
  what: name,
  value: reason.value === null ? null : { value: reason.value, unit: reason.unit, limit: reason.limit },
  isOver: state === 'cleared',
  space: null,
  path: `/alarms/${id}`,
})
const fault: Describe<Fault> = ({ id, state, body }) => ({
  what: body.what === '' ? null : { [body.language]: body.what },
  value: null,
  isOver: state === 'done' || state === 'closed',
  space: body.space,
  path: `/faults/${id}`,
})
const service: Describe<ServiceTask> = ({ id, state, body }) => ({
  what: body.title,
  value: null,
  isOver: state !== 'open',
  space: body.space,
  path: `/service/tasks/${id}`,
})
const webhook: Describe<Webhook> = ({ id, body }) => ({
  what: { fi: body.name },
  value: null,
  isOver: false,
  space: null,
  path: `/notifications/webhooks/${id}`,
})
const engineOutage: Describe<EngineOutage> = ({ state, body }) => ({
  what: ENGINE_NAMES[body.engine],
  value: null,
  isOver: state === 'back',
  space: null,
  path: '/system',
})
const SOURCES: Readonly<Record<string, Describe<never>>> = {
  [ALARM]: alarm,
  [FAULT]: fault,
  [SERVICE_TASK]: service,
  [WEBHOOK]: webhook,
  [ENGINE_OUTAGE]: engineOutage,
}

/** In the order of the things. */
export async function describeThings(records: Records, things: readonly Thing[]): Promise<(Described | null)[]> {
  const known = new Map<string, Promise<unknown>>()
  const look: Look = (key, ask) => {
    const found = known.get(key) ?? ask(records)
    known.set(key, found)
    return found as ReturnType<typeof ask>
  }
  const described: (Described | null)[] = []
  for (const thing of things) described.push(await describeThing(thing, look))
  return described
}

async function describeThing(thing: Thing, look: Look): Promise<Described | null> {
  const scope: Scope = { organisation: thing.as }
  const { kind, id } = thing.paper
  const describe = SOURCES[kind] as Describe<unknown> | undefined
  const place = `as ${String(thing.as)}`
  const paper = await look(`${place} ${kind} ${id}`, (records) => records.getPaper<unknown>(scope, kind, id))
  if (describe === undefined || paper === null) return null
  const { space, ...about } = describe(paper)
  const premisesId = thing.premises
  const premises =
    premisesId === null
      ? null
      : await look(`${place} premises ${premisesId}`, (records) => records.getObject(scope, 'premises', premisesId))
  const deviceId = thing.device
  const device =
    deviceId === null
      ? null
      : await look(`${place} device ${deviceId}`, (records) => records.getObject(scope, 'devices', deviceId))
  const placeOfDevice = space ?? device?.value.space ?? null
  const house = premises?.value ?? null
  const room = house?.spaces?.find((one) => one.id === placeOfDevice)
  return {
    kind: thing.kind,
    severity: thing.severity,
    at: thing.at,
    reason: thing.reason,
    step: thing.step ?? null,
    ...about,
    premises: house === null ? null : { id: house.id, name: house.name, timeZone: house.timeZone },
    device: device === null ? null : { id: device.value.id, name: device.value.name ?? null },
    space: room === undefined ? null : { id: room.id, name: room.name ?? null },
  }
}
