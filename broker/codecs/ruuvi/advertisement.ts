// Finds Ruuvi's data in a Bluetooth advertisement, and tells Ruuvi's bare data from other bytes.
import { lengthOfFormat } from './formats.ts'

/** Type of the part that holds a manufacturer's data, and Ruuvi's number, low byte first. */
const MANUFACTURER_DATA = 0xff
const RUUVI = [0x99, 0x04] as const

export type Advertisement = { data: Uint8Array } | { problem: 'not-ruuvi' | 'truncated' }

/** Ruuvi's data of a whole advertisement (parts of length, type, content), of a manufacturer part, or bare. */
export function findData(bytes: Uint8Array): Advertisement {
  if (bytes[0] === RUUVI[0] && bytes[1] === RUUVI[1]) return sized(bytes.subarray(2))
  if (lengthOfFormat(bytes[0]) === bytes.length) return { data: bytes }
  let at = 0
  while (at < bytes.length) {
    const length = bytes[at] as number
    const type = bytes[at + 1]
    if (length === 0) break
    if (at + 1 + length > bytes.length) return { problem: 'truncated' }
    if (type === MANUFACTURER_DATA && length >= 4 && bytes[at + 2] === RUUVI[0] && bytes[at + 3] === RUUVI[1]) {
      return sized(bytes.subarray(at + 4, at + 1 + length))
    }
    at += 1 + length
  }
  return { problem: 'not-ruuvi' }
}

function sized(data: Uint8Array): Advertisement {
  const length = lengthOfFormat(data[0])
  return length !== null && data.length < length ? { problem: 'truncated' } : { data }
}

/** Whether bytes of unknown topic are Ruuvi's: the mark of the manufacturer, or a format's length with values that can be. */
export function isRuuviData(bytes: Uint8Array): boolean {
  if (lengthOfFormat(bytes[0]) === bytes.length) return isPlausible(bytes)
  const found = findData(bytes)
  return 'data' in found && lengthOfFormat(found.data[0]) === found.data.length
}

function isPlausible(data: Uint8Array): boolean {
  const at = (index: number): number => data[index] as number
  const is16 = (index: number, last: number): boolean => {
    const value = at(index) * 256 + at(index + 1)
    return value <= last || value === 0xffff
  }
  // A random static address has its two highest bits set.
  if (at(0) === 0x05) return at(18) >= 0xc0
  if (at(0) === 0xc5) return at(12) >= 0xc0
  if (at(0) === 0xe1) return at(34) >= 0xc0 && is16(15, 40_000)
  if (at(0) === 0x06) return is16(3, 40_000) && is16(7, 10_000) && is16(9, 40_000)
  return at(1) <= 200 && at(3) <= 99 && is16(12, 3_700) && at(12) >= 6
}
