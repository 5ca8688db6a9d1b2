// What the LoRaWAN network servers' codecs share: the frame of an uplink, read by its model, under the uplink's origin.
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { isJsonObject } from '#broker/codecs/json.ts'
import type { Json } from '#broker/codecs/json.ts'
import { recogniseFrame } from './recognise-model.ts'
import type { UplinkFacts } from './recognise-model.ts'

/** Application payload that LoRaWAN can carry is 242 bytes; joined ones of relays may be longer. */
export const FRAME_BYTES = 1_024
const HEX = /^(?:[0-9a-f]{2})*$/i
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

/** Adds what the frame says; an instant in the frame (history) goes before the uplink's. */
export function addFrame(frame: Uint8Array, facts: UplinkFacts, origin: Origin, gathering: Gathering): void {
  if (frame.length > FRAME_BYTES) {
    gathering.refuse('too-large', `at most ${FRAME_BYTES} bytes in a frame`)
    return
  }
  const { readings, ignored, problems } = recogniseFrame(frame, facts)
  for (const { point, value, unit, at } of readings) {
    gathering.add({ device: origin.device, at: at ?? origin.at }, point, value, unit)
  }
  for (const key of ignored) gathering.ignore(key)
  for (const one of problems) gathering.decoded.problems.push(one)
}

/** The bytes of a hex text, or null when it is none. */
export function bytesOfHex(text: Json | undefined): Uint8Array | null {
  return typeof text === 'string' && HEX.test(text) ? Buffer.from(text, 'hex') : null
}

/** The bytes of a base64 text, or null when it is none. */
export function bytesOfBase64(text: Json | undefined): Uint8Array | null {
  return typeof text === 'string' && BASE64.test(text) ? Buffer.from(text, 'base64') : null
}

/** Texts of these keys, for the names a model may be told by. */
export function textsOf(object: Json | undefined, ...keys: string[]): string[] {
  if (!isJsonObject(object)) return []
  return keys.flatMap((key) => {
    const value = Object.hasOwn(object, key) ? object[key] : undefined
    return typeof value === 'string' && value !== '' ? [value.slice(0, 128)] : []
  })
}

/** A whole number that a JSON number or its text says, or null. */
export function wholeOf(value: Json | undefined): number | null {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null
}

/** An object of the parsed JSON, or an empty one. */
export function objectOf(value: Json | undefined): { [key: string]: Json } {
  return isJsonObject(value) ? value : {}
}
