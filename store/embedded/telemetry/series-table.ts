// What the writer knows of every series, by number: its newest reading, how far its chunks reach, how many readings they hold.
import { ByteReader, ByteWriter } from './bytes.ts'
import { FULL_CHUNK_READINGS } from './limits.ts'
import { seal, unseal } from './seal.ts'

/** Chunks below full size by how many readings they have; each size class is merged into the next. */
export const SIZE_CLASSES = [16, 128, FULL_CHUNK_READINGS] as const
/** So many chunks of a class are merged together; those of the largest class when they make a full one. */
const MERGE_CHUNKS = 16
const CLASSES = SIZE_CLASSES.length

/** 0, 1, 2 for small chunks; 3 for full ones. */
export function sizeClassOf(count: number): number {
  let sizeClass = 0
  while (sizeClass < CLASSES && count >= (SIZE_CLASSES[sizeClass] as number)) sizeClass += 1
  return sizeClass
}

const scratch = new ByteWriter(256)

export class SeriesTable {
  /** The largest number that was ever used. */
  last = 0
  private capacity = 1_024
  /** Newest reading by instant; −Infinity where there is none. */
  newestAt = new Float64Array(this.capacity).fill(-Infinity)
  newestValue = new Float64Array(this.capacity)
  newestReceivedAt = new Float64Array(this.capacity)
  newestFlags = new Uint8Array(this.capacity)
  newestTexts = new Map<number, string>()
  /** No chunk of the series reaches beyond this instant. */
  chunksTo = new Float64Array(this.capacity).fill(-Infinity)
  /** Readings in the chunks of the series. */
  chunkReadings = new Float64Array(this.capacity)
  private smallChunks = new Int32Array(this.capacity * CLASSES)
  /** Readings in small chunks of the largest class. */
  private nearlyFull = new Float64Array(this.capacity)

  /** Makes room for a series number. */
  ensure(series: number): void {
    if (series > this.last) this.last = series
    if (series < this.capacity) return
    let capacity = this.capacity
    while (capacity <= series) capacity *= 2
    const grown = (former: Float64Array, fill: number): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(capacity).fill(fill)
      larger.set(former)
      return larger
    }
    this.newestAt = grown(this.newestAt, -Infinity)
    this.newestValue = grown(this.newestValue, 0)
    this.newestReceivedAt = grown(this.newestReceivedAt, 0)
    this.chunksTo = grown(this.chunksTo, -Infinity)
    this.chunkReadings = grown(this.chunkReadings, 0)
    this.nearlyFull = grown(this.nearlyFull, 0)
    const flags = new Uint8Array(capacity)
    flags.set(this.newestFlags)
    this.newestFlags = flags
    const small = new Int32Array(capacity * CLASSES)
    small.set(this.smallChunks)
    this.smallChunks = small
    this.capacity = capacity
  }

  setNewest(
    series: number,
    at: number,
    value: number,
    flags: number,
    receivedAt: number,
    text: string | undefined,
  ): void {
    this.newestAt[series] = at
    this.newestValue[series] = value
    this.newestFlags[series] = flags
    this.newestReceivedAt[series] = receivedAt
    if (text !== undefined) this.newestTexts.set(series, text)
    else if (this.newestTexts.size > 0) this.newestTexts.delete(series)
  }

  /** Counts a chunk in (`step` 1) or out (−1); true when its class is due for a merge. */
  countChunk(series: number, count: number, step: 1 | -1): boolean {
    const sizeClass = sizeClassOf(count)
    if (sizeClass === CLASSES) return false
    this.smallChunks[series * CLASSES + sizeClass]! += step
    if (sizeClass === CLASSES - 1) this.nearlyFull[series]! += step * count
    return this.isDue(series, sizeClass)
  }

  /** The largest class of a series that is due for a merge, or null. */
  dueClass(series: number): number | null {
    for (let sizeClass = CLASSES - 1; sizeClass >= 0; sizeClass--) if (this.isDue(series, sizeClass)) return sizeClass
    return null
  }

  private isDue(series: number, sizeClass: number): boolean {
    const chunks = this.smallChunks[series * CLASSES + sizeClass] as number
    if (sizeClass < CLASSES - 1) return chunks >= MERGE_CHUNKS
    return chunks > 1 && (this.nearlyFull[series] as number) >= FULL_CHUNK_READINGS
  }

  /** The row of the table `latest`: the newest reading and how many readings the chunks hold. */
  encodeLatest(series: number): Uint8Array {
    const writer = scratch.restart()
    writer.varint(this.chunkReadings[series] as number)
    writer.double(this.newestAt[series] as number)
    writer.double(this.newestValue[series] as number)
    writer.double(this.newestReceivedAt[series] as number)
    writer.byte(this.newestFlags[series] as number)
    const text = this.newestTexts.get(series)
    writer.byte(text === undefined ? 0 : 1)
    if (text !== undefined) writer.text(text)
    return seal(writer.written(), [series])
  }

  /** @throws DamagedBytes */
  decodeLatest(series: number, blob: unknown): void {
    const { readings, at, value, receivedAt, flags, text } = readLatest(series, blob)
    this.ensure(series)
    this.chunkReadings[series] = readings
    this.chunksTo[series] = at
    this.setNewest(series, at, value, flags, receivedAt, text)
  }
}

type LatestRow = {
  readings: number
  at: number
  value: number
  receivedAt: number
  flags: number
  text: string | undefined
}

/** @throws DamagedBytes */
export function readLatest(series: number, blob: unknown): LatestRow {
  const reader = new ByteReader(unseal(blob, [series]))
  const readings = reader.varint()
  const at = reader.double()
  const value = reader.double()
  const receivedAt = reader.double()
  const flags = reader.byte()
  const text = reader.byte() === 1 ? reader.text() : undefined
  return { readings, at, value, receivedAt, flags, text }
}
