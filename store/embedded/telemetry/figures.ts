// The figures of a chunk or a bucket: count, least, most, sum, first, last, worst quality; and a chunk's as a sealed blob.
import type { ByteReader, ByteWriter } from './bytes.ts'
import { TEXT, isSimulated, kindOf, qualityNumberOf } from './flags.ts'
import type { Run } from './run.ts'

/** Of numeric readings only (booleans are 0 and 1, texts do not count); `count` 0 makes the rest meaningless. */
export type Figures = {
  count: number
  min: number
  max: number
  sum: number
  first: number
  firstAt: number
  last: number
  lastAt: number
  quality: number
  simulated: boolean
}

export const noFigures = (): Figures => ({
  count: 0,
  min: Infinity,
  max: -Infinity,
  sum: 0,
  first: 0,
  firstAt: Infinity,
  last: 0,
  lastAt: -Infinity,
  quality: 0,
  simulated: false,
})

/** Adds rows [start, end) of a run. */
export function addRows(figures: Figures, run: Run, start: number, end: number): void {
  const { at, value, flags } = run
  for (let row = start; row < end; row++) {
    const flag = flags[row] as number
    if (kindOf(flag) === TEXT) continue
    const number = value[row] as number
    const instant = at[row] as number
    figures.count += 1
    figures.sum += number
    if (number < figures.min) figures.min = number
    if (number > figures.max) figures.max = number
    if (instant < figures.firstAt) {
      figures.firstAt = instant
      figures.first = number
    }
    if (instant >= figures.lastAt) {
      figures.lastAt = instant
      figures.last = number
    }
    if (flag !== 0) {
      const quality = qualityNumberOf(flag)
      if (quality > figures.quality) figures.quality = quality
      if (isSimulated(flag)) figures.simulated = true
    }
  }
}

/** Adds the figures of other readings. */
export function addFigures(figures: Figures, other: Figures): void {
  if (other.count === 0) return
  figures.count += other.count
  figures.sum += other.sum
  figures.min = Math.min(figures.min, other.min)
  figures.max = Math.max(figures.max, other.max)
  if (other.firstAt < figures.firstAt) {
    figures.firstAt = other.firstAt
    figures.first = other.first
  }
  if (other.lastAt >= figures.lastAt) {
    figures.lastAt = other.lastAt
    figures.last = other.last
  }
  figures.quality = Math.max(figures.quality, other.quality)
  figures.simulated ||= other.simulated
}

export function writeFigures(writer: ByteWriter, figures: Figures, base: number): void {
  writer.varint(figures.count)
  if (figures.count === 0) return
  writer.byte(figures.quality * 2 + (figures.simulated ? 1 : 0))
  writer.varint(figures.firstAt - base)
  writer.varint(figures.lastAt - figures.firstAt)
  for (const number of [figures.min, figures.max, figures.sum, figures.first, figures.last]) writer.double(number)
}

export function readFigures(reader: ByteReader, base: number): Figures {
  const figures = noFigures()
  figures.count = reader.varint()
  if (figures.count === 0) return figures
  const marks = reader.byte()
  figures.quality = marks >> 1
  figures.simulated = (marks & 1) === 1
  figures.firstAt = base + reader.varint()
  figures.lastAt = figures.firstAt + reader.varint()
  figures.min = reader.double()
  figures.max = reader.double()
  figures.sum = reader.double()
  figures.first = reader.double()
  figures.last = reader.double()
  return figures
}
