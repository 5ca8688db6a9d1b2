// One connection of a device to any MQTT broker: publishes until acknowledged, reconnects with back-off and jitter.
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'

export type Qos = 0 | 1 | 2
export type LinkOptions = {
  url: string
  clientId: string
  username?: string | undefined
  password?: string | undefined
  /** 4 is MQTT 3.1.1, which every broker speaks; the default. */
  mqttVersion?: 4 | 5
  /** Published by the broker when the connection breaks. */
  will?: { topic: string; payload: string; qos: Qos; retain: boolean }
  /** Topic filters that it listens to, from each connection on. */
  subscriptions?: readonly string[]
  onMessage?: (topic: string, payload: Uint8Array) => void
  /** Called when it listens to all of them. */
  onConnect?: (() => void) | undefined
  onClose?: (() => void) | undefined
  onError?: ((error: Error) => void) | undefined
  /** A number in [0, 1); jitter of the back-off. */
  random?: () => number
}
export type Link = {
  readonly connected: boolean
  /** Messages given and not yet acknowledged. */
  readonly inFlight: number
  /** Resolves when the broker has acknowledged (QoS 1, 2) or the bytes are written (QoS 0); rejects when the link is closed first. */
  publish(topic: string, payload: string | Uint8Array, options: { qos: Qos; retain?: boolean }): Promise<void>
  /** Breaks the connection as a power cut would, without a word to the broker; then reconnects after `reconnectMs` (default: back-off). */
  cut(reconnectMs?: number): void
  /** Says good-bye after the messages in flight are acknowledged, or at once. */
  close(options?: { force?: boolean }): Promise<void>
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
const KEEP_ALIVE_SECONDS = 30
const CLOSE_WAIT_MS = 2_000

/** Opens the connection at once and keeps it until `close`. What is published meanwhile waits in memory and is sent after reconnecting. */
export function openLink(options: LinkOptions): Link {
  const random = options.random ?? Math.random
  let attempts = 0
  let inFlight = 0
  const delayMs = (): number => Math.ceil(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts) * (0.5 + random()))
  const settings: IClientOptions = {
    protocolVersion: options.mqttVersion ?? 4,
    clientId: options.clientId,
    clean: true,
    keepalive: KEEP_ALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: delayMs(),
    resubscribe: false,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.will === undefined ? {} : { will: { ...options.will, payload: Buffer.from(options.will.payload) } }),
  }
  const client: MqttClient = mqtt.connect(options.url, settings)
  client.on('connect', () => {
    attempts = 0
    client.options.reconnectPeriod = delayMs()
    // Without this each small packet waits for the broker's delayed ACK (about 40 ms).
    const stream: { setNoDelay?: (on: boolean) => void } = client.stream as object
    stream.setNoDelay?.(true)
    const { subscriptions = [] } = options
    if (subscriptions.length === 0) options.onConnect?.()
    else client.subscribe([...subscriptions], { qos: 1 }, () => options.onConnect?.())
  })
  client.on('message', (topic, payload) => options.onMessage?.(topic, payload))
  client.on('reconnect', () => {
    attempts = Math.min(attempts + 1, 10)
    client.options.reconnectPeriod = delayMs()
  })
  client.on('close', () => options.onClose?.())
  client.on('error', (error) => options.onError?.(error))
  return {
    get connected() {
      return client.connected
    },
    get inFlight() {
      return inFlight
    },
    publish(topic, payload, { qos, retain = false }) {
      inFlight++
      return new Promise((resolve, reject) => {
        client.publish(
          topic,
          typeof payload === 'string' ? payload : Buffer.from(payload),
          { qos, retain },
          (error) => {
            inFlight--
            if (error instanceof Error) reject(error)
            else resolve()
          },
        )
      })
    },
    cut(reconnectMs) {
      if (reconnectMs !== undefined) client.options.reconnectPeriod = Math.max(1, reconnectMs)
      client.stream.destroy()
    },
    close: ({ force = false } = {}) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => client.end(true, () => resolve()), CLOSE_WAIT_MS)
        client.end(force || !client.connected, () => {
          clearTimeout(timer)
          resolve()
        })
      }),
  }
}
