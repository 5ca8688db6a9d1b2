// Sends commands to devices in the words that each speaks, and reads back what became of them.
import { randomUUID } from 'node:crypto'
import type { Connector } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Signal } from '#broker/codecs/codec.ts'
import type { Json } from '#broker/codecs/json.ts'
import type { Directory } from '#broker/directory.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import type { DeviceMessage } from '#broker/publish.ts'
import type { Session, Sessions } from '#broker/session.ts'
import type { SparkplugHost } from '#broker/sparkplug-host.ts'
import { filterCovers } from '#broker/topic-filter.ts'
import { chirpstackDownlink, ttsDownlink } from './families.ts'
import type { DeviceCommand, DownlinkMessage, DownlinkRoute } from './families.ts'
import type { KeptRoutes } from './kept-routes.ts'

/** `via` is the family of the message; `topic` where it went. Answers come as DeviceMessages of use `sent` and `result`. */
export type SentDown =
  | { sent: true; via: string; topic: string }
  | { sent: false; reason: 'unknown-device' | 'not-connected' | 'not-reachable' | 'bad-params'; message: string }
/** Publishes for a gateway that is no connection here (a bridge); false when it cannot at the moment. */
export type Carrier = (topic: string, payload: Uint8Array | string, qos: 0 | 1) => Promise<boolean>

export type Downlinks = {
  /** A device was heard under this key: that is how it is reached. */
  heard(device: Id, connector: Connector, key: string, topic: string): void
  publishToDevice(device: Id, command: DeviceCommand): Promise<SentDown>
  /** The user name by whose connections it is reached: its own, or its gateway's. */
  via(device: Id): Promise<Id>
  /** What became of a command; false when none is waited for under this reference. */
  answered(device: Id, signal: Signal & { kind: 'answer' }): boolean
  /** Sends to the connections of a gateway that subscribed to it, or by its carrier; how many there were. */
  sendToGateway(gateway: Id, topic: string, payload: Uint8Array | string, qos: 0 | 1): Promise<number>
  /** Messages of this gateway's connectors go this way. Gives the way to stop. */
  carry(gateway: Id, carrier: Carrier): () => void
}

type Route = DownlinkRoute & { connector: Connector }
type Pending = { device: Id; command: DeviceCommand; isFinal: boolean }
const THINGSBOARD_RPC = 'v1/devices/me/rpc/request/+'

/** What a connection is subscribed to now: also what a kept session brought along, and no longer what was unsubscribed. */
function filtersOf({ client }: Session): string[] {
  return Object.keys((client as unknown as { subscriptions: Record<string, unknown> }).subscriptions)
}

