// Readings of many series side by side in typed arrays over one buffer, so that a batch moves between threads without a copy.

/** Bytes of one reading: instant, value, receive time, series, flags. */
const ROW_BYTES = 8 + 8 + 8 + 4 + 1

/** What crosses the thread border: the buffer is transferred, not copied. */
export type SentColumns = { buffer: ArrayBuffer; capacity: number; count: number; texts: Map<number, string> }

export class Columns {
  count = 0
  capacity: number
  buffer: ArrayBuffer
  at: Float64Array
  value: Float64Array
  receivedAt: Float64Array
  series: Int32Array
  flags: Uint8Array
  /** Texts and digits, by row. */
  texts = new Map<number, string>()

  constructor(capacity: number, buffer = new ArrayBuffer(capacity * ROW_BYTES)) {
    this.capacity = capacity
    this.buffer = buffer
    this.at = new Float64Array(buffer, 0, capacity)
    this.value = new Float64Array(buffer, capacity * 8, capacity)
    this.receivedAt = new Float64Array(buffer, capacity * 16, capacity)
    this.series = new Int32Array(buffer, capacity * 24, capacity)
    this.flags = new Uint8Array(buffer, capacity * 28, capacity)
  }

  static received({ buffer, capacity, count, texts }: SentColumns): Columns {
    const columns = new Columns(capacity, buffer)
    columns.count = count
    columns.texts = texts
    return columns
  }

  sent(): SentColumns {
    return { buffer: this.buffer, capacity: this.capacity, count: this.count, texts: this.texts }
  }

  push(series: number, at: number, value: number, flags: number, receivedAt: number, text: string | undefined): void {
    if (this.count === this.capacity) this.resize(this.capacity * 2)
    const row = this.count++
    this.at[row] = at
    this.value[row] = value
    this.receivedAt[row] = receivedAt
    this.series[row] = series
    this.flags[row] = flags
    if (text !== undefined) this.texts.set(row, text)
  }

  clear(): void {
    this.count = 0
    this.texts = new Map()
  }

  /** Takes the first rows away and moves the rest down. */
  dropFirst(rows: number): void {
    if (rows === 0) return
    for (const column of [this.at, this.value, this.receivedAt, this.series, this.flags]) {
      column.copyWithin(0, rows, this.count)
    }
    this.count -= rows
    const texts = new Map<number, string>()
    for (const [row, text] of this.texts) if (row >= rows) texts.set(row - rows, text)
    this.texts = texts
  }

  private resize(capacity: number): void {
    const larger = new Columns(capacity)
    larger.at.set(this.at)
    larger.value.set(this.value)
    larger.receivedAt.set(this.receivedAt)
    larger.series.set(this.series)
    larger.flags.set(this.flags)
    this.capacity = capacity
    this.buffer = larger.buffer
    this.at = larger.at
    this.value = larger.value
    this.receivedAt = larger.receivedAt
    this.series = larger.series
    this.flags = larger.flags
  }
}
