// A world in memory for the cases: imports add up by the rules of the bundle, `close` freezes, readings come in windows as a store gives them.
import { createHash } from 'node:crypto'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { ReadingsOf } from '#domain/ports/meter-readings.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { parseInstant } from '#domain/quantity/instant.ts'
import { microFrom } from '#domain/quantity/micro.ts'
import { digestOf } from '#domain/settlement/digest.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import { settle } from '#domain/settlement/settle.ts'
import type { Settled } from '#domain/settlement/settle.ts'
import type { FrozenSettlement, Settlement } from '#domain/settlement/settlement.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const DAY_MS = 86_400_000

/** A meter's readings: the later listed stands. */
type Column = Map<number, bigint>
type Named = { id: string }

export class World {
  readonly bundle: Bundle = {}
  readonly frozen: FrozenSettlement[] = []
  private readonly columns = new Map<string, Column>()

  /** Objects replace by id; readings, prices and usage are added. */
  import(addition: Bundle): void {
    const bundle = this.bundle as Record<string, Named[] | undefined>
    for (const kind of OBJECT_KINDS) {
      for (const object of (addition[kind] ?? []) as Named[]) {
        const list = (bundle[kind] ??= [])
        const at = list.findIndex(({ id }) => id === object.id)
        const before = list[at] as { values?: unknown[] } | undefined
        const after =
          kind === 'priceSeries' && before !== undefined
            ? { ...object, values: [...(before.values ?? []), ...((object as { values?: unknown[] }).values ?? [])] }
            : object
        if (at < 0) list.push(after)
        else list[at] = after
      }
    }
    this.bundle.usage = [...(this.bundle.usage ?? []), ...(addition.usage ?? [])]
    for (const { device, point, values } of addition.readings ?? []) {
      const key = `${device} ${point}`
      const column = this.columns.get(key) ?? new Map<number, bigint>()
      this.columns.set(key, column)
      for (const [at, value] of values) {
        const micro = typeof value === 'boolean' ? 'not-a-decimal' : microFrom(value)
        if (typeof micro !== 'bigint') throw new Error(`reading ${value} of ${key}: ${micro}`)
        column.set(parseInstant(at)!, micro)
      }
    }
  }

  /** What a telemetry store answers for a window. */
  window(device: string, point: string, from: number, to: number): MeterReadings | null {
    const column = this.columns.get(`${device} ${point}`)
    if (column === undefined || column.size === 0) return null
    const all = [...column.keys()].sort((a, b) => a - b)
    const last = all.at(-1)!
    const lastBefore = all.findLast((at) => at <= from)
    const firstAfter = all.find((at) => at >= to)
    const kept = all.filter(
      (at, i) =>
        (at >= from && at <= to) ||
        at === lastBefore ||
        at === firstAfter ||
        (firstAfter === undefined && (at >= last - 28 * DAY_MS || i >= all.length - 2)),
    )
    return {
      at: Float64Array.from(kept),
      micro: BigInt64Array.from(kept, (at) => column.get(at)!),
      simulated: false,
      qualities: new Uint8Array(kept.length),
    }
  }

  /** The draft of a month, with just the readings that requiredReadings asks for. */
  draft(premises: string, period: string): Settled {
    const earlier = this.frozen.filter((settlement) => settlement.premises === premises)
    const closed = earlier.filter(({ status }) => status === 'closed').map(({ period: month }) => month)
    const requests = requiredReadings(this.bundle, premises, [...closed.filter((month) => month < period), period])
    const answers = new Map(
      requests.map((r) => [`${r.device} ${r.point}`, this.window(r.device, r.point, r.from, r.to)]),
    )
    const readings: ReadingsOf = ({ device, point }) => {
      const answer = answers.get(`${device} ${point}`)
      if (answer === undefined) throw new Error(`requiredReadings did not ask for ${device}/${point}`)
      return answer
    }
    return settle({ facts: this.bundle, premises, period, readings, earlier })
  }

  /** The settlement as shown: what is closed, else the draft. */
  settle(premises: string, period: string): Settlement {
    return (
      this.frozen.find((settlement) => settlement.premises === premises && settlement.period === period) ??
      this.draft(premises, period).settlement
    )
  }

  close(premises: string, period: string): void {
    const { settlement } = this.draft(premises, period)
    if (settlement.blocked.length > 0) throw new Error(`${premises} ${period} is blocked`)
    const before = this.frozen.filter((frozen) => frozen.premises === premises).at(-1)?.digest ?? null
    const closed = { ...settlement, status: 'closed' as const }
    this.frozen.push({ ...closed, digest: digestOf(before, closed, sha256) })
  }
}
