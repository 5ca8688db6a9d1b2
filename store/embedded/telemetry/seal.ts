// The seal of a stored blob: version byte and CRC-32 over it, the keys it belongs to, and its content.
import { crc32 } from 'node:zlib'
import { DamagedBytes } from './bytes.ts'

export const FORMAT_VERSION = 1
const SEAL_BYTES = 5

/**
 * Content with version and checksum in front. The keys of its row are in the checksum too, so that a blob under a key that
 * is not its own is noticed.
 */
export function seal(content: Uint8Array, keys: readonly number[]): Uint8Array {
  const sealed = new Uint8Array(SEAL_BYTES + content.length)
  sealed[0] = FORMAT_VERSION
  sealed.set(content, SEAL_BYTES)
  new DataView(sealed.buffer).setUint32(1, checksum(content, keys), true)
  return sealed
}

/** The content of a sealed blob. @throws DamagedBytes when version or checksum do not fit. */
export function unseal(sealed: unknown, keys: readonly number[]): Uint8Array {
  if (!(sealed instanceof Uint8Array) || sealed.length < SEAL_BYTES) throw new DamagedBytes('it is no sealed blob')
  if (sealed[0] !== FORMAT_VERSION) throw new DamagedBytes(`its version is ${sealed[0]}`)
  const content = sealed.subarray(SEAL_BYTES)
  const expected = new DataView(sealed.buffer, sealed.byteOffset).getUint32(1, true)
  if (checksum(content, keys) !== expected) throw new DamagedBytes('its checksum does not fit')
  return content
}

/** Room for the version and the keys of a row; made once, because every row passes here. */
const MAX_KEYS = 8
const keyBuffer = new ArrayBuffer(1 + MAX_KEYS * 8)
const keyView = new DataView(keyBuffer)
const keyBytes = Array.from({ length: MAX_KEYS + 1 }, (_, keys) => new Uint8Array(keyBuffer, 0, 1 + keys * 8))
keyView.setUint8(0, FORMAT_VERSION)

function checksum(content: Uint8Array, keys: readonly number[]): number {
  for (let index = 0; index < keys.length; index++) keyView.setFloat64(1 + index * 8, keys[index] as number, true)
  return crc32(content, crc32(keyBytes[keys.length] as Uint8Array))
}
