// A photo from somebody unknown: known by its first bytes, and kept without anything but the picture (no place, camera, time or text).
// JPEG: ISO/IEC 10918-1; PNG: ISO/IEC 15948; WebP: RFC 9649. What does not follow them is refused, and nothing behind the end is kept.
import { Failure } from '#domain/failure.ts'

export type CleanPhoto = {
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp'
  bytes: Buffer
  width: number
  height: number
}

/** @throws Failure 'unsupported-type' for what is no whole JPEG, PNG or WebP, 'too-large' for more pixels than are taken. */
export function cleanPhoto(given: Buffer, maxPixels: number): CleanPhoto {
  const cleaned = cleanJpeg(given) ?? cleanPng(given) ?? cleanWebp(given)
  if (cleaned === null) throw new Failure('unsupported-type', 'The photo is no whole JPEG, PNG or WebP picture.')
  const { width, height } = cleaned
  if (width < 1 || height < 1) throw new Failure('unsupported-type', 'The photo has no size.')
  if (width * height > maxPixels)
    throw new Failure('too-large', `The photo has ${width} × ${height} pixels; ${maxPixels} are taken.`)
  return cleaned
}

type Cleaned = CleanPhoto | null

/** Segments that the picture itself needs: tables, frames, scans; of the applications' own only JFIF and Adobe's colours. */
function cleanJpeg(given: Buffer): Cleaned {
  if (given.length < 4 || given.readUInt16BE(0) !== 0xffd8) return null
  const kept: Buffer[] = [given.subarray(0, 2)]
  let size: { width: number; height: number } | null = null
  let at = 2
  while (at + 4 <= given.length) {
    if (given[at] !== 0xff) return null
    const marker = given[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) break
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) return null
    const length = given.readUInt16BE(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > given.length) return null
    const segment = given.subarray(at, end)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame && length >= 8) size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }
    if (isOfPicture(marker, segment)) kept.push(segment)
    at = end
    if (marker !== 0xda) continue
    const scanEnd = endOfScan(given, at)
    kept.push(given.subarray(at, scanEnd))
    at = scanEnd
  }
  if (size === null || given[at] !== 0xff || given[at + 1] !== 0xd9) return null
  kept.push(given.subarray(at, at + 2))
  return { mediaType: 'image/jpeg', bytes: Buffer.concat(kept), ...size }
}
const isOfPicture = (marker: number, segment: Buffer): boolean => {
  if (marker === 0xe0) return segment.length <= 18 && segment.subarray(4, 9).toString('latin1') === 'JFIF\0'
  if (marker === 0xee) return segment.length <= 16 && segment.subarray(4, 9).toString('latin1') === 'Adobe'
  return !(marker >= 0xe1 && marker <= 0xef) && marker !== 0xfe && marker < 0xf0
}
/** After a scan's data: the next marker that is neither stuffing nor a restart. */
function endOfScan(given: Buffer, from: number): number {
  for (let at = given.indexOf(0xff, from); at >= 0; at = given.indexOf(0xff, at + 1)) {
    const next = given[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at
  }
  return given.length
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'bKGD', 'pHYs', 'sBIT'])
function cleanPng(given: Buffer): Cleaned {
  if (!given.subarray(0, 8).equals(PNG)) return null
  const kept: Buffer[] = [PNG]
  let size: { width: number; height: number } | null = null
  for (let at = 8; at + 12 <= given.length;) {
    const end = at + 12 + given.readUInt32BE(at)
    if (end > given.length) return null
    const type = given.subarray(at + 4, at + 8).toString('latin1')
    if (size === null) {
      if (type !== 'IHDR' || end - at !== 25) return null
      size = { width: given.readUInt32BE(at + 8), height: given.readUInt32BE(at + 12) }
    }
    if (PNG_KEPT.has(type)) kept.push(given.subarray(at, end))
    if (type === 'IEND') return { mediaType: 'image/png', bytes: Buffer.concat(kept), ...size }
    at = end
  }
  return null
}

/** Flags of the extended header that tell of what is not kept: colour profile, Exif, XMP, animation. */
const VP8X_CLEARED = 0b0010_1110
function cleanWebp(given: Buffer): Cleaned {
  const head = given.subarray(0, 12).toString('latin1')
  if (!head.startsWith('RIFF') || !head.endsWith('WEBP') || given.length < 20) return null
  const whole = Math.min(given.length, given.readUInt32LE(4) + 8)
  const kept: Buffer[] = []
  let size: { width: number; height: number } | null = null
  for (let at = 12; at + 8 <= whole;) {
    const type = given.subarray(at, at + 4).toString('latin1')
    const length = given.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (at + 8 + length > whole) return null
    const chunk = given.subarray(at, Math.min(end, whole))
    if (type === 'ANIM' || type === 'ANMF') return null
    if (type === 'VP8X' && length >= 10) {
      const copy = Buffer.from(chunk)
      copy[8] = (copy[8] ?? 0) & ~VP8X_CLEARED & 0xff
      size = { width: 1 + copy.readUIntLE(12, 3), height: 1 + copy.readUIntLE(15, 3) }
      kept.push(copy)
    } else if (type === 'VP8 ' && length >= 10) {
      size ??= { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff }
      kept.push(chunk)
    } else if (type === 'VP8L' && length >= 5) {
      const bits = chunk.readUInt32LE(9)
      size ??= { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
      kept.push(chunk)
    } else if (type === 'ALPH') kept.push(chunk)
    at = end
  }
  if (size === null) return null
  const body = Buffer.concat(kept)
  const header = Buffer.alloc(12)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(body.length + 4, 4)
  header.write('WEBP', 8, 'latin1')
  return { mediaType: 'image/webp', bytes: Buffer.concat([header, body]), ...size }
}
