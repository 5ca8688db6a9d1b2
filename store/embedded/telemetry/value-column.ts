// The number column of a chunk: whole steps of a power of ten where that loses nothing, else plain doubles.
import type { ByteReader, ByteWriter } from './bytes.ts'
import { DamagedBytes } from './bytes.ts'

/** Forms: 0–9 are the decimals of scaled values, 16 one constant double, 17 doubles with their bytes sorted by place. */
export const MAX_DECIMALS = 9
export const CONSTANT = 16
export const DOUBLES = 17
/** Scaled values stay below this, so that their differences are whole numbers that a varint takes. */
const MAX_SCALED = 2 ** 50

let steps = new Float64Array(8_192)

/** Memory for the differences of a column, good until the next call. */
export function scratch(count: number): Float64Array {
  if (count > steps.length) steps = new Float64Array(count)
  return steps
}

export function writeValues(writer: ByteWriter, values: Float64Array, count: number): void {
  if (isConstant(values, count)) {
    writer.byte(CONSTANT)
    writer.double(values[0] as number)
    return
  }
  const decimals = decimalsOf(values, count)
  if (decimals === null) {
    writer.byte(DOUBLES)
    writer.raw(sortedByPlace(values, count))
    return
  }
  writer.byte(decimals)
  const power = 10 ** decimals
  const steps = scratch(count)
  let former = 0
  for (let row = 0; row < count; row++) {
    const scaled = Math.round((values[row] as number) * power)
    steps[row] = scaled - former
    former = scaled
  }
  writer.signedAll(steps, count)
}

export function readValues(reader: ByteReader, values: Float64Array, count: number): void {
  const form = reader.byte()
  if (form === CONSTANT) values.fill(reader.double(), 0, count)
  else if (form === DOUBLES) readByPlace(reader.raw(count * 8), values, count)
  else if (form <= MAX_DECIMALS) {
    const power = 10 ** form
    let scaled = 0
    reader.signedAll(values, count)
    for (let row = 0; row < count; row++) {
      scaled += values[row] as number
      values[row] = scaled / power
    }
  } else throw new DamagedBytes('its values have an unknown form')
}

export function isConstant(values: Float64Array, count: number): boolean {
  for (let row = 1; row < count; row++) if (values[row] !== values[0]) return false
  return true
}

/** The fewest decimals with which every value is got back bit by bit; null when there are too many. */
export function decimalsOf(values: Float64Array, count: number): number | null {
  let decimals = 0
  let power = 1
  for (let row = 0; row < count; row++) {
    const value = values[row] as number
    let scaled = Math.round(value * power)
    while (scaled / power !== value || scaled > MAX_SCALED || scaled < -MAX_SCALED) {
      if (decimals === MAX_DECIMALS) return null
      decimals += 1
      power = 10 ** decimals
      scaled = Math.round(value * power)
    }
  }
  // Rows before the last change of decimals were tried with fewer: a value that fits fewer fits more, unless it gets too large.
  for (let row = 0; row < count; row++) {
    const value = values[row] as number
    const scaled = Math.round(value * power)
    if (scaled / power !== value || scaled > MAX_SCALED || scaled < -MAX_SCALED) return null
  }
  return decimals
}

/** All first bytes, then all second bytes …: what neighbours share then stands together for the compressor. */
function sortedByPlace(values: Float64Array, count: number): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, count * 8)
  const sorted = new Uint8Array(count * 8)
  for (let row = 0; row < count; row++) {
    for (let place = 0; place < 8; place++) sorted[place * count + row] = bytes[row * 8 + place] as number
  }
  return sorted
}

function readByPlace(sorted: Uint8Array, values: Float64Array, count: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, count * 8)
  for (let row = 0; row < count; row++) {
    for (let place = 0; place < 8; place++) bytes[row * 8 + place] = sorted[place * count + row] as number
  }
}
