// The command line of the load generator: every option in one table, read strictly, refused with one sentence.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Disturbance, parseDisturbances } from '#sim/disturbances/parse-disturbances.ts'
import type { DeviceCredential } from '#sim/live/start-simulator.ts'
import type { Qos } from '#sim/live/mqtt-link.ts'

export type LoadOptions = {
  url: string
  devices: number
  /** Messages per second of the whole fleet; 0 is as fast as the broker acknowledges. */
  rate: number
  connections: number
  readings: number
  qos: Qos
  mqttVersion: 4 | 5
  username?: string | undefined
  password?: string | undefined
  credentials: DeviceCredential[] | null
  topic: string
  format: 'native' | 'senml'
  seed: number
  durationMs: number | null
  /** Messages of one connection that may wait for their acknowledgement. */
  inFlight: number
  disturbances: readonly Disturbance[]
}

const OPTIONS = {
  url: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
  devices: { type: 'string', default: '100' },
  rate: { type: 'string', default: '100' },
  connections: { type: 'string' },
  readings: { type: 'string', default: '4' },
  qos: { type: 'string', default: '1' },
  'mqtt-version': { type: 'string', default: '4' },
  username: { type: 'string' },
  password: { type: 'string' },
  credentials: { type: 'string' },
  topic: { type: 'string', default: 'samtila/v1/{device}/telemetry' },
  format: { type: 'string', default: 'native' },
  seed: { type: 'string', default: '1' },
  duration: { type: 'string' },
  'in-flight': { type: 'string', default: '20' },
  disturb: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

export const USAGE = `npm run sim -- [options]     loads an MQTT broker with a simulated fleet

  --url URL              broker: mqtt://, mqtts://, ws:// or wss://       (mqtt://127.0.0.1:1883)
  --devices N            devices of the fleet                            (100)
  --rate N               messages per second in all; 0: as fast as acknowledged  (100)
  --connections N        sockets; devices share them                     (one a device, at most 1000)
  --readings N           readings in a message                           (4)
  --qos 0|1|2            quality of service                              (1)
  --mqtt-version 4|5     4 is MQTT 3.1.1                                 (4)
  --username, --password one credential for all connections
  --credentials FILE     JSON [{"device","username","password"}]: one connection a device
  --topic TEMPLATE       with {device}                                   (samtila/v1/{device}/telemetry)
  --format native|senml  payload                                         (native)
  --in-flight N          unacknowledged messages of a connection         (20)
  --duration SECONDS     ends by itself                                  (until Ctrl-C)
  --seed N               another seed, another fleet                     (1)
  --disturb LIST         loss=0.01,duplicate=0.02,reorder=0.05,skew=30s,spike=0.001,stuck=60s,
                         outage=10s,power-cut=10s,reset=10s,meter-change=10s,roll-over=1000,herd=20s
                         (times count from the start; outage, power-cut and stuck last 10 s)
`

/** A wrong option: what was given, and what would be right. */
export class OptionError extends Error {}

const MAX_DEVICES = 100_000
const MAX_CONNECTIONS = 20_000
const DEFAULT_CONNECTIONS = 1000

/** Reads the arguments; null when help is asked for. Throws OptionError with one sentence. `now` is the start, for disturbances. */
export function parseLoadOptions(args: readonly string[], now: number): LoadOptions | null {
  const values = readArguments(args)
  if (values.help) return null
  const devices = integer('devices', values.devices, 1, MAX_DEVICES)
  const credentials = values.credentials === undefined ? null : readCredentials(values.credentials)
  const count = credentials?.length ?? devices
  const connections =
    values.connections === undefined
      ? credentials === null
        ? Math.min(count, DEFAULT_CONNECTIONS)
        : count
      : integer('connections', values.connections, 1, MAX_CONNECTIONS)
  if (credentials !== null && connections !== count)
    throw new OptionError('--connections does not go with --credentials: each device has its own connection.')
  if (credentials !== null && values.username !== undefined)
    throw new OptionError('Give either --credentials or --username, not both.')
  if (!values.topic.includes('{device}')) throw new OptionError(`--topic ${values.topic}: the template needs {device}.`)
  if (!/^(mqtts?|wss?|tcp|ssl):\/\/[^/]+/.test(values.url))
    throw new OptionError(`--url ${values.url}: give mqtt://host:port (or mqtts, ws, wss).`)
  return {
    url: values.url,
    devices: count,
    rate: integer('rate', values.rate, 0, 1_000_000),
    connections: Math.min(connections, count),
    readings: integer('readings', values.readings, 1, 1000),
    qos: oneOf('qos', values.qos, { '0': 0, '1': 1, '2': 2 } as const),
    mqttVersion: oneOf('mqtt-version', values['mqtt-version'], { '4': 4, '3.1.1': 4, '5': 5 } as const),
    username: values.username,
    password: values.password,
    credentials,
    topic: values.topic,
    format: oneOf('format', values.format, { native: 'native', senml: 'senml' } as const),
    seed: integer('seed', values.seed, 0, 2 ** 31 - 1),
    durationMs: values.duration === undefined ? null : integer('duration', values.duration, 1, 7 * 86_400) * 1000,
    inFlight: integer('in-flight', values['in-flight'], 1, 1000),
    disturbances: disturbancesOf(values.disturb, now),
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values
  } catch (error) {
    throw new OptionError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

function disturbancesOf(text: string | undefined, now: number): readonly Disturbance[] {
  const parsed = parseDisturbances(text ?? '', now)
  if (typeof parsed === 'string') throw new OptionError(`--disturb: ${parsed}`)
  return parsed
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new OptionError(`--${name} ${text}: give a whole number from ${least} to ${most}.`)
  return value
}

function oneOf<T>(name: string, text: string, choices: Readonly<Record<string, T>>): T {
  const value = Object.hasOwn(choices, text) ? choices[text] : undefined
  if (value === undefined) throw new OptionError(`--${name} ${text}: give ${Object.keys(choices).join(' or ')}.`)
  return value
}

function readCredentials(file: string): DeviceCredential[] {
  let list: unknown
  try {
    list = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new OptionError(`--credentials ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const isCredential = (each: unknown): each is DeviceCredential =>
    typeof each === 'object' &&
    each !== null &&
    ['device', 'username', 'password'].every((key) => typeof (each as Record<string, unknown>)[key] === 'string')
  if (!Array.isArray(list) || list.length === 0 || !list.every(isCredential)) {
    throw new OptionError(`--credentials ${file}: give a JSON array of {"device","username","password"}.`)
  }
  if (list.length > MAX_CONNECTIONS) throw new OptionError(`--credentials ${file}: at most ${MAX_CONNECTIONS} devices.`)
  return list
}
