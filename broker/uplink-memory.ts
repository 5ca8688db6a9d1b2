// The same LoRaWAN frame may come twice, through two gateways or servers or sent again: its readings take the instants of the first,
// so that the store finds them there already. Nothing is dropped here, and the acknowledgement waits as for any other.
import { createHash } from 'node:crypto'
import type { Id } from '#domain/registry/bundle.ts'
import type { Decoded, DecodedReading } from './codecs/codec.ts'

export type UplinkMemory = {
  /** The readings with the instants under which they were read first, if this frame is known. */
  recall(device: Id, decoded: Decoded, receivedAt: number): Decoded
  /** It joined anew, so its counter begins again: what follows is new. */
  joined(device: Id): void
}

type Frame = { counter: number; session: string | null; content: string; at: (number | null)[]; receivedAt: number }

/** Frames remembered of a device, and for how long: later copies are another frame with the same values. */
const FRAMES = 16
const REMEMBERED_MS = 600_000

/** At most `devices` are remembered; the one heard longest ago goes. */
export function createUplinkMemory(devices: number): UplinkMemory {
  const framesOf = new Map<Id, Frame[]>()
  return {
    recall(device, decoded, receivedAt) {
      const { uplink, readings } = decoded
      if (uplink === undefined || readings.length === 0) return decoded
      const { counter, session = null } = uplink
      const content = contentOf(readings)
      const frames = (framesOf.get(device) ?? []).filter((frame) => receivedAt - frame.receivedAt <= REMEMBERED_MS)
      framesOf.delete(device)
      framesOf.set(device, frames)
      const same = frames.find(
        (frame) =>
          frame.counter === counter &&
          frame.content === content &&
          (frame.session === session || frame.session === null || session === null),
      )
      if (same !== undefined) {
        return { ...decoded, readings: readings.map((one, index) => ({ ...one, at: same.at[index] ?? null })) }
      }
      frames.push({ counter, session, content, at: readings.map(({ at }) => at ?? receivedAt), receivedAt })
      if (frames.length > FRAMES) frames.shift()
      if (framesOf.size > devices) {
        const oldest = framesOf.keys().next()
        if (!oldest.done) framesOf.delete(oldest.value)
      }
      return decoded
    },
    joined: (device) => void framesOf.delete(device),
  }
}

function contentOf(readings: readonly DecodedReading[]): string {
  const hash = createHash('sha256')
  for (const { point, value } of readings) hash.update(JSON.stringify([point, value]))
  return hash.digest('base64')
}
