// Tries the rules that look at many readings at once: night by night, day by day, interval by interval.
import { written } from '#domain/alarms/forecast.ts'
import type { AlarmRule } from '#domain/alarms/rule.ts'
import { watchedDevices } from '#domain/alarms/watched.ts'
import { isMeterKind } from '#domain/metering/meter-tree.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import type { RouteParts } from '#api/parts.ts'
import { meterSteps } from '#api/views/meter-steps.ts'
import type { RuleView } from './rules.ts'
import { INTERVAL_MS, lookAtBalance, lookAtNight, nightLoad, pointOf } from './slow-looks.ts'
import { USUAL_NIGHTS } from '#domain/alarms/forecast.ts'
import type { Trial, Tried } from './try-rule.ts'

type Parts = Pick<RouteParts, 'telemetry' | 'limits' | 'now' | 'records'>
type Moment = { from: number; to: number; isWrong: boolean; value: string; limit: string }

export async function trySlowRule(
  parts: Parts,
  view: RuleView,
  rule: AlarmRule,
  { from, to }: { from: number; to: number },
): Promise<Trial> {
  const { condition } = rule
  const { premises, seen } = view
  const { timeZone } = premises
  const endMs = performance.now() + parts.limits.alarmTryMs
  const trial: Trial = { alarms: [], devices: 0, readings: 0, complete: true }
  const days: number[] = []
  for (let day = dayOfInstant(from, timeZone); dayStart(day + 1, timeZone) <= to; day++) days.push(day)
  const isSpent = (): boolean => {
    if (performance.now() <= endMs) return false
    trial.complete = false
    return true
  }
  switch (condition.kind) {
    case 'night-base-load':
      for (const device of watchedDevices(rule, seen, view.today)) {
        trial.devices++
        const moments: Moment[] = []
        const loads: (number | null)[] = []
        const first = (days[0] ?? 0) - USUAL_NIGHTS
        for (let day = first; day <= (days.at(-1) ?? 0) && !isSpent(); day++) {
          const load = await nightLoad(parts, device, condition.point, premises, day)
          const look = day < (days[0] ?? 0) ? null : lookAtNight(condition, load, loads)
          loads.push(load)
          trial.readings += load === null ? 0 : 1
          if (look !== null) moments.push({ from: dayStart(day, timeZone), to: dayStart(day + 1, timeZone), ...look })
        }
        trial.alarms.push(
          ...joined(moments, {
            device: device.id,
            deviceName: device.name ?? null,
            point: condition.point,
            unit: 'kW',
          }),
        )
      }
      return trial
    case 'main-against-subs': {
      const main = pointOf(seen, condition.main)
      if (main === null) return trial
      trial.devices = 1 + condition.subs.length
      const moments: Moment[] = []
      for (const day of days) {
        if (isSpent()) break
        const look = await lookAtBalance(parts, condition, seen, premises, day)
        trial.readings += look === null ? 0 : 1
        if (look !== null)
          moments.push({
            from: dayStart(day, timeZone),
            to: dayStart(day + 1, timeZone),
            isWrong: look.isWrong,
            value: look.value,
            limit: look.limit,
          })
      }
      trial.alarms = joined(moments, {
        device: main.device.id,
        deviceName: main.device.name ?? null,
        point: condition.main.point,
        unit: '%',
      })
      return trial
    }
    case 'peak-forecast': {
      const found = pointOf(seen, condition.meter)
      if (found === null) return trial
      trial.devices = 1
      const lengthMs = INTERVAL_MS[condition.interval]
      const moments: Moment[] = []
      for (const day of days) {
        if (isSpent()) break
        const edges: number[] = []
        for (let at = dayStart(day, timeZone); at <= dayStart(day + 1, timeZone); at += lengthMs) edges.push(at)
        for (const [i, power] of (await powers(parts, found, edges, timeZone)).entries()) {
          if (power === null) continue
          trial.readings++
          const isWrong = power > Number(condition.above)
          moments.push({
            from: edges[i]!,
            to: edges[i]! + lengthMs,
            isWrong,
            value: written(power),
            limit: condition.above,
          })
        }
      }
      // Each interval is billed by itself: two that follow each other are two.
      trial.alarms = moments.flatMap((one) =>
        joined(
          [one],
          { device: found.device.id, deviceName: found.device.name ?? null, point: condition.meter.point, unit: 'kW' },
          to,
        ),
      )
      return trial
    }
    default:
      return trial
  }
}

/** Mean power of each interval between edges, in kW. */
async function powers(
  parts: Parts,
  { device, point }: NonNullable<ReturnType<typeof pointOf>>,
  edges: readonly number[],
  timeZone: string,
): Promise<(number | null)[]> {
  const perHour = 3_600_000 / (edges[1]! - edges[0]!)
  if (isMeterKind(point.kind)) {
    const steps = await meterSteps(device, point, edges, timeZone, { organisation: null }, parts)
    return steps.map(({ quantity }) => (quantity === null ? null : Number(quantity) * perHour))
  }
  const series = parts.telemetry.findSeries(device.id, point.key)
  if (series === null) return []
  const [buckets = []] = await parts.telemetry.buckets([series], edges)
  return buckets.map(({ mean }) => (mean === null ? null : point.unit === 'W' ? mean / 1000 : mean))
}

/** Moments that follow each other are one alarm, cleared by the first that is right. */
function joined(
  moments: readonly Moment[],
  of: Pick<Tried, 'device' | 'deviceName' | 'point' | 'unit'>,
  end: number | null = null,
): Tried[] {
  const found: Tried[] = []
  let open: Tried | null = null
  for (const { to, isWrong, value, limit } of moments) {
    if (isWrong && open === null) {
      open = { ...of, raisedAt: to, clearedAt: end === null ? null : Math.min(to, end), value, limit, flapping: false }
      found.push(open)
    } else if (!isWrong && open !== null) {
      open.clearedAt = to
      open = null
    }
  }
  return found
}
