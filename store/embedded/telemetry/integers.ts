// A column of whole numbers in a chunk: what is left after the best of four guesses, its first bytes, its second bytes … each packed.
import { readPacked, writePacked } from './packed.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { DamagedBytes } from './bytes.ts'
import { scratch } from './value-column.ts'

/** How a number is guessed: on a straight line from the first, as the former plus a step, or with the former step again. */
const LINE = 0
const STEP = 1
const SAME_STEP = 2
/** Rows that are looked at to choose: so many stretches of so many. */
const STRETCHES = 8
const STRETCH_ROWS = 16
/** Left-overs are within ±2^52, so that zig-zag keeps them whole: seven bytes at most. */
const MAX_BYTES = 7

let plane = new Uint8Array(8_192)

/** Writes whole numbers within ±2^50 (instants: within the years that a clock may say). */
export function writeIntegers(writer: ByteWriter, numbers: Float64Array, count: number, compress: boolean): void {
  const first = numbers[0] as number
  const slope = count < 2 ? 0 : ((numbers[count - 1] as number) - first) / (count - 1)
  const guesses: [form: number, slope: number][] = [
    [LINE, 0],
    [LINE, slope],
    [STEP, Math.round(slope)],
    [SAME_STEP, count < 2 ? 0 : (numbers[1] as number) - first],
  ]
  const bits = guesses.map(([form, step]) => bitsLeft(numbers, count, form, step))
  const [form, step] = guesses[bits.indexOf(Math.min(...bits))] as [number, number]
  writer.byte(form)
  writer.double(first)
  writer.double(step)
  const left = scratch(count)
  let most = 0
  for (let row = 0; row < count; row++) {
    const over = leftOver(numbers, row, form, step)
    const zigZag = over < 0 ? -2 * over - 1 : 2 * over
    left[row] = zigZag
    if (zigZag > most) most = zigZag
  }
  let width = 0
  while (most >= 256 ** width) width += 1
  writer.byte(width)
  for (let place = 0; place < width; place++) writePacked(writer, planeOf(left, count, place), compress)
}

/** @throws DamagedBytes */
export function readIntegers(reader: ByteReader, numbers: Float64Array, count: number): void {
  const form = reader.byte()
  const first = reader.double()
  const step = reader.double()
  const width = reader.byte()
  if (form > SAME_STEP || width > MAX_BYTES) throw new DamagedBytes('a column has an unknown form')
  const planes = Array.from({ length: width }, () => readPacked(reader, count))
  if (width > 3) putWide(numbers, count, planes)
  else putNarrow(numbers, count, planes)
  if (form === LINE) for (let row = 0; row < count; row++) numbers[row]! += first + Math.floor(row * step)
  else if (form === STEP) {
    let former = first - step
    for (let row = 0; row < count; row++) numbers[row] = former += step + (numbers[row] as number)
  } else {
    let former = first - step
    let last = step
    for (let row = 0; row < count; row++) {
      last += numbers[row] as number
      numbers[row] = former += last
    }
  }
}

/** What a guess leaves of a number. */
function leftOver(numbers: Float64Array, row: number, form: number, step: number): number {
  const number = numbers[row] as number
  if (form === LINE) return number - (numbers[0] as number) - Math.floor(row * step)
  if (row === 0) return 0
  const made = number - (numbers[row - 1] as number)
  if (form === STEP || row === 1) return made - step
  return made - ((numbers[row - 1] as number) - (numbers[row - 2] as number))
}

/** About how many bits a guess leaves of all numbers, by some stretches of them. */
function bitsLeft(numbers: Float64Array, count: number, form: number, step: number): number {
  let bits = 0
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const start = Math.floor((count * stretch) / STRETCHES)
    const end = Math.min(start + STRETCH_ROWS, count)
    for (let row = start; row < end; row++) {
      const over = Math.abs(leftOver(numbers, row, form, step))
      bits += over < 2 ** 31 ? 32 - Math.clz32(over) : 32 + (32 - Math.clz32(over / 2 ** 32))
    }
  }
  return bits
}

/** Byte number `place` of all numbers, good until the next call. */
function planeOf(numbers: Float64Array, count: number, place: number): Uint8Array {
  if (count > plane.length) plane = new Uint8Array(count)
  if (place < 4) {
    const shift = place * 8
    for (let row = 0; row < count; row++) plane[row] = (numbers[row] as number) >>> shift
  } else {
    const divisor = 256 ** place
    for (let row = 0; row < count; row++) plane[row] = Math.floor((numbers[row] as number) / divisor)
  }
  return plane.subarray(0, count)
}

/** The left-overs of up to three planes: whole numbers of 32 bits, in one loop each because it is where most time goes. */
function putNarrow(numbers: Float64Array, count: number, planes: readonly Uint8Array[]): void {
  const [low, middle, high] = planes
  if (low === undefined) numbers.fill(0, 0, count)
  else if (middle === undefined) for (let row = 0; row < count; row++) numbers[row] = signedOf(low[row] as number)
  else if (high === undefined)
    for (let row = 0; row < count; row++) numbers[row] = signedOf((low[row] as number) | ((middle[row] as number) << 8))
  else
    for (let row = 0; row < count; row++)
      numbers[row] = signedOf((low[row] as number) | ((middle[row] as number) << 8) | ((high[row] as number) << 16))
}

const signedOf = (zigZag: number): number => (zigZag >>> 1) ^ -(zigZag & 1)

function putWide(numbers: Float64Array, count: number, planes: readonly Uint8Array[]): void {
  for (let row = 0; row < count; row++) {
    let zigZag = 0
    for (let place = planes.length - 1; place >= 0; place--)
      zigZag = zigZag * 256 + ((planes[place] as Uint8Array)[row] as number)
    numbers[row] = zigZag % 2 === 0 ? zigZag / 2 : -(zigZag + 1) / 2
  }
}
