// What goes wrong between a true value and the platform: in the device (values) and on the way (delivery).
import type { Device, Point } from '#domain/registry/bundle.ts'
import type { SimReading } from '#sim/fleet.ts'

/** Instants in ms; `devices` limits a disturbance of values to some devices (default all). */
export type Disturbance =
  /** Each message is lost with this probability. */
  | { kind: 'loss'; probability: number }
  /** Each message is sent again, up to `withinMs` later, with this probability. */
  | { kind: 'duplicate'; probability: number; withinMs: number }
  /** Each message is held back up to `withinMs` with this probability, so that later ones overtake it. */
  | { kind: 'reorder'; probability: number; withinMs: number }
  /** The way is cut in [from, to); the device keeps its readings and sends them all afterwards. */
  | { kind: 'outage'; from: number; to: number }
  /** The device is off in [from, to): it measures nothing, but a meter's register goes on from where it stood. */
  | { kind: 'power-cut'; from: number; to: number; devices?: readonly string[] }
  /** The device's clock is off by so much. */
  | { kind: 'clock-skew'; ms: number; devices?: readonly string[] }
  /** Counters start again at 0 at an instant (declared nowhere). */
  | { kind: 'counter-reset'; at: number; devices?: readonly string[] }
  /** Counters have only so many units before they start at 0 again. */
  | { kind: 'roll-over'; units: number; devices?: readonly string[] }
  /** A new meter, with this first reading, at an instant. */
  | { kind: 'meter-change'; at: number; initial: number; devices?: readonly string[] }
  /** A gauge or counter stands still in [from, to). */
  | { kind: 'stuck'; from: number; to: number; devices?: readonly string[] }
  /** Each number is multiplied with this probability. */
  | { kind: 'spike'; probability: number; factor: number; devices?: readonly string[] }
  /** Every connection breaks at an instant, and all come back together. */
  | { kind: 'herd'; at: number }

type Memory = Map<string, number | boolean | string>
/** What a disturbance must remember of each point: the register at a reset, the value at which it is stuck. */
const memories = new WeakMap<Disturbance, Memory>()
function memoryOf(disturbance: Disturbance): Memory {
  let memory = memories.get(disturbance)
  if (memory === undefined) memories.set(disturbance, (memory = new Map()))
  return memory
}

const concerns = (disturbance: Disturbance, device: string): boolean =>
  !('devices' in disturbance) || disturbance.devices === undefined || disturbance.devices.includes(device)

/** The readings as the device sends them, after every disturbance of values in the order given. Readings must come in order of time. */
export function disturbReadings(
  device: Pick<Device, 'id' | 'points'>,
  readings: readonly SimReading[],
  disturbances: readonly Disturbance[],
  random: () => number,
): SimReading[] {
  let result = [...readings]
  for (const disturbance of disturbances) {
    if (!concerns(disturbance, device.id)) continue
    result = result.flatMap((reading) => {
      const point = (device.points ?? []).find((each) => each.key === reading.point) ?? { key: reading.point }
      const changed = disturbReading(`${device.id}/${reading.point}`, point, reading, disturbance, random)
      return changed === null ? [] : [changed]
    })
  }
  return result
}

function disturbReading(
  name: string,
  point: Point,
  reading: SimReading,
  disturbance: Disturbance,
  random: () => number,
): SimReading | null {
  const { at, value } = reading
  const counter = point.kind === 'counter' && typeof value === 'number'
  switch (disturbance.kind) {
    case 'power-cut':
      return at >= disturbance.from && at < disturbance.to ? null : reading
    case 'clock-skew':
      return { ...reading, at: at + disturbance.ms }
    case 'counter-reset':
    case 'meter-change': {
      if (!counter) return reading
      const memory = memoryOf(disturbance)
      if (at < disturbance.at || !memory.has(name)) memory.set(name, value)
      if (at < disturbance.at) return reading
      const before = Number(memory.get(name))
      const initial = disturbance.kind === 'meter-change' ? disturbance.initial : 0
      return { ...reading, value: tidy(initial + value - before) }
    }
    case 'roll-over':
      return counter ? { ...reading, value: tidy(value % disturbance.units) } : reading
    case 'stuck': {
      const memory = memoryOf(disturbance)
      if (at < disturbance.from || at >= disturbance.to) return reading
      if (!memory.has(name)) memory.set(name, value)
      return { ...reading, value: memory.get(name) ?? value }
    }
    case 'spike':
      return typeof value === 'number' && random() < disturbance.probability
        ? { ...reading, value: tidy(value * disturbance.factor) }
        : reading
    case 'loss':
    case 'duplicate':
    case 'reorder':
    case 'outage':
    case 'herd':
      return reading
  }
}
/** Registers show thousandths; a binary difference would show its rounding. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6

/**
 * When one message, ready at `at`, is sent: delays in ms; none when it is lost, two when it is duplicated.
 * An outage holds it until its end (store and forward).
 */
export function disturbDelivery(at: number, disturbances: readonly Disturbance[], random: () => number): number[] {
  let delays = [0]
  for (const disturbance of disturbances) {
    if (disturbance.kind === 'loss') delays = delays.filter(() => random() >= disturbance.probability)
    if (disturbance.kind === 'duplicate') {
      delays = delays.flatMap((delay) =>
        random() < disturbance.probability ? [delay, delay + Math.ceil(random() * disturbance.withinMs)] : [delay],
      )
    }
    if (disturbance.kind === 'reorder') {
      delays = delays.map((delay) =>
        random() < disturbance.probability ? delay + Math.ceil(random() * disturbance.withinMs) : delay,
      )
    }
    if (disturbance.kind === 'outage' && at >= disturbance.from && at < disturbance.to) {
      delays = delays.map((delay) => Math.max(delay, disturbance.to - at))
    }
  }
  return delays
}
