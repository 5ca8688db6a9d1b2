// What the API is made of: the stores and the broker come in as values, so that it knows neither engine nor protocol.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Severity } from '#domain/alarms/rule.ts'
import type { Bridge } from '#domain/bridges/bridge.ts'
import type { Problem } from '#domain/failure.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Quality, Telemetry, Value } from '#domain/ports/telemetry.ts'
import type { Notifier } from '#domain/ports/notifier.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import type { Trace } from '#domain/ports/trace.ts'
import type { Connector, QuarantinedMessage, Records } from '#domain/ports/records.ts'
import type { SessionsSeen } from './access/identity.ts'
import type { Saw } from './access/saw.ts'
import type { BudgetLook } from './alarms/slow-looks.ts'
import type { ApiLimits } from './limits.ts'

type Say = (message: string, details?: Record<string, unknown>) => void
/** Where the API tells what goes on inside; never secrets, never bodies. */
export type Log = { debug: Say; info: Say; warn: Say; error: Say }

export type PresenceWord = 'works' | 'stale' | 'offline' | 'never'
export type PresenceOf = { state: PresenceWord; lastHeardAt: number | null; connected: boolean }
export type LiveReadingEvent = {
  device: Id
  premises: Id
  point: string
  at: number
  value: Value
  quality: Quality
  simulated: boolean
}
export type LivePresenceEvent = { device: Id; premises: Id; state: PresenceWord; lastHeardAt: number | null }
export type DecodedPayload = {
  codec: string | null
  readings: { device: string | null; point: string; value: Value; unit: string | null; at: number | null }[]
  ignored: string[]
  problems: { code: string; message: string }[]
  declares?: {
    device: string | null
    point: string
    name: string | null
    unit: string | null
    deviceClass: string | null
    stateTopic: string | null
    valueTemplate: string | null
    deviceName?: string | null
    manufacturer?: string | null
    model?: string | null
  }[]
}
/** Since start; `listening` is whether an MQTT listener of its own is open. */
export type BrokerCounts = {
  listening: boolean
  connections: number
  stored: number
  duplicate: number
  superseded: number
  quarantined: number
  acknowledged: number
  /** Readings of QoS 0 messages that nobody could take and nobody will send again, and these messages. */
  lostQos0: number
  messagesLostQos0: number
  /** Messages that had to wait for a store that was away; slowed down by their sender's pace; waiting now. */
  held: number
  delayed: number
  waiting: number
}

/** Of the alarm engine; `raised` and `cleared` since start. */
export type AlarmCounts = {
  rules: number
  /** Rules times devices. */
  watches: number
  standing: Record<Severity, number>
  raised: number
  cleared: number
  /** Changes of alarms that are not written yet. */
  waiting: number
  /** How long the last change waited until it was written, and how late the last alarm was raised. */
  writeMs: number
  lagMs: number
}

export type AlarmsPart = {
  counts(): AlarmCounts
  /** How the running month of a party stands against its budget is computed here, and asked by the engine's job. */
  useBudgets(look: BudgetLook): void
}

/** Deliveries by what became of them since start. */
export type DeliveryCounts = { sent: number; failed: number; dead: number; dropped: number }
/** Since start. */
export type NotificationCounts = {
  occurrences: number
  notices: number
  /** To listeners by MQTT. */
  published: number
  escalations: number
  mail: DeliveryCounts
  webhook: DeliveryCounts
}

/** A message of a gateway or bridge that is watched; `payload` is its beginning where it is long. */
export type WatchedEvent = {
  topic: string
  payload: Uint8Array
  truncated: boolean
  receivedAt: number
  /** The connector that covers it, with how it reads. */
  connector: Id | null
  codec: string | null
  mapping: string | null
  /** Messages left out before this one, because they came too fast. */
  skipped: number
}
export type BridgeStanding = {
  state: 'connecting' | 'connected' | 'waiting' | 'off'
  connectedSince: number | null
  lastMessageAt: number | null
  lastError: string | null
  lastErrorAt: number | null
  messages: number
  inFlight: number
  retryAt: number | null
}

export type ListenerAddress = { host: string; port: number }
/** What a device said besides readings, or became of a command to it (docs/PROTOCOL.md, Commands). */
export type DeviceMessageEvent = {
  device: Id
  use: 'reported' | 'sent' | 'result' | 'firmware'
  topic: string
  payload: Uint8Array
}

