// The live drive: every device of a bundle on its own connection, publishing as often as it is expected to be heard.
import type { Bundle, Device } from '#domain/registry/bundle.ts'
import type { Disturbance } from '#sim/disturbances/disturbance.ts'
import { disturbDelivery, disturbReadings } from '#sim/disturbances/disturbance.ts'
import { createFleet, type Fleet, type SimReading } from '#sim/fleet.ts'
import { hashName, randomAt, randomStream } from '#sim/random.ts'
import { encodeNative, statusTopic, telemetryTopic } from '#sim/wire/native.ts'
import { createTwinDevice, type TwinDevice } from '#sim/twin/twin-device.ts'
import type { Mishap } from '#sim/twin/firmware.ts'
import { openLink, type Link } from './mqtt-link.ts'

export type DeviceCredential = { device: string; username: string; password: string }
export type SimulatorOptions = {
  url: string
  bundle: Bundle
  /** Devices without a credential stay silent. */
  credentials: readonly DeviceCredential[]
  /** The clock; readings are stamped with it. */
  now?: () => number
  /** How many times faster than the clock simulated time runs from the start on; 1 is live. */
  speed?: number
  seed?: number
  /** A fleet that is already counted (as `backfill` has used), instead of one made from the bundle and seed. */
  fleet?: Fleet
  mqttVersion?: 4 | 5
  disturbances?: readonly Disturbance[]
  onError?: (device: string, error: Error) => void
  /** Devices obey: configuration, commands, firmware. Absent: they only send. */
  steered?: {
    /** Where the platform answers HTTP, for downloads. */
    httpUrl: string
    /** The maker's Ed25519 key in base64 that images must be signed by; null: any. */
    trustedKey?: string | null
    firmwareVersion?: string
    /** By default one device in sixteen fails by its seed at the first attempt, and one in thirty-two goes back to what it had. */
    mishap?: (device: string, version: string, attempt: number) => Mishap
  }
}
export type SimulatorState = {
  devices: number
  connected: number
  published: number
  acknowledged: number
  errors: number
  lastError: string | null
}
export type Simulator = {
  fleet: Fleet
  state(): SimulatorState
  /** Simulated now (ms). */
  now(): number
  /** A device as its twin sees it; null where it is not steered. */
  twin(device: string): TwinDevice | null
  /** Breaks every connection at once; all come back after `reconnectMs` together: a thundering herd. */
  herd(reconnectMs: number): void
  /** Publishes "offline", closes every connection and stops. */
  stop(): Promise<void>
}

const DEFAULT_INTERVAL_MS = 60_000
/** A device speaks at most this long after the instant that it measured, so that the fleet is spread over the minute. */
const SPREAD_MS = 50_000
/** Messages of one device that may wait for acknowledgement; more are dropped at the device, as its memory is small. */
const MAX_WAITING = 100
/** How long a device is away when it starts anew. */
const RESTART_MS = 1_500

/** expectedInterval as ms; a device that says none is heard every minute. */
export function intervalMs(device: Device): number {
  return device.expectedInterval === undefined
    ? DEFAULT_INTERVAL_MS
    : Temporal.Duration.from(device.expectedInterval).total('milliseconds')
}

/** Whether its readings belong on whole intervals, so that a month's first and last instant is measured, not interpolated. */
const isMeter = (device: Device): boolean =>
  (device.points ?? []).some((point) => point.kind === 'counter' || point.kind === 'interval')

