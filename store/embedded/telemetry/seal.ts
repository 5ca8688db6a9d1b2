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

const keyBytes = new DataView(new ArrayBuffer(64))

function checksum(content: Uint8Array, keys: readonly number[]): number {
  keyBytes.setUint8(0, FORMAT_VERSION)
  for (const [index, key] of keys.entries()) keyBytes.setFloat64(1 + index * 8, key, true)
  return crc32(content, crc32(new Uint8Array(keyBytes.buffer, 0, 1 + keys.length * 8)))
}
