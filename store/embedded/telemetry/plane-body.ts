// The body of a chunk of many readings: each column in planes of bytes, each plane packed. docs/STORAGE.md shows the bytes.
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts'
import { readIntegers, writeIntegers } from './integers.ts'
import { readPacked, writePacked } from './packed.ts'
import { emptyRun } from './run.ts'
import type { Run } from './run.ts'
import { CONSTANT, DOUBLES, MAX_DECIMALS, decimalsOf, isConstant } from './value-column.ts'
import { readFlags, readTexts, writeFlags, writeTexts } from './varint-body.ts'

let whole = new Float64Array(8_192)
const texts = new ByteWriter()

/** `compress` packs each plane with zstd; without it the whole body will be. */
export function writePlaneBody(writer: ByteWriter, run: Run, compress: boolean): void {
  const { count, at, receivedAt } = run
  writer.varint(count)
  writeIntegers(writer, at, count, compress)
  writeValues(writer, run, compress)
  writeFlags(writer, run)
  const delays = wholeNumbers(count)
  for (let row = 0; row < count; row++) delays[row] = (receivedAt[row] as number) - (at[row] as number)
  writeIntegers(writer, delays, count, compress)
  writeTexts(texts.restart(), run)
  writer.varint(texts.length)
  writePacked(writer, texts.written(), compress)
}

/** @throws DamagedBytes */
export function readPlaneBody(reader: ByteReader): Run {
  const run = emptyRun(reader.varint())
  const { count, at, receivedAt } = run
  readIntegers(reader, at, count)
  readValues(reader, run)
  readFlags(reader, run)
  readIntegers(reader, receivedAt, count)
  for (let row = 0; row < count; row++) receivedAt[row]! += at[row] as number
  const length = reader.varint()
  readTexts(new ByteReader(readPacked(reader, length)), run)
  return run
}

/** Forms as in the column of a chunk of few readings; doubles are in planes there too. */
function writeValues(writer: ByteWriter, { value, count }: Run, compress: boolean): void {
  if (isConstant(value, count)) {
    writer.byte(CONSTANT)
    writer.double(value[0] as number)
    return
  }
  const decimals = decimalsOf(value, count)
  writer.byte(decimals ?? DOUBLES)
  if (decimals === null) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, count * 8)
    const plane = new Uint8Array(count)
    for (let place = 0; place < 8; place++) {
      for (let row = 0; row < count; row++) plane[row] = bytes[row * 8 + place] as number
      writePacked(writer, plane, compress)
    }
    return
  }
  const power = 10 ** decimals
  const scaled = wholeNumbers(count)
  for (let row = 0; row < count; row++) scaled[row] = Math.round((value[row] as number) * power)
  writeIntegers(writer, scaled, count, compress)
}

function readValues(reader: ByteReader, { value, count }: Run): void {
  const form = reader.byte()
  if (form === CONSTANT) value.fill(reader.double(), 0, count)
  else if (form === DOUBLES) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, count * 8)
    for (let place = 0; place < 8; place++) {
      const plane = readPacked(reader, count)
      for (let row = 0; row < count; row++) bytes[row * 8 + place] = plane[row] as number
    }
  } else if (form <= MAX_DECIMALS) {
    const power = 10 ** form
    readIntegers(reader, value, count)
    for (let row = 0; row < count; row++) value[row]! /= power
  } else throw new DamagedBytes('its values have an unknown form')
}

/** Memory for whole numbers of a column, good until the next call. */
function wholeNumbers(count: number): Float64Array {
  if (count > whole.length) whole = new Float64Array(count)
  return whole
}
