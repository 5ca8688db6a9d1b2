// The log in memory: readings that are durable and not yet in chunks, in the order of arrival.
import { Columns } from './columns.ts'
import { TailIndex } from './tail-index.ts'

export class Tail {
  readonly columns = new Columns(4_096)
  readonly index = new TailIndex(this.columns)
  /** Sequence number of the last log row taken in. */
  lastSeq = 0
  /** How many different series the readings belong to. */
  seriesCount = 0
  private rows: { seq: number; end: number }[] = []
  private seen = new Uint8Array(1_024)

  /** Ends a log row: what was pushed since the last one belongs to `seq`. */
  endRow(seq: number): void {
    const start = this.rows.at(-1)?.end ?? 0
    for (let row = start; row < this.columns.count; row++) this.see(this.columns.series[row] as number)
    this.rows.push({ seq, end: this.columns.count })
    this.lastSeq = seq
  }

  get rowCount(): number {
    return this.rows.length
  }

  /** How many of the readings, from the first, belong to log rows up to `seq`. */
  readingsThrough(seq: number): number {
    let low = 0
    let high = this.rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.rows[middle] as { seq: number }).seq <= seq) low = middle + 1
      else high = middle
    }
    return low === 0 ? 0 : (this.rows[low - 1] as { end: number }).end
  }

  /** Takes away the readings of log rows up to `seq`: they are in chunks. */
  dropThrough(seq: number): void {
    const dropped = this.readingsThrough(seq)
    const kept = this.rows.filter((row) => row.seq > seq)
    if (kept.length === this.rows.length) return
    this.rows = kept.map((row) => ({ seq: row.seq, end: row.end - dropped }))
    this.columns.dropFirst(dropped)
    this.index.clear()
    this.seen.fill(0)
    this.seriesCount = 0
    for (let row = 0; row < this.columns.count; row++) this.see(this.columns.series[row] as number)
  }

  private see(series: number): void {
    if (series >= this.seen.length) {
      const larger = new Uint8Array(Math.max(this.seen.length * 2, series + 1))
      larger.set(this.seen)
      this.seen = larger
    }
    if (this.seen[series] === 1) return
    this.seen[series] = 1
    this.seriesCount += 1
  }
}
