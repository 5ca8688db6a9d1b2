// The Norwegian HAN port: HDLC frames (ISO/IEC 13239) that carry a DLMS data notification.
import type { Gathering } from '#broker/codecs/gathering.ts'
import { crcOfFrame } from './crc.ts'
import { readNotification } from './dlms.ts'
import { addLists } from './han-lists.ts'

const FLAG = 0x7e
const SEGMENTED = 0x08
/** Destination, source, the command, then the notification's tag. */
const LLC = [0xe6, 0xe7, 0x00]
/** Segments of one notification. */
const SEGMENTS = 16

type Frame = { info: Uint8Array; isSegmented: boolean; end: number }

export function isFrame(bytes: Uint8Array): boolean {
  return bytes[0] === FLAG && ((bytes[1] ?? 0) & 0xf0) === 0xa0 && bytes.length > 8
}

/** Adds the readings of all frames; the first broken one ends the message. */
export function addFrames(bytes: Uint8Array, gathering: Gathering): void {
  let segments: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] !== FLAG || bytes[at + 1] === FLAG || at + 1 === bytes.length) {
      if (bytes[at] !== FLAG) return gathering.refuse('wrong-shape', 'a frame begins and ends with 7E')
      at++
      continue
    }
    const frame = readFrame(bytes, at)
    if (typeof frame === 'string') {
      return gathering.refuse(frame, frame === 'truncated' ? 'the frame is shorter than its length field' : undefined)
    }
    at = frame.end
    segments.push(frame.info)
    if (segments.length > SEGMENTS) return gathering.refuse('too-large', `at most ${SEGMENTS} segments`)
    if (frame.isSegmented) continue
    const problem = addNotification(Buffer.concat(segments), gathering)
    if (problem !== null) return gathering.refuse('wrong-shape', problem)
    segments = []
  }
  if (segments.length > 0) gathering.refuse('truncated', 'the last segment is missing')
}

function readFrame(bytes: Uint8Array, start: number): Frame | 'truncated' | 'bad-checksum' | 'wrong-shape' {
  const high = bytes[start + 1] as number
  const length = ((high & 0x07) << 8) | (bytes[start + 2] ?? 0)
  if ((high & 0xf0) !== 0xa0 || length < 8) return 'wrong-shape'
  const end = start + 1 + length
  if (end >= bytes.length) return 'truncated'
  if (bytes[end] !== FLAG) return 'wrong-shape'
  const sumAt = (index: number): number => (bytes[index] as number) | ((bytes[index + 1] as number) << 8)
  if (crcOfFrame(bytes.subarray(start + 1, end - 2)) !== sumAt(end - 2)) return 'bad-checksum'
  let at = start + 3
  // Two addresses; the last byte of each has its lowest bit set.
  for (let address = 0; address < 2; address++) {
    while (at < end && ((bytes[at] as number) & 1) === 0) at++
    at++
  }
  const control = at
  if (control + 3 > end - 2) return 'wrong-shape'
  if (crcOfFrame(bytes.subarray(start + 1, control + 1)) !== sumAt(control + 1)) return 'bad-checksum'
  return { info: bytes.subarray(control + 3, end - 2), isSegmented: (high & SEGMENTED) !== 0, end }
}

function addNotification(info: Uint8Array, gathering: Gathering): string | null {
  if (!LLC.every((byte, index) => info[index] === byte)) return 'no DLMS data notification in the frame'
  const notification = readNotification(info.subarray(LLC.length))
  if ('problem' in notification) return notification.problem
  addLists(notification, gathering)
  return null
}