/** What the API asks of the broker. */
export type BrokerPart = {
  /** Takes the upgrade of `/mqtt`. */
  handleWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): void
  counts(): BrokerCounts
  presence(device: Id): PresenceOf
  /** Of all devices of a premises: when one was heard last, and a number that grows with every change of the state of one. */
  presenceAt(premises: Id): { lastHeardAt: number | null; changes: number }
  /** When a credential was last used since this start, and whether a connection uses it now. */
  useOfCredential(device: Id, credential: Id): { lastUsedAt: number | null; connected: boolean }
  /** How the nodes are; null for one alone. */
  cluster(): { redis: boolean; others: boolean; dropped: number } | null
  /** How the worker of an external broker stands; null where there is none. */
  externalStanding(): { connectedSince: number | null; inFlight: number; messages: number } | null
  /** The addresses on which MQTT listens; null where it doesn't. */
  listeners(): { tcp: ListenerAddress | null; tls: ListenerAddress | null }
  /** Follows readings as they become durable. Gives the way to stop; nobody following costs nothing. */
  onReading(listener: (event: LiveReadingEvent) => void): () => void
  onPresence(listener: (event: LivePresenceEvent) => void): () => void
  /** Follows devices whose undeclared points were stored as proposals. Gives the way to stop. */
  onProposals(listener: (devices: ReadonlySet<Id>) => void): () => void
  /** What is wrong with the filter, codec or mapping of a connector, with JSON Pointers into it. */
  checkConnector(connector: Pick<Connector, 'topicFilter' | 'codec' | 'mapping'>): Problem[]
  /** The payload families by name, `mapped` among them. */
  codecs(): readonly string[]
  /** Whether a topic filter covers a topic. */
  covers(topicFilter: string, topic: string): boolean
  /** Watches what a gateway or bridge sends under a filter. Gives the way to stop. */
  watch(gateway: Id, topicFilter: string, listener: (event: WatchedEvent) => void): () => void
  /** What is wrong with a bridge (its secrets open), with JSON Pointers into it. */
  checkBridge(bridge: Bridge): Problem[]
  /** How a bridge stands; null when this process runs none. */
  bridgeStanding(id: Id): BridgeStanding | null
  /** Resolves when what was being read is in the store or the quarantine, and unknown devices are written. */
  settled(): Promise<void>
  /** A connector was changed: it counts from the next message on. */
  refreshConnectors(): void
  /** Sends a command to a device in the words that it speaks; what becomes of it comes by `onDeviceMessage`. */
  publishToDevice(
    device: Id,
    command: {
      id: Id
      name: string
      params: unknown
      expiresAt: number | null
      /** Only to a connection that listens at this moment. */
      onlyNow?: boolean
      /** Awaited right before it goes out. */
      beforeSending?: () => Promise<void>
    },
  ): Promise<{ sent: true; via: string; topic: string } | { sent: false; reason: string; message: string }>
  /** Sends a message of the platform's own topics to a device; only `desired` is retained. */
  publish(topic: string, payload: Uint8Array | string, options: { retain: boolean; qos: 0 | 1 }): Promise<void>
  /** Follows devices that begin to listen to what is sent to them, each time that they come. Gives the way to stop. */
  onArrival(listener: (device: Id) => void): () => void
  /** What another broker asks that lets devices in by our credentials; rejects while the records are unavailable. */
  asked: {
    mayConnect(userName: string, password: string, clientId: string | null): Promise<boolean>
    mayUse(userName: string, clientId: string | null): Promise<boolean>
    mayPublish(userName: string, topic: string): Promise<boolean>
    maySubscribe(userName: string, filter: string): Promise<boolean>
    mayReceive(userName: string, topic: string): Promise<boolean>
  }
  /** Whether user name and password are a device's valid credential. */
  knowsDevice(userName: string, password: string): Promise<boolean>
  /** Follows what devices say besides readings. Gives the way to stop. */
  onDeviceMessage(listener: (event: DeviceMessageEvent) => void): () => void
  /** What a payload would be read as; never throws. */
  decode(wanted: {
    topic: string
    payload: Uint8Array
    codec: string | null
    /** A JSONata expression for the codec mapped. */
    mapping: string | null
    receivedAt: number
  }): Promise<DecodedPayload>
  /** Reads quarantined messages again in this order, as received then; gives for each why it still can't be used. */
  replay(messages: readonly QuarantinedMessage[]): Promise<{ stored: number; refused: string | null }[]>
}

export type ApiSettings = {
  dataFolder: string
  http: { host: string; port: number }
  tls: { cert: Buffer | string; key: Buffer | string } | null
  /** The address by which people reach the dashboard, without a slash at its end. */
  publicUrl: string
  /** Hosts beyond the public internet to which webhooks may go; absent: none. */
  webhookHosts?: readonly string[]
  /** The token by which another broker asks, and the account of the worker that takes its messages in; absent: nobody is answered. */
  brokerAuth?: { token: string; worker: { userName: string; password: string } | null }
  /** Every setting as the operator sees it, without secrets; absent where none were read. */
  inForce?: readonly { name: string; value: string | null; set: boolean; text: string }[]
  /** Limits by name (api/limits.ts); what is absent has its default. */
  limits: Readonly<Record<string, number>>
}

/** Work that comes again: by the server's table of jobs, on the node that leads, or on each one of its own. */
export type RecurringWork = {
  name: string
  everyMs: number
  /** How long after the start it runs first; the same as `everyMs` if absent. */
  firstMs?: number
  everywhere?: true
  run(now: number): Promise<unknown>
}

export type ApiParts = {
  settings: ApiSettings
  records: Records
  telemetry: Telemetry
  broker: BrokerPart
  /** Sends e-mail; absent where nothing is sent. */
  notifier?: Notifier
  /** The alarm engine; absent where this process runs none. */
  alarms?: AlarmsPart
  /** What notification did; absent where this process does none. */
  notification?: { counts(): NotificationCounts }
  /** Keeps secrets that must be read again. */
  sealer: Sealer
  /** The parts of the API put their recurring work here; it runs from when the server listens. */
  recurring: RecurringWork[]
  /** Since when a server of the records does not answer (ms); null while it does, or where there is none. */
  recordsAwaySince?: () => number | null
  /** Takes traces; absent or null where nobody does. */
  trace?: Trace | null
  /** Milliseconds since 1970. */
  now: () => number
  log: Log
  /** Folder with the built dashboard; it may be missing. */
  dashboardFolder: string
}
/** What every route gets: the parts with the limits in force and the version of this program. */
export type RouteParts = ApiParts & { limits: ApiLimits; version: string; sessionsSeen: SessionsSeen; saw: Saw }