export function createDownlinks(parts: {
  limits: BrokerLimits
  directory: Directory
  keptRoutes: KeptRoutes
  sessions: Sessions
  sparkplug: () => SparkplugHost
  connectors: () => readonly Connector[]
  freshConnectors(): Promise<void>
  keepsFor(device: Id): Promise<boolean>
  publishNative(topic: string, payload: string): Promise<void>
  /** To a device of an external broker; null where there is none. Whether that broker has it. */
  toExternal: ((topic: string, payload: string) => Promise<boolean>) | null
  /** Whether a device that has no connection here was heard lately. */
  works(device: Id): boolean
  message(message: DeviceMessage): void
}): Downlinks {
  const { limits, sessions } = parts
  const routes = new Map<Id, Route>()
  const pending = new Map<string, Pending>()
  const carriers = new Map<Id, Carrier>()
  /** ThingsBoard's requests are numbered. */
  let requests = 0

  /** From its last message, also before the last start, else from the device map of a connector. */
  async function reach(device: Id, premises: Id): Promise<Route | null> {
    const route = routeOf(device)
    if (route !== null && route.topic !== null) return route
    const kept = await parts.keptRoutes.get(device)
    const connector = parts.connectors().find((one) => one.id === kept?.connector && one.premises === premises)
    return kept === null || connector === undefined ? route : { ...kept, connector }
  }

  function routeOf(device: Id): Route | null {
    const known = routes.get(device)
    if (known !== undefined) {
      const connector = parts.connectors().find(({ id }) => id === known.connector.id)
      if (connector !== undefined) return { ...known, connector }
      routes.delete(device)
    }
    for (const connector of parts.connectors()) {
      for (const [key, id] of Object.entries(connector.deviceMap)) {
        if (id === device) return { connector, key, topic: null }
      }
    }
    return null
  }

  function await_(reference: string, waiting: Pending): void {
    if (pending.size >= limits.pendingCommands) {
      const oldest = pending.keys().next()
      if (!oldest.done) pending.delete(oldest.value)
    }
    pending.set(reference, waiting)
  }

  function tell(use: 'sent' | 'result', { device, command }: Pending, payload: object): void {
    const topic = `samtila/v1/${device}/commands/${command.id}/${use}`
    parts.message({ device, use, topic, payload: Buffer.from(JSON.stringify(payload)) })
  }

  /** To one connection only: these topics name no device, so they are never published for all to match. */
  function sendToSession(session: Session, topic: string, payload: Uint8Array | string, qos: 0 | 1): Promise<void> {
    return new Promise((resolve) => {
      const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain: false, dup: false } as const
      session.client.publish(packet, () => resolve())
    })
  }

  async function sendToGateway(gateway: Id, topic: string, payload: Uint8Array | string, qos: 0 | 1): Promise<number> {
    const carrier = carriers.get(gateway)
    if (carrier !== undefined) return (await carrier(topic, payload, qos)) ? 1 : 0
    const reached = sessions
      .ofDevice(gateway)
      .filter((session) => !session.revoked && filtersOf(session).some((filter) => filterCovers(filter, topic)))
    for (const session of reached) void sendToSession(session, topic, payload, qos)
    return reached.length
  }

  /** The message for a device behind a gateway; a text when it cannot be made. */
  function messageFor({ connector, key, topic }: Route, command: DeviceCommand): DownlinkMessage | string | null {
    const { name, params } = command
    switch (connector.codec) {
      case 'sparkplug-b': {
        const value = typeof params === 'object' && params !== null && 'value' in params ? params['value'] : params
        if (name !== 'rebirth' && (value === null || value === undefined || typeof value === 'object'))
          return 'params.value is no number, boolean or text'
        const message = parts.sparkplug().command(connector.credential, key, name, value as number | boolean | string)
        return typeof message === 'string' ? message : { ...message, reference: randomUUID(), isFinal: true }
      }
      case 'chirpstack':
        return chirpstackDownlink({ key, topic }, params, randomUUID())
      case 'tts':
        return ttsDownlink({ key, topic }, params, `samtila:command:${randomUUID()}`)
      case 'thingsboard': {
        const reference = String(++requests)
        const payload = JSON.stringify({ device: key, data: { id: requests, method: name, params } })
        return { topic: 'v1/gateway/rpc', payload, reference, isFinal: false }
      }
      default:
        return null
    }
  }

  async function sendByConnector(device: Id, route: Route, command: DeviceCommand): Promise<SentDown> {
    const { codec, credential } = route.connector
    const message = messageFor(route, command)
    if (message === null) {
      return { sent: false, reason: 'not-reachable', message: `devices of the family ${codec} are sent nothing` }
    }
    if (typeof message === 'string') return { sent: false, reason: 'bad-params', message }
    await command.beforeSending?.()
    const waiting = { device, command, isFinal: message.isFinal }
    const isAnswered = codec !== 'sparkplug-b'
    if (isAnswered) await_(`${device} ${message.reference}`, waiting)
    const qos = codec === 'sparkplug-b' ? 0 : 1
    const reached = await sendToGateway(credential, message.topic, message.payload, qos)
    if (reached === 0) {
      pending.delete(`${device} ${message.reference}`)
      return {
        sent: false,
        reason: 'not-connected',
        message: `no connection of ${credential} listens to ${message.topic}`,
      }
    }
    if (!isAnswered) tell('sent', waiting, {})
    return { sent: true, via: codec, topic: message.topic }
  }

  async function sendToOwn(device: Id, command: DeviceCommand): Promise<SentDown> {
    const { id, name, params, expiresAt, onlyNow = false } = command
    const open = sessions.ofDevice(device).filter(({ revoked }) => !revoked)
    const moved = open.filter((session) => filtersOf(session).includes(THINGSBOARD_RPC))
    if (moved.length > 0) {
      await command.beforeSending?.()
      const topic = `v1/devices/me/rpc/request/${++requests}`
      await_(`${device} ${requests}`, { device, command, isFinal: false })
      for (const session of moved) void sendToSession(session, topic, JSON.stringify({ method: name, params }), 1)
      return { sent: true, via: 'thingsboard', topic }
    }
    const topic = `samtila/v1/${device}/commands/${id}`
    const expires = expiresAt === null ? null : new Date(expiresAt).toISOString()
    const payload = JSON.stringify({ name, params, expiresAt: expires })
    if (parts.toExternal !== null && open.length === 0 && !(await parts.keepsFor(device))) {
      if (onlyNow && !parts.works(device))
        return { sent: false, reason: 'not-connected', message: 'the device was not heard lately' }
      await command.beforeSending?.()
      if (await parts.toExternal(topic, payload)) return { sent: true, via: 'native', topic }
      return { sent: false, reason: 'not-connected', message: 'the external broker does not take it' }
    }
    if (onlyNow) {
      // One connection, the newest: a device with two of them does it once.
      const listening = open.findLast((session) => filtersOf(session).some((filter) => filterCovers(filter, topic)))
      if (listening === undefined)
        return { sent: false, reason: 'not-connected', message: 'no connection of the device listens to commands' }
      await command.beforeSending?.()
      await sendToSession(listening, topic, payload, 1)
      return { sent: true, via: 'native', topic }
    }
    if (open.length === 0 && !(await parts.keepsFor(device)))
      return { sent: false, reason: 'not-connected', message: 'the device is not connected, and keeps no session' }
    await parts.publishNative(topic, payload)
    return { sent: true, via: 'native', topic }
  }

  return {
    heard(device, connector, key, topic) {
      const known = routes.get(device)
      if (known?.key === key && known.topic === topic && known.connector === connector) return
      if (known === undefined && routes.size >= limits.cachedDevices) {
        const oldest = routes.keys().next()
        if (!oldest.done) routes.delete(oldest.value)
      }
      routes.set(device, { connector, key, topic })
      parts.keptRoutes.heard(device, connector.codec, { connector: connector.id, key, topic })
    },
    async publishToDevice(device, command) {
      const entry = await parts.directory.load(device)
      await parts.freshConnectors()
      if (entry === null) return { sent: false, reason: 'unknown-device', message: 'there is no such device' }
      const route = sessions.ofDevice(device).length > 0 ? null : await reach(device, entry.premises)
      return route === null ? sendToOwn(device, command) : sendByConnector(device, route, command)
    },
    async via(device) {
      const entry = await parts.directory.load(device)
      await parts.freshConnectors()
      return (entry === null ? null : await reach(device, entry.premises))?.connector.credential ?? device
    },
    answered(device, { command: reference, state, data }) {
      const waiting = pending.get(`${device} ${reference}`)
      if (waiting === undefined) return false
      if (state === 'sent' && !waiting.isFinal) {
        tell('sent', waiting, {})
        return true
      }
      pending.delete(`${device} ${reference}`)
      tell('result', waiting, state === 'failed' ? { ok: false, error: data as Json } : { ok: true, data })
      return true
    },
    sendToGateway,
    carry(gateway, carrier) {
      carriers.set(gateway, carrier)
      return () => void (carriers.get(gateway) === carrier && carriers.delete(gateway))
    },
  }
}
