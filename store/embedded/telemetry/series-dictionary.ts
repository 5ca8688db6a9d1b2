// Numbers of series, given in memory; new ones travel to the disk with the first batch that has a reading of theirs.
import { Failure } from '#domain/failure.ts'
import type { SeriesInfo } from '#domain/ports/telemetry.ts'
import * as limits from './limits.ts'

const UNUSED = 0
const USED = 1
const DURABLE = 2

type Entry = SeriesInfo & { state: typeof UNUSED | typeof USED | typeof DURABLE }

export class SeriesDictionary {
  private readonly devices = new Map<string, Map<string, Entry>>()
  private readonly entries: (Entry | undefined)[] = []
  private fresh: Entry[] = []
  private last: number

  constructor(stored: readonly SeriesInfo[], lastNumber: number) {
    this.last = lastNumber
    for (const one of stored) this.put({ ...one, state: DURABLE })
  }

  seriesOf(device: string, point: string): number {
    const known = this.devices.get(device)?.get(point)
    if (known !== undefined) return known.series
    if (this.last >= limits.SERIES)
      throw new Failure('store-unavailable', `The store has ${limits.SERIES} series; it takes no more.`)
    const entry: Entry = { series: ++this.last, device, point, state: UNUSED }
    this.put(entry)
    return entry.series
  }

  find(device: string, point: string): number | null {
    const entry = this.devices.get(device)?.get(point)
    return entry?.state === DURABLE ? entry.series : null
  }

  ofDevice(device: string): SeriesInfo[] {
    const entries = [...(this.devices.get(device)?.values() ?? [])]
    return entries.filter(({ state }) => state === DURABLE).map(({ series, point }) => ({ series, device, point }))
  }

  /** Marks a series as having a reading. @throws Failure 'bad-request' for a number that was never given. */
  use(series: number): void {
    const entry = this.entries[series]
    if (entry === undefined) throw new Failure('bad-request', `There is no series ${series}.`)
    if (entry.state !== UNUSED) return
    entry.state = USED
    this.fresh.push(entry)
  }

  /** Series that have readings and are not on the disk yet. */
  unsaved(): SeriesInfo[] {
    return this.fresh.map(({ series, device, point }) => ({ series, device, point }))
  }

  /** These came onto the disk. */
  saved(names: readonly SeriesInfo[]): void {
    if (names.length === 0) return
    for (const { series } of names) (this.entries[series] as Entry).state = DURABLE
    this.fresh = this.fresh.filter(({ state }) => state !== DURABLE)
  }

  private put(entry: Entry): void {
    const points = this.devices.get(entry.device) ?? new Map<string, Entry>()
    points.set(entry.point, entry)
    this.devices.set(entry.device, points)
    this.entries[entry.series] = entry
  }
}
