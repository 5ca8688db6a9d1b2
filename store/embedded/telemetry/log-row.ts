// One commit as one blob: the columns of the batch, whole numbers as narrow offsets from their least.
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'
import { Columns } from './columns.ts'
import { seal, unseal } from './seal.ts'

/** Rows [start, end) of the columns as the blob of log row `seq`; `stored` of them replace no earlier reading. */
export function encodeLogRow(columns: Columns, start: number, end: number, seq: number, stored: number): Uint8Array {
  const count = end - start
  const writer = new ByteWriter(64 + count * 29)
  writer.varint(count)
  writer.varint(stored)
  writeWhole(writer, columns.series, start, end)
  writeWhole(writer, columns.at, start, end)
  writeWhole(writer, columns.receivedAt, start, end)
  writeWhole(writer, columns.flags, start, end)
  writer.raw(bytesOf(columns.value.slice(start, end)))
  const texts = columns.texts.size === 0 ? [] : [...columns.texts].filter(([row]) => row >= start && row < end)
  writer.varint(texts.length)
  for (const [row, text] of texts) {
    writer.varint(row - start)
    writer.text(text)
  }
  return seal(writer.bytes.subarray(0, writer.length), [seq])
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
function writeWhole(writer: ByteWriter, column: WholeColumn, start: number, end: number): void {
  let least = Infinity
  let most = -Infinity
  for (let row = start; row < end; row++) {
    const value = column[row] as number
    if (value < least) least = value
    if (value > most) most = value
  }
  const range = most - least
  const width = range <= 0 ? 0 : range < 2 ** 8 ? 1 : range < 2 ** 16 ? 2 : range < 2 ** 32 ? 4 : 8
  writer.double(start === end ? 0 : least)
  writer.byte(width)
  if (width === 0) return
  const offsets = arrayOf(width, end - start)
  const base = width === 8 ? 0 : least
  for (let row = start; row < end; row++) offsets[row - start] = (column[row] as number) - base
  writer.raw(bytesOf(offsets))
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
