// What is odd about a reading that a person took: it is told at once, while the meter can still be looked at again.
import { microFrom } from '#domain/quantity/micro.ts'
import { registerDoubt, type RegisterDoubt } from '#domain/metering/meter-approval.ts'
import type { MeterFacts, Point } from '#domain/registry/bundle.ts'
import { decimalOfCell } from './cells.ts'

export type Noted = { at: number; value: string | number }
export type Around = {
  /** The last reading before, and the one before that. */
  previous: Noted | null
  earlier: Noted | null
  /** The first reading after. */
  next: Noted | null
  /** The reading at this very instant. */
  same: Noted | null
}
/** `sure`: a person who has looked again may say that it is right; the others are never taken. */
export type ReadingDoubt = {
  code: 'not-a-number' | RegisterDoubt | 'in-the-future' | 'below-last' | 'above-next' | 'unusual' | 'known-already'
  message: string
  sure: boolean
}
const CLOCK_SLACK_MS = 5 * 60_000
/** So many times the consumption before is unusual. */
const UNUSUAL_TIMES = 10

/** The doubts about a value as it was typed, at an instant, among the readings around it. */
export function doubtsOf(
  point: Point,
  typed: string,
  at: number,
  { previous, earlier, next, same }: Around,
  now: number,
  meter: Partial<MeterFacts> = {},
): ReadingDoubt[] {
  const value = decimalOfCell(typed)
  const micro = value === null ? null : microFrom(value)
  if (value === null || typeof micro !== 'bigint')
    return [{ code: 'not-a-number', message: `“${typed.slice(0, 40)}” is no number that a meter shows.`, sure: false }]
  const doubts: ReadingDoubt[] = []
  if (at > now + CLOCK_SLACK_MS)
    doubts.push({ code: 'in-the-future', message: 'The time of the reading is in the future.', sure: false })
  if (same !== null && microFrom(same.value) !== micro)
    doubts.push({
      code: 'known-already',
      message: `The reading of that moment is ${same.value}; this one would replace it.`,
      sure: true,
    })
  if (point.kind !== 'counter') return doubts
  const register = registerDoubt(meter, value)
  if (register === 'too-many-digits')
    doubts.push({ code: register, message: `The register has ${meter.digits} digits before the point.`, sure: false })
  if (register === 'too-many-decimals')
    doubts.push({ code: register, message: `The register has ${meter.decimals} digits after the point.`, sure: true })
  const rollover = point.rollover === undefined ? null : microFrom(point.rollover)
  if (typeof rollover === 'bigint' && micro >= rollover)
    doubts.push({ code: 'too-many-digits', message: `The meter shows less than ${point.rollover}.`, sure: false })
  const before = previous === null ? null : microFrom(previous.value)
  const after = next === null ? null : microFrom(next.value)
  const rolled =
    typeof rollover === 'bigint' &&
    typeof before === 'bigint' &&
    before * 10n >= rollover * 9n &&
    micro * 10n <= rollover
  if (typeof before === 'bigint' && micro < before && !rolled)
    doubts.push({
      code: 'below-last',
      message: `It is less than the last reading ${previous!.value}. Was the meter changed?`,
      sure: true,
    })
  if (typeof after === 'bigint' && micro > after && rollover === null)
    doubts.push({ code: 'above-next', message: `It is more than the later reading ${next!.value}.`, sure: true })
  const first = earlier === null ? null : microFrom(earlier.value)
  if (
    previous !== null &&
    earlier !== null &&
    typeof before === 'bigint' &&
    typeof first === 'bigint' &&
    micro > before
  ) {
    // consumption ÷ time, compared without dividing
    const [now1, then] = [micro - before, before - first]
    const [span, spanBefore] = [BigInt(Math.max(1, at - previous.at)), BigInt(Math.max(1, previous.at - earlier.at))]
    if (then > 0n && now1 * spanBefore > then * span * BigInt(UNUSUAL_TIMES))
      doubts.push({
        code: 'unusual',
        message: `The consumption since the last reading is more than ${UNUSUAL_TIMES} times the one before.`,
        sure: true,
      })
  }
  return doubts
}
