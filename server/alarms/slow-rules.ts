// The job of the rules that no single reading decides: each kind is looked at as often as what it looks at changes.
import { USUAL_NIGHTS } from '#domain/alarms/forecast.ts'
import type { AlarmRule, ConditionKind } from '#domain/alarms/rule.ts'
import { SLOW_KINDS, watchedDevices } from '#domain/alarms/watched.ts'
import { BUDGET } from '#domain/year/budget.ts'
import { dayOfInstant, dayStart } from '#domain/quantity/period.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import { devicesWithReadings } from '#api/access/may-alarm.ts'
import { lookAtPrices } from '#api/alarms/price-looks.ts'
import {
  lookAtBalance,
  lookAtNight,
  lookAtPeak,
  nightLoad,
  type BudgetLook,
  type LookParts,
  type SlowLook,
} from '#api/alarms/slow-looks.ts'
import { localDate } from '#api/views/premises-summary.ts'
import type { AlarmEngine } from './engine.ts'
import type { Rule } from './watches.ts'

const MINUTE_MS = 60_000
/** How often each kind is looked at. */
const EVERY_MS: { [K in ConditionKind]?: number } = {
  'peak-forecast': 30_000,
  'night-base-load': 60 * MINUTE_MS,
  'main-against-subs': 60 * MINUTE_MS,
  'missing-price': 30 * MINUTE_MS,
  'budget-forecast': 6 * 60 * MINUTE_MS,
}
/** How long after local midnight yesterday's last readings have come in, and the night is over. */
const DAY_SETTLED_MS = 6 * 60 * MINUTE_MS

export type SlowRules = {
  run(now: number): Promise<number>
  stop(): void
}

export function createSlowRules(
  parts: LookParts,
  engine: Pick<AlarmEngine, 'rules' | 'look'>,
  budget: () => BudgetLook | null,
): SlowRules {
  const lookedAt = new Map<Id, { at: number; sense: string }>()
  /** What a rule compares with became another: it is looked at with the next run. */
  const lookSoon = (kind: ConditionKind): void => {
    for (const { id, body } of engine.rules()) if (body.condition.kind === kind) lookedAt.delete(id)
  }
  const stops = [
    parts.records.onPapers((changed) => {
      if (changed.some(({ kind }) => kind === BUDGET)) lookSoon('budget-forecast')
    }),
    parts.records.onChange((changed) => {
      if (changed.some(({ kind }) => kind === 'tariffs' || kind === 'meteredCosts')) lookSoon('missing-price')
    }),
  ]

  return {
    stop() {
      for (const step of stops.splice(0)) step()
    },
    /** One run. Gives how many rules were looked at. */
    async run(now) {
      const due = engine.rules().filter(({ id, sense, body }) => {
        const every = EVERY_MS[body.condition.kind]
        if (every === undefined || !SLOW_KINDS.has(body.condition.kind)) return false
        const before = lookedAt.get(id)
        return before === undefined || before.sense !== sense || now - before.at >= every
      })
      for (const rule of due) {
        lookedAt.set(rule.id, { at: now, sense: rule.sense })
        engine.look(rule.id, await looksOf(rule, now))
      }
      for (const id of lookedAt.keys()) if (!engine.rules().some((rule) => rule.id === id)) lookedAt.delete(id)
      return due.length
    },
  }

  async function looksOf({ premises: id, body }: Rule, now: number): Promise<SlowLook[]> {
    const stored = await parts.records.getObject(ALL, 'premises', id)
    if (stored === null) return []
    const premises = stored.value
    const { condition } = body
    switch (condition.kind) {
      case 'peak-forecast':
        return found(await lookAtPeak(parts, condition, await named([condition.meter.device]), now))
      case 'main-against-subs': {
        const devices = await named([condition.main.device, ...condition.subs.map(({ device }) => device)])
        return found(await lookAtBalance(parts, condition, devices, premises, settledDay(premises, now) - 1))
      }
      case 'night-base-load': {
        const all = await devicesWithReadings(parts.records, null, id)
        const looks: SlowLook[] = []
        for (const device of watchedDevices(body, all, localDate(now, premises.timeZone)))
          looks.push(...found(await nightOf(device, premises, body, settledDay(premises, now))))
        return looks
      }
      case 'missing-price':
        return [await lookAtPrices(parts.records, premises, now)]
      case 'budget-forecast':
        return found((await budget()?.(premises, condition)) ?? null)
      default:
        return []
    }
  }

  async function nightOf(
    device: Device,
    premises: Premises,
    { condition }: AlarmRule,
    day: number,
  ): Promise<SlowLook | null> {
    if (condition.kind !== 'night-base-load') return null
    const before: (number | null)[] = []
    if (condition.overUsualPercent !== undefined)
      for (let one = day - USUAL_NIGHTS; one < day; one++)
        before.push(await nightLoad(parts, device, condition.point, premises, one))
    const look = lookAtNight(condition, await nightLoad(parts, device, condition.point, premises, day), before)
    return look === null
      ? null
      : { ...look, device: device.id, point: condition.point, unit: 'kW', at: dayStart(day, premises.timeZone) }
  }

  async function named(ids: readonly Id[]): Promise<Device[]> {
    return Array.fromAsync(listAll(parts.records, 'devices', { ids }))
  }
}

const found = (look: SlowLook | null): SlowLook[] => (look === null ? [] : [look])

/** The last local day whose night is over and whose day before is in. */
function settledDay({ timeZone }: Premises, now: number): number {
  const day = dayOfInstant(now, timeZone)
  return now - dayStart(day, timeZone) >= DAY_SETTLED_MS ? day : day - 1
}
