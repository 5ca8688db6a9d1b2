// Finds a reading of the not yet reorganised log by series and instant: a hash table that is filled only when somebody asks.
import type { Columns } from './columns.ts'

/** Open addressing over row numbers; of rows with the same key the newest is found. */
export class TailIndex {
  private slots = new Int32Array(1 << 12)
  private used = 0
  private indexed = 0
  private readonly columns: Columns

  constructor(columns: Columns) {
    this.columns = columns
  }

  /** Forgets everything; to be called when rows are taken away from the columns. */
  clear(): void {
    if (this.indexed === 0) return
    this.slots = new Int32Array(1 << 12)
    this.used = 0
    this.indexed = 0
  }

  /** The newest row of a series at an instant, or −1. */
  find(series: number, at: number): number {
    while (this.indexed < this.columns.count) this.insert(this.indexed++)
    const slot = this.slotOf(series, at)
    return (this.slots[slot] as number) - 1
  }

  private insert(row: number): void {
    if (this.used * 2 >= this.slots.length) this.grow()
    const slot = this.slotOf(this.columns.series[row] as number, this.columns.at[row] as number)
    if (this.slots[slot] === 0) this.used += 1
    this.slots[slot] = row + 1
  }

  /** The slot that holds the key, or the empty one where it would go. */
  private slotOf(series: number, at: number): number {
    const mask = this.slots.length - 1
    const low = at % 4_294_967_296
    let hash = Math.imul(series, 0x9e3779b1) ^ Math.imul(low | 0, 0x85ebca6b) ^ ((at - low) / 4_294_967_296)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
    let slot = (hash ^ (hash >>> 13)) & mask
    for (let held = this.slots[slot] as number; held !== 0; held = this.slots[slot] as number) {
      if (this.columns.series[held - 1] === series && this.columns.at[held - 1] === at) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  private grow(): void {
    const former = this.slots
    this.slots = new Int32Array(former.length * 2)
    for (const held of former) {
      if (held === 0) continue
      this.slots[this.slotOf(this.columns.series[held - 1] as number, this.columns.at[held - 1] as number)] = held
    }
  }
}
