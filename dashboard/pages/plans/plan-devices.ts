// What a plan and the list beside it show of a device: its state, its newest values and the one that stands for it. Pure.
import type { LatestReading } from '#contract/series.ts'
import type { PlanOpened } from '#contract/plans.ts'
import { isWithin, type Spot } from '#domain/plans/spot.ts'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { newerOf } from '#dashboard/pages/premises/live-values.ts'

export type Row = PlanOpened['devices'][number]['device'] & {
  mayPlace: boolean
  at: Spot | null
  readings: LatestReading[]
  /** What the plan shows of it. */
  main: LatestReading | null
  alarms: number
}

/** What people look at first, in this order. */
const FIRST = ['temperature', 'co2', 'power', 'occupied', 'state', 'open', 'flow', 'supply-temperature', 'humidity']

export const rowsOf = (
  { plan, devices }: PlanOpened,
  latest: readonly LatestReading[],
  live: LiveSnapshot,
  alarms: ReadonlyMap<string, number>,
  moved: ReadonlyMap<string, Spot | null>,
): Row[] => {
  const known = Map.groupBy(latest, ({ device }) => device)
  const placed = new Map(plan.placements.map(({ device, at }) => [device, at] as const))
  return devices.map(({ device, mayPlace }) => {
    const readings = (known.get(device.id) ?? []).map((one) =>
      newerOf(one, live.readings.get(`${one.device}/${one.point}`)),
    )
    const presence = live.presence.get(device.id)
    return {
      ...device,
      ...(presence === undefined
        ? {}
        : { presence: { ...device.presence, state: presence.state, lastHeardAt: presence.lastHeardAt } }),
      mayPlace,
      at: moved.has(device.id) ? (moved.get(device.id) ?? null) : (placed.get(device.id) ?? null),
      readings,
      main: FIRST.map((key) => readings.find(({ point }) => point === key)).find((one) => one !== undefined) ?? null,
      alarms: alarms.get(device.id) ?? 0,
    }
  })
}

export const isWell = ({ alarms, presence }: Row): boolean => alarms === 0 && presence.state === 'works'

/** The space whose outline a spot lies in, or null. */
export const spaceAt = ({ outlines }: PlanOpened['plan'], at: Spot): string | null =>
  outlines.find(({ corners }) => isWithin(at, corners))?.space ?? null

/** A step of an arrow key, and with Shift, as a part of the picture. */
const STEP = 0.005
const LONG_STEP = 0.05
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** Where an arrow key moves a spot to; null for another key. */
export const movedBy = ([x, y]: Spot, key: string, long: boolean): Spot | null => {
  const arrow = ARROWS[key]
  if (arrow === undefined) return null
  const step = long ? LONG_STEP : STEP
  return onPicture([x + arrow[0] * step, y + arrow[1] * step])
}
/** Kept on the picture, to a ten-thousandth. */
export const onPicture = ([x, y]: Spot): Spot => [kept(x), kept(y)]
const kept = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 10_000) / 10_000
