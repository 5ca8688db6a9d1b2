// What a message tells besides readings: presence, reported configuration, answers to commands, questions for the configuration.
import type { Id } from '#domain/registry/bundle.ts'
import type { Signal } from './codecs/codec.ts'
import type { Json } from './codecs/json.ts'
import type { DeviceEntry } from './directory.ts'
import type { Downlinks } from './downlink/downlinks.ts'
import type { Presence } from './presence.ts'
import type { DeviceMessage } from './publish.ts'
import type { Sessions } from './session.ts'
import type { Telegram } from './telegram.ts'
import type { UplinkMemory } from './uplink-memory.ts'

/** What a device reported of itself, and what is desired of it; null when there is none. */
export type Configuration = { reported: Members | null; desired: Members | null }
type Members = { [key: string]: Json }

export type Signals = {
  /** `entry` is the device that the signal's key stands for. */
  take(telegram: Telegram, entry: DeviceEntry, signal: Signal): void
}

export function createSignals(parts: {
  presence: Presence
  uplinks: UplinkMemory
  downlinks: Downlinks
  sessions: Sessions
  message(message: DeviceMessage): void
  configurationOf(device: Id): Promise<Configuration>
  log: (message: string) => void
}): Signals {
  const { presence, uplinks, downlinks } = parts

  async function reply(telegram: Telegram, entry: DeviceEntry, signal: Signal & { kind: 'question' }): Promise<void> {
    const { reported, desired } = await parts.configurationOf(entry.id)
    const client = chosen(reported, signal.reported)
    const shared = chosen(desired, signal.desired)
    if (telegram.connector === null) {
      const topic = `v1/devices/me/attributes/response/${signal.request}`
      const payload = JSON.stringify({ ...nonEmpty('client', client), ...nonEmpty('shared', shared) })
      await downlinks.sendToGateway(entry.id, topic, payload, 1)
      return
    }
    const values = { ...shared, ...client }
    const [only] = Object.keys(values)
    const found = signal.isSingle ? { value: only === undefined ? null : values[only] } : { values }
    const id = /^\d+$/.test(signal.request) ? Number(signal.request) : signal.request
    const payload = JSON.stringify({ id, device: signal.device, ...found })
    await downlinks.sendToGateway(telegram.sender.device, 'v1/gateway/attributes/response', payload, 1)
  }

  return {
    take(telegram, entry, signal) {
      const { id: device } = entry
      switch (signal.kind) {
        case 'alive':
          return presence.heard(entry.presence, telegram.receivedAt)
        case 'gone':
          return presence.gone(entry.presence)
        case 'joined':
          uplinks.joined(device)
          return presence.heard(entry.presence, telegram.receivedAt)
        case 'reported': {
          presence.heard(entry.presence, telegram.receivedAt)
          const payload = Buffer.from(JSON.stringify(signal.values))
          return parts.message({ device, use: 'reported', topic: telegram.topic, payload })
        }
        case 'answer':
          downlinks.answered(device, signal)
          return
        case 'question':
          reply(telegram, entry, signal).catch((error: unknown) =>
            parts.log(`a configuration could not be told: ${error instanceof Error ? error.message : String(error)}`),
          )
      }
    },
  }
}

/** The wanted members: all when no keys are named. */
function chosen(from: Members | null, keys: readonly string[] | null): Members {
  if (from === null) return {}
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys === null || keys.includes(key)))
}

function nonEmpty(name: string, members: Members): { [key: string]: Members } {
  return Object.keys(members).length === 0 ? {} : { [name]: members }
}
