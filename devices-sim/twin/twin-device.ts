// A simulated device as seen by its twin: takes what is desired of it, does commands once each, renews its firmware, and reports.
import { createFirmware, type FirmwareOptions } from './firmware.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Members = { [key: string]: Json }
export type TwinDeviceOptions = {
  id: string
  /** What it is, as in the library of types; decides which commands it knows. */
  type: string
  /** Publishes with QoS 1 to a topic of its own, without `samtila/v1/{id}/`. */
  say(topic: string, payload: Members): Promise<void>
  /** Simulated now, in milliseconds since 1970. */
  now(): number
  /** Breaks the connection and comes back, as after a restart. */
  restart(): void
  /** How often it measures, in seconds. */
  intervalSeconds: number
  firmware: Omit<FirmwareOptions, 'id' | 'say' | 'installed'> & { version: string }
}
export type TwinDevice = {
  /** What it listens to. */
  readonly subscriptions: readonly string[]
  /** How often it measures now. */
  intervalMs(): number
  /** What a point shows by configuration and commands, instead of what the model says; undefined: as the model says. */
  shown(point: string): number | boolean | undefined
  reported(): Members
  /** How often each command was really done, by id. */
  readonly done: ReadonlyMap<string, number>
  /** It is connected and listens: it tells all of itself. */
  connected(): void
  take(topic: string, payload: Uint8Array): void
  stop(): void
}

/** Results that it remembers, so that a command that comes again is answered and not done again. */
const REMEMBERED = 500
const OPENING = new Set(['door', 'automatic-door', 'locker', 'access-reader', 'video-booth'])

export function createTwinDevice(options: TwinDeviceOptions): TwinDevice {
  const { id, type } = options
  const prefix = `samtila/v1/${id}/`
  const state: Members = { interval: options.intervalSeconds, firmware: options.firmware.version }
  const results = new Map<string, Members>()
  const done = new Map<string, number>()
  const say = (topic: string, payload: Members): void => void options.say(topic, payload).catch(() => {})
  const firmware = createFirmware({
    ...options.firmware,
    id,
    say: (topic, payload) => say(topic, payload),
    installed(version) {
      state['firmware'] = version
      report({ firmware: version })
    },
  })

  function report(members: Members): void {
    Object.assign(state, members)
    say('reported', members)
  }

  /** What it cannot do is left as it was: that shows as drift. */
  function applyDesired({ $version: _version, ...desired }: Members): void {
    const taken = Object.entries(desired).filter(([key, value]) =>
      key === 'interval' ? typeof value === 'number' && value >= 1 && value <= 86_400 : key !== 'firmware',
    )
    report(Object.fromEntries(taken))
  }

  function carryOut(name: string, params: Members): Members {
    switch (name) {
      case 'switch':
        report({ on: params['on'] ?? null })
        return { ok: true, data: { on: state['on'] ?? null } }
      case 'setpoint':
        report({ setpoint: params['celsius'] ?? null })
        return { ok: true, data: { setpoint: state['setpoint'] ?? null } }
      case 'dim':
        report({ brightness: params['percent'] ?? null })
        return { ok: true, data: null }
      case 'lock':
        report({ locked: params['locked'] ?? null })
        return { ok: true, data: null }
      case 'open':
        if (!OPENING.has(type)) return { ok: false, error: 'there is nothing to open' }
        return { ok: true, data: { openSeconds: params['seconds'] ?? 5 } }
      case 'identify':
        return { ok: true, data: null }
      case 'restart':
        setTimeout(options.restart, 50).unref()
        return { ok: true, data: null }
      default:
        return { ok: false, error: `unknown command ${name}` }
    }
  }

  function command(commandId: string, { name, params, expiresAt }: Members): void {
    const known = results.get(commandId)
    if (known !== undefined) return say(`commands/${commandId}/result`, known)
    say(`commands/${commandId}/accepted`, {})
    const isOver = typeof expiresAt === 'string' && Date.parse(expiresAt) <= options.now()
    const members = typeof params === 'object' && params !== null && !Array.isArray(params) ? params : {}
    const result = isOver ? { ok: false, error: 'expired' } : carryOut(typeof name === 'string' ? name : '', members)
    if (!isOver) done.set(commandId, (done.get(commandId) ?? 0) + 1)
    if (results.size >= REMEMBERED) results.delete(results.keys().next().value ?? '')
    results.set(commandId, result)
    say(`commands/${commandId}/result`, result)
  }

  return {
    subscriptions: ['desired', 'commands/+', 'firmware/offer', 'firmware/chunks/+'].map((topic) => prefix + topic),
    intervalMs: () => Number(state['interval']) * 1000,
    shown(point) {
      const value = point === 'running' ? state['on'] : state[point]
      return typeof value === 'number' || typeof value === 'boolean' ? value : undefined
    },
    reported: () => ({ ...state }),
    done,
    connected() {
      say('reported', { ...state })
      firmware.connected()
    },
    take(topic, payload) {
      const own = topic.startsWith(prefix) ? topic.slice(prefix.length) : ''
      if (own.startsWith('firmware/chunks/'))
        return firmware.chunk(Number(own.slice('firmware/chunks/'.length)), payload)
      const members = readMembers(payload)
      if (members === null) return
      if (own === 'desired') applyDesired(members)
      else if (own === 'firmware/offer') firmware.offer(members)
      else if (own.startsWith('commands/')) command(own.slice('commands/'.length), members)
    },
    stop: firmware.stop,
  }
}

function readMembers(payload: Uint8Array): Members | null {
  try {
    const value = JSON.parse(Buffer.from(payload).toString()) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
