// The body of a chunk of few readings: differences as varints, after each other. docs/STORAGE.md shows the bytes.
import { DamagedBytes } from './bytes.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { hasText } from './flags.ts'
import { emptyRun } from './run.ts'
import type { Run } from './run.ts'
import { readValues, scratch, writeValues } from './value-column.ts'

export function writeVarintBody(writer: ByteWriter, run: Run): void {
  writer.varint(run.count)
  writeInstants(writer, run)
  writeValues(writer, run.value, run.count)
  writeFlags(writer, run)
  writeReceived(writer, run)
  writeTexts(writer, run)
}

/** @throws DamagedBytes */
export function readVarintBody(reader: ByteReader): Run {
  const run = emptyRun(reader.varint())
  readInstants(reader, run)
  readValues(reader, run.value, run.count)
  readFlags(reader, run)
  readReceived(reader, run)
  readTexts(reader, run)
  return run
}

/** The first instant, then the change of the step: zero for a steady sampler. */
function writeInstants(writer: ByteWriter, { at, count }: Run): void {
  writer.double(at[0] as number)
  const changes = scratch(count)
  let step = 0
  for (let row = 1; row < count; row++) {
    const next = (at[row] as number) - (at[row - 1] as number)
    changes[row - 1] = next - step
    step = next
  }
  writer.signedAll(changes, count - 1)
}

function readInstants(reader: ByteReader, { at, count }: Run): void {
  let instant = reader.double()
  at[0] = instant
  const changes = scratch(count)
  reader.signedAll(changes, count - 1)
  let step = 0
  for (let row = 1; row < count; row++) {
    step += changes[row - 1] as number
    instant += step
    at[row] = instant
  }
}

/** Flag bytes as (byte, length) stretches. */
export function writeFlags(writer: ByteWriter, { flags, count }: Run): void {
  for (let start = 0; start < count;) {
    let end = start + 1
    while (end < count && flags[end] === flags[start]) end += 1
    writer.byte(flags[start] as number)
    writer.varint(end - start)
    start = end
  }
}

export function readFlags(reader: ByteReader, { flags, count }: Run): void {
  for (let start = 0; start < count;) {
    const flag = reader.byte()
    const end = start + reader.varint()
    if (end > count || end === start) throw new DamagedBytes('its flags do not add up')
    flags.fill(flag, start, end)
    start = end
  }
}

/** The delay from instant to receipt: its first, then its changes; 1 and the delay alone when it is constant. */
function writeReceived(writer: ByteWriter, { at, receivedAt, count }: Run): void {
  const first = (receivedAt[0] as number) - (at[0] as number)
  let constant = true
  for (let row = 1; row < count && constant; row++)
    constant = (receivedAt[row] as number) - (at[row] as number) === first
  writer.byte(constant ? 1 : 0)
  writer.signed(first)
  if (constant) return
  const changes = scratch(count)
  let delay = first
  for (let row = 1; row < count; row++) {
    const next = (receivedAt[row] as number) - (at[row] as number)
    changes[row - 1] = next - delay
    delay = next
  }
  writer.signedAll(changes, count - 1)
}

function readReceived(reader: ByteReader, { at, receivedAt, count }: Run): void {
  const constant = reader.byte() === 1
  let delay = reader.signed()
  const changes = scratch(count).fill(0, 0, count)
  if (!constant) reader.signedAll(changes, count - 1)
  for (let row = 0; row < count; row++) {
    receivedAt[row] = (at[row] as number) + delay
    delay += changes[row] as number
  }
}

/** Different texts once each, then the number of its text for every row that has one. */
export function writeTexts(writer: ByteWriter, { flags, texts, count }: Run): void {
  const numbers = new Map<string, number>()
  for (let row = 0; row < count; row++) {
    const text = texts?.[row]
    if (text !== undefined && !numbers.has(text)) numbers.set(text, numbers.size)
  }
  writer.varint(numbers.size)
  for (const text of numbers.keys()) writer.text(text)
  for (let row = 0; row < count; row++) {
    if (hasText(flags[row] as number)) writer.varint(numbers.get(texts?.[row] as string) as number)
  }
}

export function readTexts(reader: ByteReader, run: Run): void {
  const different = Array.from({ length: reader.varint() }, () => reader.text())
  if (different.length === 0) return
  run.texts = []
  for (let row = 0; row < run.count; row++) {
    run.texts[row] = hasText(run.flags[row] as number) ? different[reader.varint()] : undefined
  }
}
