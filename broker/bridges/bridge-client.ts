// One connection to another broker: what it sends is acknowledged there only after it is durable here (MQTT 3.1.1 4.3.2, 4.6.0).
import { connect as connectTcp } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { MqttClient } from 'mqtt'
import type { IClientOptions, IPublishPacket, Packet } from 'mqtt'
import type { Bridge } from '#domain/bridges/bridge.ts'
import { Answers } from '#broker/answers.ts'
import type { Done } from '#broker/answers.ts'
import { allowedLookup } from './address.ts'

export type BridgeSettings = Omit<Bridge, 'password' | 'key'> & { password: string | null; key: string | null }
export type BridgeMessage = { topic: string; payload: Uint8Array; qos: 0 | 1; retained: boolean }
/** What this host says of itself, retained: when it comes, and as its will when it goes. */
export type HostState = { topic: string; online: string; offline: string }
export type BridgeClientParts = {
  settings: BridgeSettings
  /** Null where nobody looks for it. */
  state: HostState | null
  inFlight: number
  /** How long the other broker is asked to keep our session while we are away (MQTT 5), in seconds. */
  sessionSeconds: number
  /** `done(null)` acknowledges; an error leaves the message with the other broker and ends the connection. */
  take(message: BridgeMessage, done: Done): void
  connected(sessionPresent: boolean): void
  /** Once, when it is over, whatever the reason. */
  ended(reason: string | null): void
}
export type BridgeClient = {
  inFlight(): number
  /** Sends to the other broker; true when it has it (QoS 1: acknowledged), false when it cannot or did not. */
  publish(topic: string, payload: Uint8Array | string, qos: 0 | 1, retain?: boolean): Promise<boolean>
  end(): void
}

const CONNECT_MS = 15_000
const KEEP_ALIVE_SECONDS = 60
/** MQTT 5: what we send does not come back to us. With 3.1.1 it may, and is let pass (bridge-intake.ts). */
const NO_LOCAL = true
/** MQTT 5: a subscription that is there already sends its retained messages no second time. */
const RETAINED_IF_NEW = 1
const REFUSED_CODE = 0x80
/** Shared subscriptions (MQTT 5 4.8.2) cannot leave out what this client sent itself. */
const SHARE = '$share/'

export function connectBridge(parts: BridgeClientParts): BridgeClient {
  const { settings } = parts
  const { state } = parts
  const isFive = settings.version === '5'
  const options: IClientOptions = {
    clientId: settings.clientId,
    clean: false,
    // A new client is made for each attempt, by whoever waits between them.
    reconnectPeriod: 0,
    connectTimeout: CONNECT_MS,
    keepalive: KEEP_ALIVE_SECONDS,
    resubscribe: false,
    protocolId: 'MQTT',
    protocolVersion: isFive ? 5 : 4,
    ...(state === null
      ? {}
      : { will: { topic: state.topic, payload: Buffer.from(state.offline), qos: 1, retain: true } }),
    ...(settings.username === null ? {} : { username: settings.username }),
    ...(settings.password === null ? {} : { password: settings.password }),
    ...(isFive
      ? {
          properties: { sessionExpiryInterval: parts.sessionSeconds, receiveMaximum: Math.min(65_535, parts.inFlight) },
        }
      : {}),
  }
  let reason: string | null = null
  let isOver = false
  const why = (error: unknown): void => {
    reason ??= error instanceof Error ? error.message || error.name : String(error)
  }
  let socket: Socket | null = null
  const client = new MqttClient(() => {
    socket = openSocket(settings)
    socket.on('error', why)
    return socket
  }, options)
  const answers = new Answers()
  let unacknowledged = 0
  const sending = new Set<(isSent: boolean) => void>()
  /** Lets the next packet be read, when reading waits for room. */
  let goOn: (() => void) | null = null

  function over(): void {
    if (isOver) return
    isOver = true
    for (const settle of sending) settle(false)
    socket?.destroy()
    client.end(true)
    parts.ended(reason)
  }

  // The client would acknowledge each message before it reads the next: its acknowledgement is taken over, so that many can be under way.
  const ids = new WeakMap<object, number>()
  client.on('packetreceive', (packet: Packet) => {
    if (packet.cmd !== 'publish' || packet.qos === 0) return
    // Subscribed with QoS 1, nothing comes with 2; a broker that does so all the same is not understood.
    if (packet.qos === 2) {
      why('the other broker sends with QoS 2 what was asked for with 1')
      return over()
    }
    ids.set(packet, packet.messageId ?? 0)
    packet.qos = 0
  })
  client.handleMessage = (packet: IPublishPacket, callback) => {
    if (isOver) return callback()
    const messageId = ids.get(packet)
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    const message = { topic: packet.topic, payload, retained: packet.retain }
    unacknowledged++
    const settled = (): void => {
      unacknowledged--
      const next = goOn
      goOn = null
      next?.()
    }
    if (messageId === undefined) {
      parts.take({ ...message, qos: 0 }, settled)
    } else {
      const acknowledge = answers.inOrder((error) => {
        settled()
        if (isOver) return
        if (error == null) return client['_sendPacket']({ cmd: 'puback', messageId, reasonCode: 0 })
        why(error)
        over()
      })
      parts.take({ ...message, qos: 1 }, acknowledge)
    }
    if (unacknowledged < parts.inFlight) callback()
    else goOn = () => callback()
  }

  client.on('connect', ({ sessionPresent }) => {
    const wanted = Object.fromEntries(
      settings.topicFilters.map((filter) => [
        filter,
        { qos: 1, rh: RETAINED_IF_NEW, ...(isFive && !filter.startsWith(SHARE) ? { nl: NO_LOCAL } : {}) },
      ]),
    )
    client.subscribe(wanted as Parameters<MqttClient['subscribe']>[0], (error, granted) => {
      if (isOver) return
      const refused = granted?.find(({ qos }) => Number(qos) >= REFUSED_CODE)
      if (error !== null || refused !== undefined) {
        why(error ?? `the other broker refuses the topic filter ${refused?.topic}`)
        return over()
      }
      if (state !== null) client.publish(state.topic, state.online, { qos: 1, retain: true }, () => {})
      parts.connected(sessionPresent)
    })
  })
  client.on('error', (error) => {
    why(error)
    over()
  })
  client.on('disconnect', (packet) => why(`the other broker ended the connection (reason ${packet.reasonCode ?? 0})`))
  client.on('close', over)

  return {
    inFlight: () => unacknowledged,
    publish: (topic, payload, qos, retain = false) =>
      new Promise((resolve) => {
        if (isOver || !client.connected || sending.size >= parts.inFlight) return resolve(false)
        const settle = (isSent: boolean): void => {
          sending.delete(settle)
          resolve(isSent)
        }
        sending.add(settle)
        client.publish(topic, Buffer.from(payload), { qos, retain }, (error) => settle(error == null))
      }),
    end: over,
  }
}

function openSocket({ host, port, tls, ca, certificate, key }: BridgeSettings): Socket {
  if (!tls) return connectTcp({ host, port, lookup: allowedLookup, noDelay: true })
  return connectTls({
    host,
    port,
    servername: host,
    lookup: allowedLookup,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca === null ? {} : { ca }),
    ...(certificate === null || key === null ? {} : { cert: certificate, key }),
  })
}
