// Writing and reading of the little-endian numbers, variable-length integers and texts that the stored form is made of.

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Bytes that do not hold what they should: the place that reads them reports the damage. */
export class DamagedBytes extends Error {}

export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>
  view: DataView
  length = 0

  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Makes room for that many more bytes. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
    this.view = new DataView(larger.buffer)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  double(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value, true)
    this.length += 8
  }

  uint32(value: number): void {
    this.reserve(4)
    this.view.setUint32(this.length, value, true)
    this.length += 4
  }

  /** A whole number from 0 to 2^53 − 1, seven bits a byte, low bits first. */
  varint(value: number): void {
    this.reserve(8)
    let rest = value
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 128) + 128
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128)
    }
    this.bytes[this.length++] = rest
  }

  /** A whole number within ±2^52: zig-zag, then as varint. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** The first `count` numbers of an array, each as `signed`; one loop, because it is where most time goes. */
  signedAll(values: Float64Array, count: number): void {
    this.reserve(count * 8)
    const { bytes } = this
    let place = this.length
    for (let row = 0; row < count; row++) {
      const value = values[row] as number
      let rest = value < 0 ? -2 * value - 1 : 2 * value
      while (rest >= 0x80) {
        bytes[place++] = (rest % 128) + 128
        rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128)
      }
      bytes[place++] = rest
    }
    this.length = place
  }

  text(value: string): void {
    const bytes = encoder.encode(value)
    this.varint(bytes.length)
    this.raw(bytes)
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** Starts anew on the same memory. */
  restart(): this {
    this.length = 0
    return this
  }

  /** What was written, on the writer's own memory: good until it starts anew. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }
}

/** Reads what ByteWriter wrote; beyond the end it throws DamagedBytes, never guesses. */
export class ByteReader {
  bytes: Uint8Array
  view: DataView
  position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = position
  }

  private advance(count: number): number {
    const start = this.position
    if (count < 0 || start + count > this.bytes.length) throw new DamagedBytes('it ends too early')
    this.position = start + count
    return start
  }

  byte(): number {
    return this.bytes[this.advance(1)] as number
  }

  double(): number {
    return this.view.getFloat64(this.advance(8), true)
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true)
  }

  varint(): number {
    const bytes = this.bytes
    let position = this.position
    let byte = bytes[position++] as number
    if (byte < 0x80) {
      this.position = position
      return byte
    }
    let value = byte & 0x7f
    let scale = 128
    while (byte >= 0x80) {
      byte = bytes[position++] as number
      value += (byte & 0x7f) * scale
      scale *= 128
      if (scale > 2 ** 56) throw new DamagedBytes('a number is too long')
    }
    // Beyond the end `byte` is undefined, which ends the loop as no byte does.
    if (position > bytes.length) throw new DamagedBytes('it ends too early')
    this.position = position
    return value
  }

  signed(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** Reads `count` numbers that `signedAll` wrote. */
  signedAll(values: Float64Array, count: number): void {
    const { bytes } = this
    let place = this.position
    for (let row = 0; row < count; row++) {
      const byte = bytes[place] as number
      if (byte < 0x80) {
        place += 1
        values[row] = (byte & 1) === 0 ? byte >> 1 : -((byte + 1) >> 1)
      } else {
        this.position = place
        values[row] = this.signed()
        place = this.position
      }
    }
    this.position = place
  }

  text(): string {
    const start = this.advance(this.varint())
    return decoder.decode(this.bytes.subarray(start, this.position))
  }

  raw(count: number): Uint8Array {
    const start = this.advance(count)
    return this.bytes.subarray(start, start + count)
  }
}
