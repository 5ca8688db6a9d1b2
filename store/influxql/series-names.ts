// The series by number: numbers are of this process, names stand in the measurement `series` of the server.
import { randomUUID } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import type { SeriesInfo } from '#domain/ports/telemetry.ts'
import { tagOf, text } from './encode.ts'
import type { Engine, Point, Table } from './engine.ts'
import { shareOf } from './turns.ts'

/**
 * `newest`: instant of the newest reading; −1 without one, null while nobody asked the server. `share` and `turn`: where several
 * nodes write, it is what the server has as long as no other node had the turn of the share.
 */
export type Series = SeriesInfo & {
  premises: string | null
  tags: { device: string; point: string; premises?: string }
  saved: boolean
  acknowledged: boolean
  newest: number | null
  readonly share: number
  turn: number
}

export class SeriesNames {
  private readonly all: Series[] = []
  private readonly byName = new Map<string, Series>()
  private readonly byTags = new Map<string, Series>()
  private readonly byDevice = new Map<string, Series[]>()
  private readonly node = randomUUID()
  private made = 0
  private readThrough = 0

  at(number: number): Series {
    const found = this.all[number - 1]
    if (found === undefined) throw new Failure('bad-request', `There is no series ${number}.`)
    return found
  }

  /** The series of a name, made when it is new; a new one has no readings on the server. */
  of(device: string, point: string): Series {
    return this.byName.get(nameKey(device, point)) ?? this.make(device, point, null, false)
  }

  find(device: string, point: string): Series | null {
    return this.byName.get(nameKey(device, point)) ?? null
  }

  ofDevice(device: string): readonly Series[] {
    return this.byDevice.get(device) ?? []
  }

  get list(): readonly Series[] {
    return this.all
  }

  /** The series that the tags of an answer name, or null when another program wrote it. */
  ofTable({ tags }: Table): Series | null {
    return this.byTags.get(nameKey(tags['device'] ?? '', tags['point'] ?? '')) ?? null
  }

  /** Reads the names that the server has and this process does not, also of other nodes. */
  async refresh(engine: Engine): Promise<void> {
    const from = Math.max(0, this.readThrough - OVERLAP_MS)
    const [tables = []] = await engine.ask([
      `SELECT "device", "point", "premises" FROM "series" WHERE time >= ${from}ms ORDER BY time`,
    ])
    for (const { values } of tables) {
      for (const [at, device, point, premises] of values) {
        this.readThrough = Math.max(this.readThrough, at as number)
        const known = this.find(device as string, point as string)
        if (known === null) this.make(device as string, point as string, (premises as string | null) || null, true)
        else if (!known.saved) begun(known, (premises as string | null) || null)
      }
    }
  }

  /** Writes the names of series that are new. The premises of a series are those where it began; no query asks by them. */
  async save(engine: Engine, series: readonly Series[], premisesOf: PremisesOf): Promise<void> {
    const unsaved = series.filter(({ saved }) => !saved)
    if (unsaved.length === 0) return
    const points: Point[] = []
    for (const one of unsaved) {
      one.premises ??= await premisesOf(one.device)
      if (one.premises !== null) one.tags.premises = tagOf(one.premises)
      points.push({
        measurement: 'series',
        tags: { node: this.node },
        fields: { device: text(one.device), point: text(one.point), premises: text(one.premises ?? '') },
        // Nanoseconds: this node's own count tells names of one millisecond apart, its tag those of other nodes.
        time: `${Date.now()}${String(this.made++ % 1_000_000).padStart(6, '0')}`,
      })
    }
    for (let start = 0; start < points.length; start += NAMES_PER_WRITE) {
      await engine.write(points.slice(start, start + NAMES_PER_WRITE), 'ns')
    }
    for (const one of unsaved) one.saved = true
  }

  private make(device: string, point: string, premises: string | null, saved: boolean): Series {
    const tags = { device: tagOf(device), point: tagOf(point) }
    const series: Series = {
      series: this.all.length + 1,
      device,
      point,
      premises,
      tags: premises === null ? tags : { ...tags, premises: tagOf(premises) },
      saved,
      acknowledged: saved,
      newest: saved ? null : -1,
      share: shareOf(device),
      turn: 0,
    }
    this.all.push(series)
    this.byName.set(nameKey(device, point), series)
    this.byTags.set(nameKey(tags.device, tags.point), series)
    const others = this.byDevice.get(device)
    if (others === undefined) this.byDevice.set(device, [series])
    else others.push(series)
    return series
  }
}

/** Another node began this series meanwhile: its tags are those, and whether it has readings must be asked. */
function begun(series: Series, premises: string | null): void {
  series.saved = true
  series.newest = null
  series.premises = premises
  if (premises === null) delete series.tags.premises
  else series.tags.premises = tagOf(premises)
}

/** Premises of a device when its series begins, for the tag; null where there are none. */
export type PremisesOf = (device: string) => Promise<string | null>

/** Clocks of nodes may differ by this. */
const OVERLAP_MS = 600_000
const NAMES_PER_WRITE = 5_000

const nameKey = (device: string, point: string): string => `${device.length}:${device}${point}`
