// The tree of main meters and their sub-meters, and the balance of a main meter: how much of it no sub-meter measures.
import {
  add,
  compare,
  divide,
  formatExact,
  formatRounded,
  multiply,
  parseDecimalFraction,
  subtract,
  ZERO,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { unitFamily } from '#domain/quantity/units.ts'
import type { Decimal, Device, Point, PointRef, RemainderBand } from '#domain/registry/bundle.ts'
import type { ConsumptionStep } from './consumption.ts'

export type MeterNode = { ref: PointRef; device: Device; point: Point; main: PointRef | null; depth: number }
export const meterKey = ({ device, point }: PointRef): string => `${device}/${point}`
export const isMeterKind = (kind: string | undefined): boolean =>
  kind === 'counter' || kind === 'interval' || kind === 'virtual'

/**
 * Every counter, interval and virtual point of the devices that counts energy or volume, each main meter before its sub-meters, by name of the point. A meter whose
 * main meter is not among them stands at the top; so does one that is below itself, where the loop is cut (checks refuse such facts).
 */
export function meterTree(devices: readonly Device[]): MeterNode[] {
  const all = new Map<string, Omit<MeterNode, 'depth'>>()
  for (const device of devices)
    for (const point of device.points ?? []) {
      if (!isMeterKind(point.kind) || point.proposed === true || unitFamily(point.unit ?? '') === null) continue
      const ref = { device: device.id, point: point.key }
      all.set(meterKey(ref), { ref, device, point, main: point.mainMeter ?? null })
    }
  const below = new Map<string, Omit<MeterNode, 'depth'>[]>()
  const tops: Omit<MeterNode, 'depth'>[] = []
  for (const node of all.values()) {
    if (node.main === null || !all.has(meterKey(node.main)) || isBelowItself(node, all))
      tops.push({ ...node, main: null })
    else below.getOrInsertComputed(meterKey(node.main), () => []).push(node)
  }
  const ordered: MeterNode[] = []
  const walk = (nodes: readonly Omit<MeterNode, 'depth'>[], depth: number): void => {
    for (const node of nodes.toSorted((a, b) => (meterKey(a.ref) < meterKey(b.ref) ? -1 : 1))) {
      ordered.push({ ...node, depth })
      walk(below.get(meterKey(node.ref)) ?? [], depth + 1)
    }
  }
  // What has sub-meters comes first.
  const [mains, others] = [true, false].map((has) => tops.filter(({ ref }) => below.has(meterKey(ref)) === has))
  walk(mains ?? [], 0)
  walk(others ?? [], 0)
  return ordered
}

function isBelowItself(node: Omit<MeterNode, 'depth'>, all: ReadonlyMap<string, Omit<MeterNode, 'depth'>>): boolean {
  const start = meterKey(node.ref)
  const passed = new Set([start])
  for (let main = node.main; main !== null;) {
    const key = meterKey(main)
    if (key === start) return true
    if (passed.has(key)) return false
    passed.add(key)
    main = all.get(key)?.main ?? null
  }
  return false
}

/** One step of a balance, in the main meter's unit; null where a meter of it is not known. `part` is of the main quantity, four decimals. */
export type BalanceStep = {
  from: number
  to: number
  main: Decimal | null
  subs: Decimal | null
  difference: Decimal | null
  part: Decimal | null
  /** The greatest estimated part of a meter in it. */
  estimated: Decimal
  /** The part lies outside of what the agreement takes as usual. */
  outside: boolean
}

/** `subs` come with the factor of their unit to the main meter's. All have the same steps. */
export function balanceOf(
  main: readonly ConsumptionStep[],
  subs: readonly { factor: Fraction; steps: readonly ConsumptionStep[] }[],
  band: Pick<RemainderBand, 'least' | 'most'> | null,
): BalanceStep[] {
  return main.map((step, i) => {
    const whole = step.quantity === null ? null : parseDecimalFraction(step.quantity)
    let sum: Fraction | null = ZERO
    let estimated = parseDecimalFraction(step.estimated) ?? ZERO
    for (const { factor, steps } of subs) {
      const one = steps[i]
      const quantity = one?.quantity == null ? null : parseDecimalFraction(one.quantity)
      sum = sum === null || quantity === null ? null : add(sum, multiply(quantity, factor))
      const part = parseDecimalFraction(one?.estimated ?? '0') ?? ZERO
      if (compare(part, estimated) > 0) estimated = part
    }
    const difference = whole === null || sum === null ? null : subtract(whole, sum)
    const part = difference === null || whole === null || whole.n === 0n ? null : divide(difference, whole)
    return {
      from: step.from,
      to: step.to,
      main: step.quantity,
      subs: sum === null ? null : written(sum),
      difference: difference === null ? null : written(difference),
      part: part === null ? null : formatRounded(part, 4),
      estimated: formatRounded(estimated, 4),
      outside: part !== null && band !== null && isOutside(part, band),
    }
  })
}

const written = (value: Fraction): Decimal => formatExact(value) ?? formatRounded(value, 6)
const isOutside = (part: Fraction, { least, most }: Pick<RemainderBand, 'least' | 'most'>): boolean =>
  compare(part, parseDecimalFraction(least) ?? ZERO) < 0 || compare(part, parseDecimalFraction(most) ?? ZERO) > 0