export function startSimulator(options: SimulatorOptions): Simulator {
  const clock = options.now ?? Date.now
  const speed = options.speed ?? 1
  const seed = options.seed ?? 1
  const fleet = options.fleet ?? createFleet(options.bundle, { seed })
  const startedAt = clock()
  const now = (): number => startedAt + (clock() - startedAt) * speed
  const state = { published: 0, acknowledged: 0, errors: 0, lastError: null as string | null }
  const credentials = new Map(options.credentials.map((credential) => [credential.device, credential]))
  const links = new Map<string, Link>()
  const twins = new Map<string, TwinDevice>()
  const timers = new Set<NodeJS.Timeout>()
  const random = randomStream(hashName(seed, 'disturbances'))
  let stopped = false

  const fail = (device: string, error: Error): void => {
    state.errors++
    state.lastError = `${device}: ${error.message}`
    options.onError?.(device, error)
  }
  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (!stopped) run()
    }, ms)
    timers.add(timer)
  }
  function send(device: Device, link: Link, payload: string): void {
    if (link.inFlight >= MAX_WAITING) {
      fail(device.id, new Error('too many unacknowledged messages'))
      return
    }
    state.published++
    link.publish(telemetryTopic(device.id), payload, { qos: 1 }).then(
      () => state.acknowledged++,
      (error: Error) => {
        if (!stopped) fail(device.id, error)
      },
    )
  }
  /** Measures at `at`, then sends at the device's place in the spread; then the next interval. */
  function run(device: Device, link: Link, at: number, usualMs: number, spreadMs: number): void {
    const twin = twins.get(device.id)
    const everyMs = twin?.intervalMs() ?? usualMs
    const readings = disturbReadings(device, sample(device, at), options.disturbances ?? [], random)
    if (readings.length > 0) {
      for (const delayMs of disturbDelivery(now(), options.disturbances ?? [], random)) {
        if (delayMs === 0) send(device, link, encodeNative(readings))
        else later(delayMs / speed, () => send(device, link, encodeNative(readings)))
      }
    }
    // After a pause of the process the missed instants are not made up one by one: the next one counts.
    const next = Math.max(at + everyMs, Math.floor((now() - spreadMs) / everyMs) * everyMs)
    later(Math.max(0, next + spreadMs - now()) / speed, () => run(device, link, next, usualMs, spreadMs))
  }
  /** What it measures, and what it was set to. */
  function sample(device: Device, at: number): SimReading[] {
    const twin = twins.get(device.id)
    return fleet
      .sample(device.id, at)
      .map((reading) => ({ ...reading, value: twin?.shown(reading.point) ?? reading.value }))
  }
  function createTwin(device: Device, { username, password }: DeviceCredential): TwinDevice | null {
    if (options.steered === undefined) return null
    const { httpUrl, trustedKey = null, firmwareVersion = '1.0.0', mishap } = options.steered
    const id = device.id
    return createTwinDevice({
      id,
      type: device.type ?? '',
      say: (topic, payload) =>
        links.get(id)?.publish(`samtila/v1/${id}/${topic}`, JSON.stringify(payload), { qos: 1 }) ?? Promise.resolve(),
      now,
      restart: () => links.get(id)?.cut(RESTART_MS),
      intervalSeconds: intervalMs(device) / 1000,
      firmware: {
        version: firmwareVersion,
        via: hashName(seed, `firmware:${username}`) % 2 === 0 ? 'http' : 'mqtt',
        httpUrl,
        password,
        trustedKey,
        mishap: (version, attempt) => (mishap ?? mishapBySeed)(id, version, attempt),
      },
    })
  }
  function mishapBySeed(device: string, version: string, attempt: number): Mishap {
    const lot = hashName(seed, `mishap:${device}:${version}`) % 32
    return lot === 0 ? 'rolled-back' : lot < 3 && attempt === 1 ? 'damaged' : null
  }
  function connect(device: Device, credential: DeviceCredential): void {
    const twin = createTwin(device, credential)
    if (twin !== null) twins.set(device.id, twin)
    const link = openLink({
      url: options.url,
      clientId: credential.username,
      username: credential.username,
      password: credential.password,
      mqttVersion: options.mqttVersion ?? 4,
      will: { topic: statusTopic(device.id), payload: 'offline', qos: 1, retain: true },
      subscriptions: twin?.subscriptions ?? [],
      onMessage: (topic, payload) => twin?.take(topic, payload),
      onConnect: () => {
        link.publish(statusTopic(device.id), 'online', { qos: 1, retain: true }).catch(() => {})
        twin?.connected()
      },
      onError: (error) => fail(device.id, error),
    })
    links.set(device.id, link)
    const everyMs = intervalMs(device)
    const spreadMs = Math.floor(randomAt(hashName(seed, device.id), 0) * Math.min(SPREAD_MS, everyMs * 0.8))
    const first = isMeter(device) ? Math.ceil(now() / everyMs) * everyMs : now()
    // A device that has just come up shows its state at once; meters also measure on the next whole interval.
    later(spreadMs / 10 / speed, () => send(device, link, encodeNative(sample(device, Math.floor(now())))))
    later(Math.max(0, first + spreadMs - now()) / speed, () => run(device, link, first, everyMs, spreadMs))
  }
  for (const device of fleet.devices) {
    const credential = credentials.get(device.id)
    if (credential !== undefined) connect(device, credential)
  }
  return {
    fleet,
    now,
    twin: (device) => twins.get(device) ?? null,
    state: () => ({
      ...state,
      devices: links.size,
      connected: [...links.values()].filter((link) => link.connected).length,
    }),
    herd: (reconnectMs) => links.forEach((link) => link.cut(reconnectMs)),
    async stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      for (const twin of twins.values()) twin.stop()
      await Promise.all(
        [...links].map(async ([device, link]) => {
          if (link.connected) {
            const goodbye = link.publish(statusTopic(device), 'offline', { qos: 1, retain: true }).catch(() => {})
            await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, 1000).unref())])
          }
          await link.close()
        }),
      )
    },
  }
}
