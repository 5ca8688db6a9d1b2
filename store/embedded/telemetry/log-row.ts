// One commit as one blob: the columns of the batch, whole numbers as narrow offsets from their least.
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'
import type { Columns } from './columns.ts'
import { seal, unseal } from './seal.ts'

const scratch = new ByteWriter()

/** Rows [start, end) of the columns as the blob of log row `seq`; `stored` of them replace no earlier reading. */
export function encodeLogRow(columns: Columns, start: number, end: number, seq: number, stored: number): Uint8Array {
  const count = end - start
  const writer = scratch.restart()
  writer.varint(count)
  writer.varint(stored)
  writeWhole(writer, columns.series.subarray(start, end))
  writeWhole(writer, columns.at.subarray(start, end))
  writeWhole(writer, columns.receivedAt.subarray(start, end))
  writeWhole(writer, columns.flags.subarray(start, end))
  writer.raw(bytesOf(columns.value.subarray(start, end)))
  const texts = columns.texts.size === 0 ? [] : [...columns.texts].filter(([row]) => row >= start && row < end)
  writer.varint(texts.length)
  for (const [row, text] of texts) {
    writer.varint(row - start)
    writer.text(text)
  }
  return seal(writer.written(), [seq])
}

/**
 * Appends the readings of log row `seq` to the columns, without those of series below `fromSeries`; gives its `stored`.
 * @throws DamagedBytes and appends none.
 */
export function decodeLogRow(blob: unknown, seq: number, into: Columns, fromSeries: number): number {
  const reader = new ByteReader(unseal(blob, [seq]))
  const count = reader.varint()
  const stored = reader.varint()
  const series = readWhole(reader, count)
  const at = readWhole(reader, count)
  const receivedAt = readWhole(reader, count)
  const flags = readWhole(reader, count)
  const value = new Float64Array(reader.raw(count * 8).slice().buffer)
  const texts = new Map<number, string>()
  for (let left = reader.varint(); left > 0; left--) texts.set(reader.varint(), reader.text())
  for (let row = 0; row < count; row++) {
    if ((series[row] as number) < fromSeries) continue
    into.push(
      series[row] as number,
      at[row] as number,
      value[row] as number,
      flags[row] as number,
      receivedAt[row] as number,
      texts.size === 0 ? undefined : texts.get(row),
    )
  }
  return stored
}

type WholeColumn = Int32Array | Float64Array | Uint8Array

/** Least number, bytes of an offset (0, 1, 2, 4; 8 stands for the plain doubles), offsets. */
function writeWhole(writer: ByteWriter, column: WholeColumn): void {
  // Every kind of column becomes doubles first, so that the loops below see one kind only and run fast.
  const values = column instanceof Float64Array ? column : Float64Array.from(column)
  let least = Infinity
  let most = -Infinity
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (value < least) least = value
    if (value > most) most = value
  }
  const range = most - least
  const width = range <= 0 ? 0 : range < 2 ** 8 ? 1 : range < 2 ** 16 ? 2 : range < 2 ** 32 ? 4 : 8
  writer.double(values.length === 0 ? 0 : least)
  writer.byte(width)
  if (width === 8) writer.raw(bytesOf(values))
  else if (width > 0) writeOffsets(writer, values, least, width)
}

function writeOffsets(writer: ByteWriter, values: Float64Array, least: number, width: number): void {
  writer.reserve(values.length * width)
  const { bytes } = writer
  let place = writer.length
  for (let row = 0; row < values.length; row++) {
    const offset = (values[row] as number) - least
    bytes[place++] = offset
    if (width === 1) continue
    bytes[place++] = offset >>> 8
    if (width === 2) continue
    bytes[place++] = offset >>> 16
    bytes[place++] = offset >>> 24
  }
  writer.length = place
}

function readWhole(reader: ByteReader, count: number): Float64Array {
  const least = reader.double()
  const width = reader.byte()
  const values = new Float64Array(count)
  if (width === 0) return values.fill(least)
  if (![1, 2, 4, 8].includes(width)) throw new DamagedBytes('a column has no such width')
  const offsets = arrayOf(width, count)
  bytesOf(offsets).set(reader.raw(count * width))
  const base = width === 8 ? 0 : least
  for (let row = 0; row < count; row++) values[row] = (offsets[row] as number) + base
  return values
}

function arrayOf(width: number, count: number): Uint8Array | Uint16Array | Uint32Array | Float64Array {
  if (width === 1) return new Uint8Array(count)
  if (width === 2) return new Uint16Array(count)
  return width === 4 ? new Uint32Array(count) : new Float64Array(count)
}

const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
