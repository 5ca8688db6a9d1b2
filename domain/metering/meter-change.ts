// The change of a meter as a protocol: what both registers showed, who did it and why, and the witness of the other side who confirms it.
import { paperKind } from '#domain/ports/papers.ts'
import { formatInstant, parseInstant } from '#domain/quantity/instant.ts'
import { microFrom } from '#domain/quantity/micro.ts'
import type { Decimal, Device, Id, Instant, MeterFacts, Point } from '#domain/registry/bundle.ts'
import { registerDoubt, type RegisterDoubt } from './meter-approval.ts'

/** What one of the two meters showed at the change; `photo` is the digest of a picture of its register. */
export type MeterSide = { register: Decimal; photo: string; serial?: string; seal?: string }
export const CHANGE_REASONS = ['verification', 'fault', 'renewal', 'move', 'other'] as const
export type ChangeReason = (typeof CHANGE_REASONS)[number]
export type MeterChangeWanted = {
  point: string
  at: Instant
  old: MeterSide
  new: MeterSide
  /** Of the new meter; absent: what is recorded of the meter stays, but for its seal. */
  facts?: MeterFacts
  reason: ChangeReason
  note?: string
  /** The organisation of the other side whose person confirms. */
  witness: Id
}
export type ChangeWarning = 'final-below-last' | 'next-below-initial'
/** What it does to the month in which it falls, in the unit of the point, multiplier included; null where it is not known. */
export type ChangeEffect = {
  period: string
  unit: string | null
  without: Decimal | null
  with: Decimal | null
  /** Of the month: by the old meter up to the change, by the new one from it on. */
  oldMeter: Decimal | null
  newMeter: Decimal | null
  /** Closed months that it reaches into: they stay, and the difference comes as an adjustment. */
  closedMonths: string[]
  warnings: ChangeWarning[]
}
export type ChangeEvent = {
  what: 'proposed' | 'confirmed' | 'refused' | 'undone'
  at: Instant
  by: string
  organisation: Id | null
}
export type MeterChangeProtocol = {
  device: Id
  wanted: MeterChangeWanted
  by: Id | null
  effect: ChangeEffect
  events: ChangeEvent[]
  refusal: string | null
}
/** States: proposed → confirmed, refused or undone. Only a confirmed one stands in the facts. */
export const METER_CHANGE = paperKind<MeterChangeProtocol>('meter-change')

/** Clocks of phones go ahead by so much at most. */
const CLOCK_SLACK_MS = 5 * 60_000

export type ChangeRefusal = 'no-counter' | 'same-instant' | 'future' | 'no-number' | RegisterDoubt
export type PlannedChange =
  | { ok: true; device: Device; point: Point }
  | { ok: false; reason: ChangeRefusal; pointer: string }

/**
 * The device with the new meter under the same logical point: one row more in the point's changes, and serial number, seal and facts of the
 * new meter. Multiplier and unit are the point's: a meter that counts otherwise gets a point of its own.
 */
export function planMeterChange(device: Device, wanted: MeterChangeWanted, now: number): PlannedChange {
  const point = device.points?.find(({ key }) => key === wanted.point)
  if (point?.kind !== 'counter') return { ok: false, reason: 'no-counter', pointer: '/point' }
  const at = parseInstant(wanted.at)
  if (at === null || at > now + CLOCK_SLACK_MS) return { ok: false, reason: 'future', pointer: '/at' }
  if ((point.meterChanges ?? []).some((change) => parseInstant(change.at) === at))
    return { ok: false, reason: 'same-instant', pointer: '/at' }
  for (const [side, facts] of [
    ['old', device.meter],
    ['new', wanted.facts ?? device.meter],
  ] as const) {
    const { register } = wanted[side]
    const pointer = `/${side}/register`
    const micro = microFrom(register)
    if (typeof micro !== 'bigint' || micro < 0n) return { ok: false, reason: 'no-number', pointer }
    const doubt = registerDoubt(facts ?? {}, register)
    if (doubt !== null) return { ok: false, reason: doubt, pointer }
    const rollover = point.rollover === undefined ? null : microFrom(point.rollover)
    if (typeof rollover === 'bigint' && micro >= rollover) return { ok: false, reason: 'too-many-digits', pointer }
  }
  const change = { at: formatInstant(at), final: wanted.old.register, initial: wanted.new.register }
  const changed: Point = {
    ...point,
    meterChanges: [...(point.meterChanges ?? []), change].toSorted((a, b) => parseInstant(a.at)! - parseInstant(b.at)!),
  }
  const { serial, seal } = wanted.new
  const facts = wanted.facts ?? device.meter
  const sealed = seal === undefined ? facts : { ...(facts ?? { approved: false }), seal }
  return {
    ok: true,
    point: changed,
    device: {
      ...device,
      ...(serial === undefined ? {} : { serial }),
      ...(sealed === undefined ? {} : { meter: sealed }),
      points: (device.points ?? []).map((one) => (one.key === point.key ? changed : one)),
    },
  }
}
