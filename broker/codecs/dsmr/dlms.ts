// Reads a DLMS data notification: its clock and its value, by the encoding A-XDR (IEC 61334-6, types of the Blue Book).

export type DlmsValue = null | boolean | number | Octets | DlmsValue[]
/** Octet strings and texts: numbers of objects (OBIS), names, clocks. */
export type Octets = { octets: Uint8Array }
export type Notification = { clock: Uint8Array | null; body: DlmsValue }

const DATA_NOTIFICATION = 0x0f
const CLOCK_LENGTH = 12
/** Structures in structures; meters need three. */
const DEPTH = 8
const MEMBERS = 512

class Reader {
  readonly #view: DataView
  #at = 0
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  /** Where the next `length` bytes begin; throws RangeError past the end. */
  skip(length: number): number {
    const at = this.#at
    if (at + length > this.#view.byteLength) throw new RangeError('the notification ends early')
    this.#at += length
    return at
  }
  u8(): number {
    return this.#view.getUint8(this.skip(1))
  }
  octets(length: number): Uint8Array {
    const at = this.skip(length)
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length)
  }
  /** Up to 127 in one byte, else the number of bytes that follow. */
  length(): number {
    const first = this.u8()
    if (first < 0x80) return first
    let length = 0
    for (let left = Math.min(first & 0x7f, 4); left > 0; left--) length = length * 256 + this.u8()
    return length
  }
  value(depth: number): DlmsValue {
    const tag = this.u8()
    const view = this.#view
    switch (tag) {
      case 0:
        return null
      case 1:
      case 2:
        return this.#members(depth)
      case 3:
        return this.u8() !== 0
      case 5:
        return view.getInt32(this.skip(4))
      case 6:
        return view.getUint32(this.skip(4))
      case 9:
      case 10:
      case 12:
        return { octets: this.octets(this.length()) }
      case 15:
        return view.getInt8(this.skip(1))
      case 16:
        return view.getInt16(this.skip(2))
      case 17:
      case 22:
        return this.u8()
      case 18:
        return view.getUint16(this.skip(2))
      case 20:
        return Number(view.getBigInt64(this.skip(8)))
      case 21:
        return Number(view.getBigUint64(this.skip(8)))
      case 23:
        return view.getFloat32(this.skip(4))
      case 24:
        return view.getFloat64(this.skip(8))
      case 25:
        return { octets: this.octets(CLOCK_LENGTH) }
      default:
        throw new TypeError(`a value of type ${tag} is not read`)
    }
  }
  #members(depth: number): DlmsValue[] {
    const count = this.length()
    if (depth === 0 || count > MEMBERS) throw new TypeError('the notification is nested or filled too much')
    return Array.from({ length: count }, () => this.value(depth - 1))
  }
}

/** Never throws: what cannot be read is a problem. */
export function readNotification(bytes: Uint8Array): Notification | { problem: string } {
  const reader = new Reader(bytes)
  try {
    if (reader.u8() !== DATA_NOTIFICATION) return { problem: 'not a data notification (encrypted ones are not read)' }
    reader.skip(4)
    let clockLength = reader.u8()
    // Kaifa's meters put the type before the length.
    if (clockLength === 9) clockLength = reader.u8()
    if (clockLength !== 0 && clockLength !== CLOCK_LENGTH) return { problem: 'a clock has twelve bytes' }
    const clock = clockLength === 0 ? null : reader.octets(clockLength)
    return { clock, body: reader.value(DEPTH) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'unreadable' }
  }
}

export function isOctets(value: DlmsValue | undefined): value is Octets {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Printable octets as text, or null. */
export function textOf(value: DlmsValue | undefined): string | null {
  if (!isOctets(value) || value.octets.length === 0) return null
  const text = Buffer.from(value.octets).toString('latin1')
  return /^[\x20-\x7e]+$/.test(text) ? text.trim() : null
}

/** Six octets as `1-0:1.7.0` (the last one, 255, is left out), or null. */
export function obisOf(value: DlmsValue | undefined): string | null {
  if (!isOctets(value) || value.octets.length !== 6) return null
  const [a, b, c, d, e] = value.octets
  return `${a}-${b}:${c}.${d}.${e}`
}

/**
 * The instant of a COSEM clock in milliseconds, or null when it does not say its deviation from UTC. Some meters write the deviation
 * with the wrong sign; all of them stand east of Greenwich.
 */
export function instantOfCosem(clock: Uint8Array): number | null {
  if (clock.length !== CLOCK_LENGTH) return null
  const view = new DataView(clock.buffer, clock.byteOffset, clock.byteLength)
  const deviation = view.getInt16(9)
  const [month, day, hour, minute, second] = [view.getUint8(2), view.getUint8(3), ...clock.subarray(5, 8)] as [
    number,
    number,
    number,
    number,
    number,
  ]
  if (deviation === -0x8000 || Math.abs(deviation) > 720 || month > 12 || day > 31 || hour > 23 || minute > 59)
    return null
  return (
    Date.UTC(view.getUint16(0), month - 1, day, hour, minute, second > 59 ? 0 : second) - Math.abs(deviation) * 60_000
  )
}
