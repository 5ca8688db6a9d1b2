// Meters that decide a price without approval or verification (707/2011) and without the parties having agreed on it.
import type { MonthTerms } from '#domain/agreement/month-terms.ts'
import { meterApproval } from '#domain/metering/meter-approval.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Device, PointRef } from '#domain/registry/bundle.ts'
import type { Finding } from './finding.ts'

type Used = PointRef & { items: readonly string[] }

/**
 * A finding for each meter that is known not to be approved for all of the month. With a list agreed only listed meters may
 * decide, so any other hinders. Meters of which nothing is recorded are noted together.
 */
export function unapprovedFindings(
  devices: readonly Device[],
  meters: readonly Used[],
  month: string,
  { unapprovedMeters: listed }: Pick<MonthTerms, 'unapprovedMeters'>,
): Finding[] {
  const end = formatDay(monthDays(month).end)
  const found: Finding[] = []
  const unknown: Used[] = []
  for (const meter of meters) {
    if (meter.items.length === 0) continue
    const { device, point, items } = meter
    const isListed = (listed ?? []).some(
      (one) => one.meter.device === device && one.meter.point === point && (one.to == null || one.to >= end),
    )
    if (isListed) continue
    const facts = devices.find(({ id }) => id === device)
    const state = meterApproval(facts ?? {}, end)
    if (state === 'approved') continue
    if (state === 'unknown') {
      unknown.push(meter)
      continue
    }
    const until = state === 'verification-over' ? { until: facts?.meter?.verifiedUntil ?? '' } : {}
    const severity = listed === null ? 'warn' : 'hinders'
    found.push({ code: 'unapproved-meter', severity, items, figures: { device, point, why: state, ...until } })
  }
  if (unknown.length > 0) {
    const items = [...new Set(unknown.flatMap((meter) => meter.items))]
    const figures = { why: 'unknown', meters: String(unknown.length) }
    found.push({ code: 'unapproved-meter', severity: 'note', items, figures })
  }
  return found
}
