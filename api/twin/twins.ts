// Keeps the twins: records what devices report, tells them what is desired when it changes and when they come.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import type { JsonObject } from '#domain/twin/field.ts'
import {
  emptyTwin,
  merge,
  TWIN,
  twinState,
  withDesired,
  withReported,
  type Twin,
  type TwinPaper,
} from '#domain/twin/twin.ts'
import type { DeviceMessageEvent, RouteParts } from '#api/parts.ts'

export type Twins = {
  /** The twin as it is, with the version of its paper; 0 when there is none yet. */
  get(device: Id): Promise<{ twin: Twin; version: number }>
  /** The change of papers that makes something desired, to be written with others; null when nothing changes. */
  desire(device: Id, premises: Id, members: JsonObject, by: string): Promise<PaperChange | null>
  /** Writes what is desired and tells the device. @throws Failure 'changed-meanwhile', 'too-large' */
  setDesired(device: Id, premises: Id, members: JsonObject, actor: Actor, version?: number): Promise<TwinPaper | null>
  /** Tells a device what is desired of it. */
  tell(device: Id): Promise<void>
  /** Follows what devices report, after it is written. Gives the way to stop. */
  onReported(listener: (device: Id, reported: JsonObject) => void): () => void
  stop(): Promise<void>
}

const DEVICE: Actor = { kind: 'system', id: 'twins', name: 'Samtila', organisation: null }
const RETRIES = 5
const MAX_KEYS = 200

/** What is known of a device's configuration, for those that ask in ThingsBoard's words. */
export async function configurationOf(
  records: Records,
  device: Id,
): Promise<{ reported: JsonObject | null; desired: JsonObject | null }> {
  const paper = await records.getPaper(ALL, TWIN, device)
  return { reported: paper?.body.reported ?? null, desired: paper?.body.desired ?? null }
}

export function createTwins({ records, broker, limits, now, log }: RouteParts): Twins {
  const pending = new Map<Id, JsonObject>()
  const listeners = new Set<(device: Id, reported: JsonObject) => void>()
  /** The version that was told since this start: what is retained is told by the broker itself. */
  const told = new Map<Id, number>()
  let timer: NodeJS.Timeout | null = null
  let last: Promise<unknown> = Promise.resolve()

  function warn(message: string, device: Id, error?: unknown): void {
    log.warn(message, error instanceof Error ? { device, error: error.message } : { device })
  }

  function follow({ device, use, payload }: DeviceMessageEvent): void {
    if (use !== 'reported') return
    const members = readObject(payload, limits.twinBytes)
    if (members === null) return warn('a reported configuration is no object of JSON, or too large', device)
    pending.set(device, { ...pending.get(device), ...members })
    timer ??= setTimeout(() => {
      timer = null
      last = last.then(flush, flush)
    }, limits.twinWriteMs).unref()
  }

  async function flush(): Promise<void> {
    for (const [device, members] of pending) {
      pending.delete(device)
      try {
        await record(device, members)
        for (const listener of listeners) listener(device, members)
      } catch (error) {
        warn('a reported configuration is not written', device, error)
      }
    }
  }

  async function record(device: Id, members: JsonObject): Promise<void> {
    const stored = await records.getObject(ALL, 'devices', device)
    if (stored === null) return
    for (let attempt = 1; ; attempt++) {
      const { twin, version } = await get(device)
      const reported = withReported(twin, members, now())
      if (reported === twin) return
      if (size(reported.reported) > limits.twinBytes) throw new Failure('too-large', 'More is reported than is kept.')
      try {
        const change = changeOf(reported, stored.value.premises, version, 'twin.reported')
        await records.changePapers({ papers: [change] }, DEVICE, 'twin.reported')
        return
      } catch (error) {
        if (attempt >= RETRIES || !(error instanceof Failure && error.code === 'changed-meanwhile')) throw error
      }
    }
  }

  const get = async (device: Id): Promise<{ twin: Twin; version: number }> => {
    const paper = await records.getPaper(ALL, TWIN, device)
    return paper === null ? { twin: emptyTwin(device), version: 0 } : { twin: paper.body, version: paper.version }
  }

  async function tell(device: Id): Promise<void> {
    const { twin } = await get(device)
    if (twin.desiredVersion === 0 || told.get(device) === twin.desiredVersion) return
    const payload = JSON.stringify({ ...twin.desired, $version: twin.desiredVersion })
    await broker.publish(`samtila/v1/${device}/desired`, payload, { retain: true, qos: 1 })
    told.set(device, twin.desiredVersion)
  }
  const tellArrived = (device: Id): void =>
    void tell(device).catch((error: unknown) => warn('a device is not told what is desired', device, error))

  async function desire(device: Id, premises: Id, members: JsonObject, by: string): Promise<PaperChange | null> {
    const { twin, version } = await get(device)
    const desired = withDesired(twin, members, by, now())
    if (desired === twin) return null
    const keys = Object.keys(desired.desired)
    if (size(desired.desired) > limits.twinBytes || keys.length > MAX_KEYS)
      throw new Failure(
        'too-large',
        `At most ${MAX_KEYS} keys and ${limits.twinBytes} bytes can be desired of a device.`,
      )
    return changeOf(desired, premises, version, 'twin.desired')
  }

  const stops = [
    broker.onDeviceMessage(follow),
    broker.onArrival(tellArrived),
    // With its last credential what is retained for a device goes.
    records.onCredentials((devices) => devices.forEach((device) => told.delete(device))),
  ]
  return {
    get,
    desire,
    tell,
    async setDesired(device, premises, members, actor, expected) {
      const change = await desire(device, premises, members, actor.name)
      if (expected !== undefined && expected !== (change?.expectedVersion ?? (await get(device)).version))
        throw new Failure('changed-meanwhile', 'The twin was changed meanwhile: read it again.')
      if (change !== null) await records.changePapers({ papers: [change] }, actor, 'twin.desired')
      await tell(device)
      return records.getPaper(ALL, TWIN, device)
    },
    onReported(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async stop() {
      for (const stop of stops.splice(0)) stop()
      if (timer !== null) clearTimeout(timer)
      last = last.then(flush, flush)
      await last
    },
  }
}

const size = (members: JsonObject): number => Buffer.byteLength(JSON.stringify(members))

const changeOf = (twin: Twin, premises: Id, expectedVersion: number, action: string): PaperChange => ({
  kind: TWIN,
  paper: { id: twin.device, premises, audience: 'operator', state: twinState(twin), dueAt: null, body: twin },
  expectedVersion,
  action,
})

/** The object that a payload is, without what the platform adds itself; null for anything else. */
export function readObject(payload: Uint8Array, most: number): JsonObject | null {
  if (payload.length > most) return null
  try {
    const value = JSON.parse(Buffer.from(payload).toString()) as unknown
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const members = Object.entries(value as JsonObject).filter(([key]) => key !== '$version' && key !== '__proto__')
    return members.length > MAX_KEYS ? null : merge({}, Object.fromEntries(members))
  } catch {
    return null
  }
}

/** An id made of what may happen once only. */
export const onceId = (prefix: string, ...of: readonly (string | number)[]): Id =>
  `${prefix}-${createHash('sha256').update(of.join(' ')).digest('hex').slice(0, 40)}`
