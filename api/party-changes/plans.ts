// The plan of an act from what is stored, and what hinders it: closing readings that are missing, months that must be closed first.
import type { Hindrance, PartyChangeWanted } from '#contract/party-changes.ts'
import type { Problem } from '#domain/failure.ts'
import type { Act, ClosingReading, Plan } from '#domain/party-change/party-change.ts'
import { planJoin, planLeave, type Planned } from '#domain/party-change/plan.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { dayNumber, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import { previewSuccession } from '#domain/registry/apply-succession.ts'
import { checkDate } from '#domain/registry/check-values.ts'
import { createProblems } from '#domain/registry/problems.ts'
import type { Bundle, Premises } from '#domain/registry/bundle.ts'
import type { LedgerEntry } from '#domain/ports/records.ts'
import type { RouteParts } from '#api/parts.ts'
import { newestOf } from '#api/settlement/ledger-rows.ts'

const DAY_MS = 86_400_000

/** What the act changes, or why it is not possible. */
export async function planOf(act: Act, facts: Bundle, premises: Premises, parts: RouteParts): Promise<Planned> {
  const { report, list } = createProblems()
  checkDate(act.from, '/act/from', report)
  if ((await parts.records.getObject({ organisation: null }, 'organisations', act.organisation)) === null)
    report('/act/organisation', 'unknown-id', `There is no organisation ${act.organisation}.`)
  if (list().length > 0) return { ok: false, problems: list() }
  if (act.act === 'join') return inAct(planJoin(facts, premises, act))
  if (act.act === 'leave') return inAct(planLeave(facts, premises, act))
  const { organisation, successor, from } = act
  const succession = await previewSuccession(parts.records, { organisation, successor, from })
  if (!succession.ok) return inAct(succession)
  const { effects, changes, expectedVersions } = succession
  return {
    ok: true,
    plan: {
      changes,
      effects: effects.map(({ kind, id, code, text }) => ({ code: 'succession', kind, id, values: { code, text } })),
      agreement: null,
      buyOuts: [],
      closing: [],
      expectedVersions,
    },
  }
}

const inAct = (planned: Planned | { ok: false; problems: Problem[] }): Planned =>
  planned.ok
    ? planned
    : { ok: false, problems: planned.problems.map((one) => ({ ...one, pointer: `/act${one.pointer}` })) }

/** For each sub-meter whether the reading that is demanded at the first instant of the day is there. */
export async function closingReadings(
  { closing }: Plan,
  { act, readings = [] }: PartyChangeWanted,
  { timeZone }: Premises,
  { telemetry, now }: RouteParts,
): Promise<ClosingReading[]> {
  const at = dayStart(dayNumber(act.from), timeZone)
  return Promise.all(
    closing.map(async ({ device, point }): Promise<ClosingReading> => {
      const told = (state: ClosingReading['state']): ClosingReading => ({ device, point, at: formatInstant(at), state })
      if (readings.some((one) => one.device === device && one.point === point)) return told('given')
      const series = telemetry.findSeries(device, point)
      const near = series === null ? [] : await telemetry.readings(series, at - DAY_MS, at + DAY_MS, 1)
      if (near.length > 0) return told('there')
      return told(at > now() ? 'to-come' : 'missing')
    }),
  )
}

/** What must be done first. */
export function hindrancesOf(
  act: Act,
  { buyOuts }: Plan,
  closing: readonly ClosingReading[],
  facts: Bundle,
  ledger: readonly LedgerEntry[],
): Hindrance[] {
  const hindrances: Hindrance[] = []
  const missing = closing.filter(({ state }) => state === 'missing').map(({ device, point }) => `${device}/${point}`)
  if (missing.length > 0)
    hindrances.push({
      code: 'closing-readings-missing',
      message: `Closing readings of ${act.from} are missing: ${missing.join(', ')}.`,
      values: missing,
    })
  // Depreciation is owed to whoever financed the device, without dates: what is not closed before would be owed to the buyer.
  const open = new Set<string>()
  const closed = new Set<string>()
  for (const { device, financed } of buyOuts) {
    const acquisition = facts.devices?.find(({ id }) => id === device)?.acquisition
    if (!financed || acquisition === undefined) continue
    const first = monthIndex(acquisition.date.slice(0, 7)) + 1
    const agreed = (facts.agreements ?? []).flatMap(({ versions }) => versions.map(({ from }) => from)).toSorted()[0]
    const from = Math.max(first, agreed === undefined ? first : monthIndex(agreed.slice(0, 7)))
    const end = Math.min(monthIndex(act.from.slice(0, 7)), first + acquisition.usefulLifeMonths)
    for (let month = from; month < end; month += 1)
      if (newestOf(ledger, monthOfIndex(month))?.status !== 'closed') open.add(monthOfIndex(month))
    // From the month of the date on it is owed to the buyer: what is closed has been paid to the leaver, and stays paid.
    for (const { period, status } of ledger)
      if (status === 'closed' && monthIndex(period) >= Math.max(end, first)) closed.add(period)
  }
  if (open.size > 0)
    hindrances.push({
      code: 'months-open',
      message: `Close the months before first, whose depreciation is owed to ${act.organisation}: ${[...open].sort().join(', ')}.`,
      values: [...open].sort(),
    })
  if (closed.size > 0)
    hindrances.push({
      code: 'months-closed',
      message: `Months from the date on are closed, and their depreciation was paid to ${act.organisation}: ${[...closed].sort().join(', ')}. Give a date in a month that is open.`,
      values: [...closed].sort(),
    })
  return hindrances
}
