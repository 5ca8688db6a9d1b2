// The rules of faults: who must act and who after them, the clock of working hours, steps that may be taken, reports that join, times, waste.
import { expect, test } from 'vitest'
import { bodyOn, responsibleFor, responsibleInOrder } from '#domain/agreement/responsible.ts'
import { choicesFor } from '#domain/faults/choices.ts'
import { FAULT_CHOICES, keeperOf } from '#domain/faults/fault.ts'
import { joinFaults, joinReport, reopenJoined, splitReport } from '#domain/faults/join.ts'
import { median, ninthDecile, timesOf } from '#domain/faults/statistics.ts'
import {
  acceptFault,
  closeFault,
  declineFault,
  escalateUnanswered,
  finishFault,
  nextKeeper,
  recordCost,
  recordWork,
  reopenFault,
  reportFault,
  sayInFault,
  takeFault,
  type FaultStep,
  type Said,
  type StepResult,
} from '#domain/faults/steps.ts'
import { HOUR_MS, priceAt, wasteOf } from '#domain/faults/waste.ts'
import { afterWorkingHours, workingTimeBetween } from '#domain/faults/working-time.ts'
import { fraction, type Fraction } from '#domain/quantity/fraction.ts'
import type { Agreement, Device, Organisation, Premises, Tariff } from '#domain/registry/bundle.ts'

const ZONE = 'Europe/Helsinki'
const at = (text: string): number => Date.parse(text)
const MONDAY = at('2026-06-01T09:00:00+03:00')
const said = (organisation: string | null, when = MONDAY, text = ''): Said => ({
  at: when,
  by: organisation ?? 'reporter',
  organisation,
  text,
  files: [],
  shownToReporter: true,
})
const fresh = (): FaultStep =>
  reportFault(
    {
      device: 'iv',
      space: null,
      what: 'Ulvoo',
      choice: 'noise',
      source: 'public',
      alarm: null,
      language: 'sv',
      since: MONDAY,
      answerHours: 16,
      followers: ['f1'],
    },
    { organisation: 'huolto', ground: 'matrix' },
    said(null),
    ZONE,
  )
const ok = (result: StepResult): FaultStep => {
  if (!result.ok) throw new Error(result.reason)
  return result.step
}

const premises: Premises = {
  id: 'talo',
  name: { fi: 'Talo' },
  timeZone: ZONE,
  landlord: 'kunta',
  spaces: [
    { id: 'a', use: 'exclusive', areaM2: '10' },
    { id: 'b', use: 'common', areaM2: '10' },
  ],
  tenancies: [
    { space: 'a', organisation: 'virasto', from: '2026-01-01', to: '2026-07-01' },
    { space: 'b', organisation: 'virasto', from: '2026-01-01', to: null },
    { space: 'b', organisation: 'poliisi', from: '2026-01-01', to: null },
  ],
}
const device: Device = { id: 'iv', premises: 'talo', space: 'a', type: 'ventilation-unit' }
const agreements: Agreement[] = [
  {
    id: 's',
    premises: 'talo',
    parties: ['kunta', 'virasto'],
    versions: [
      {
        version: 1,
        from: '2026-01-01',
        to: null,
        rules: [],
        terms: {
          responsibilities: [
            { of: { deviceType: 'ventilation-unit' }, tasks: { repair: 'huolto', pay: 'kunta' } },
            { of: { device: 'iv-2' }, tasks: { repair: 'erikoishuolto' } },
          ],
        },
        approvals: [{ organisation: 'kunta' }, { organisation: 'virasto' }],
      },
    ],
  },
]
const organisations = new Map<string, Organisation>([
  ['huolto', { id: 'huolto', name: { fi: 'Huolto' }, successor: { organisation: 'uusi-huolto', from: '2026-06-15' } }],
  [
    'uusi-huolto',
    { id: 'uusi-huolto', name: { fi: 'Uusi' }, successor: { organisation: 'vielä', from: '2027-01-01' } },
  ],
])

test('responsible is who the matrix names, device before type; then the one tenant; then the landlord; each by their successors', () => {
  const facts = { premises, agreements, device, space: null, organisations }
  expect(responsibleInOrder('repair', facts, '2026-06-01')).toEqual([
    { organisation: 'huolto', ground: 'matrix' },
    { organisation: 'virasto', ground: 'holder' },
    { organisation: 'kunta', ground: 'landlord' },
  ])
  expect(responsibleFor('repair', facts, '2026-06-15').organisation).toBe('uusi-huolto')
  expect(bodyOn(organisations, 'huolto', '2027-01-01')).toBe('vielä')
  expect(responsibleFor('repair', { ...facts, device: { ...device, id: 'iv-2' } }, '2026-06-01').organisation).toBe(
    'erikoishuolto',
  )
  // Two tenants of a common space hold it together: nobody alone; a tenancy that is over holds nothing.
  expect(responsibleFor('repair', { ...facts, device: null, space: 'b' }, '2026-06-01').ground).toBe('landlord')
  expect(responsibleInOrder('repair', { ...facts, device: null, space: 'a' }, '2026-07-01')).toHaveLength(1)
  // A version that is not approved by all says nothing; pay is no repair.
  const unapproved = agreements.map((one) => ({
    ...one,
    versions: one.versions.map((version) => ({ ...version, approvals: [{ organisation: 'kunta' }] })),
  }))
  expect(responsibleFor('repair', { ...facts, agreements: unapproved }, '2026-06-01').ground).toBe('holder')
  const circle = new Map<string, Organisation>([
    ['x', { id: 'x', name: { fi: 'x' }, successor: { organisation: 'y', from: '2020-01-01' } }],
    ['y', { id: 'y', name: { fi: 'y' }, successor: { organisation: 'x', from: '2020-01-01' } }],
  ])
  expect(['x', 'y']).toContain(bodyOn(circle, 'x', '2026-01-01'))
})

test('working hours leave out nights, weekends, holidays and eves, and count over a change of the clock', () => {
  // Monday 9:00 and two working days: Wednesday 9:00.
  expect(afterWorkingHours(MONDAY, 16, ZONE)).toBe(at('2026-06-03T09:00:00+03:00'))
  // Friday 15:00 and two hours: Monday 9:00.
  expect(afterWorkingHours(at('2026-06-05T15:00:00+03:00'), 2, ZONE)).toBe(at('2026-06-08T09:00:00+03:00'))
  // Midsummer: Thursday 18 June 15:00; Friday 19 is the eve.
  expect(afterWorkingHours(at('2026-06-18T15:00:00+03:00'), 2, ZONE)).toBe(at('2026-06-22T09:00:00+03:00'))
  // At night it begins in the morning; to the very end of a day it ends on that day.
  expect(afterWorkingHours(at('2026-06-02T02:00:00+03:00'), 8, ZONE)).toBe(at('2026-06-02T16:00:00+03:00'))
  expect(workingTimeBetween(MONDAY, at('2026-06-03T09:00:00+03:00'), ZONE)).toBe(16 * HOUR_MS)
  expect(workingTimeBetween(at('2026-03-27T15:00:00+02:00'), at('2026-03-30T09:00:00+03:00'), ZONE)).toBe(2 * HOUR_MS)
  expect(workingTimeBetween(MONDAY, MONDAY - 1, ZONE)).toBe(0)
})

test('who has it accepts, works, ends; nobody else; nothing before it is accepted, nothing after it has ended but what opens it', () => {
  const offered = fresh()
  expect(offered).toMatchObject({ state: 'offered', dueAt: at('2026-06-03T09:00:00+03:00') })
  expect(acceptFault(offered, said('kunta'))).toEqual({ ok: false, reason: 'only-who-has-it' })
  expect(recordWork(offered, work, said('huolto'))).toEqual({ ok: false, reason: 'accept-first' })
  expect(finishFault(offered, said('huolto'))).toEqual({ ok: false, reason: 'accept-first' })
  expect(takeFault(offered, said('kunta'))).toEqual({ ok: false, reason: 'not-escalated' })
  expect(reopenFault(offered, said('kunta'))).toEqual({ ok: false, reason: 'is-open' })
  const accepted = ok(acceptFault(offered, said('huolto')))
  expect(accepted).toMatchObject({ state: 'accepted', dueAt: null })
  expect(acceptFault(accepted, said('huolto'))).toEqual({ ok: false, reason: 'is-open' })
  const worked = ok(recordWork(accepted, work, said('huolto')))
  expect(worked).toMatchObject({ state: 'in-work', body: { work: [work] } })
  const finished = ok(finishFault(worked, said('huolto')))
  expect(recordWork(finished, work, said('huolto'))).toEqual({ ok: false, reason: 'not-open' })
  const paid = ok(recordCost(finished, 'lasku', said('kunta')))
  expect(paid).toMatchObject({ state: 'done', body: { invoices: ['lasku'] } })
  expect(closeFault(finished, said('virasto'), 'kunta')).toEqual({ ok: false, reason: 'only-who-has-it' })
  const closed = ok(closeFault(paid, said('kunta'), 'kunta'))
  expect(closeFault(closed, said('kunta'), 'kunta')).toEqual({ ok: false, reason: 'not-open' })
  expect(ok(sayInFault(closed, said('virasto'))).state).toBe('closed')
  const again = ok(reopenFault(closed, said('virasto')))
  expect(again.state).toBe('accepted')
  expect(keeperOf(again.body)?.organisation).toBe('huolto')
})
const work = { on: '2026-06-01', by: 'harri', organisation: 'huolto', what: 'x', hours: '1', parts: [] }

test('a refusal goes to the next in order or to whom it names; the third, or one that leaves nobody, escalates', () => {
  const order = [
    { organisation: 'huolto', ground: 'matrix' as const },
    { organisation: 'virasto', ground: 'holder' as const },
    { organisation: 'kunta', ground: 'landlord' as const },
  ]
  let known = fresh()
  const decline = (who: string, to: string | null = null): FaultStep =>
    (known = ok(declineFault(known, said(who, MONDAY, 'ei'), nextKeeper(known.body, who, order, to), ZONE)))
  expect(keeperOf(decline('huolto').body)).toMatchObject({ organisation: 'virasto', ground: 'holder' })
  expect(keeperOf(decline('virasto', 'poliisi').body)).toMatchObject({ organisation: 'poliisi', ground: 'handed-on' })
  expect(known.body.escalations).toBe(0)
  expect(keeperOf(decline('poliisi').body)).toMatchObject({ organisation: 'kunta' })
  expect(known.body).toMatchObject({ escalations: 1 })
  expect(ok(takeFault(known, said('virasto'))).state).toBe('accepted')
  // One landlord and nobody else: it stays there, and everybody hears of it.
  const alone = fresh()
  const only = [{ organisation: 'huolto', ground: 'landlord' as const }]
  const left = ok(declineFault(alone, said('huolto'), nextKeeper(alone.body, 'huolto', only, null), ZONE))
  expect(keeperOf(left.body)?.organisation).toBe('huolto')
  expect(left.body.escalations).toBe(1)
})

test('an unanswered offer escalates when its time is over, each time with a new clock, three times for each keeper', () => {
  let known = fresh()
  expect(escalateUnanswered(known, (known.dueAt ?? 0) - 1, ZONE)).toBeNull()
  for (const round of [1, 2, 3]) {
    known = escalateUnanswered(known, known.dueAt ?? 0, ZONE)!
    expect(known.body.escalations).toBe(round)
  }
  expect(known.dueAt).toBeNull()
  expect(escalateUnanswered(known, Infinity, ZONE)).toBeNull()
  expect(escalateUnanswered(ok(acceptFault(known, said('huolto'))), Infinity, ZONE)).toBeNull()
})

test('reports join with words and link, and come apart again; two faults become one and two again', () => {
  const joined = ok(joinReport(fresh(), { choice: 'smell', followers: ['f2'] }, said(null, MONDAY, 'Haisee')))
  expect(joined.body.followers).toEqual(['f1', 'f2'])
  const to = { organisation: 'huolto', ground: 'matrix' as const }
  const split = splitReport(joined, joined.body.entries.length - 1, to, said('kunta'), ZONE)
  expect(split).toMatchObject({
    ok: true,
    of: null,
    followers: ['f2'],
    fresh: { state: 'offered', body: { what: 'Haisee', choice: 'smell', followers: ['f2'], source: 'public' } },
  })
  expect(splitReport(joined, 0, to, said('kunta'), ZONE)).toEqual({ ok: false, reason: 'no-such-report' })
  const [one, other] = [fresh(), { ...fresh(), body: { ...fresh().body, followers: ['f3'], since: MONDAY - 5 } }]
  const both = joinFaults({ ...one, id: 'v1' }, { ...other, id: 'v2' }, said('kunta'))
  if (!both.ok) throw new Error(both.reason)
  expect(both.step.body).toMatchObject({ joined: ['v2'], followers: ['f1', 'f3'], since: MONDAY - 5 })
  expect(both.joined).toMatchObject({ state: 'closed', dueAt: null, body: { joinedInto: 'v1' } })
  for (const step of [acceptFault, sayInFault, reopenFault, finishFault])
    expect(step(both.joined, said('huolto'))).toEqual({ ok: false, reason: 'joined' })
  const apart = splitReport(both.step, both.step.body.entries.length - 1, to, said('kunta'), ZONE)
  expect(apart).toMatchObject({ ok: true, of: 'v2', fresh: null, step: { body: { joined: [], followers: ['f1'] } } })
  expect(reopenJoined(both.joined, said('kunta'))).toMatchObject({ state: 'offered', body: { joinedInto: null } })
})

test('times are the median and the ninth decile by nearest rank, of answers and of repairs', () => {
  expect([median([]), median([3]), median([1, 9, 2]), median([1, 2, 4, 9])]).toEqual([null, 3, 2, 3])
  expect([ninthDecile([]), ninthDecile([5]), ninthDecile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])]).toEqual([null, 5, 9])
  const accepted = ok(acceptFault(fresh(), said('huolto', MONDAY + 3 * HOUR_MS)))
  const finished = ok(finishFault(accepted, said('huolto', MONDAY + 30 * HOUR_MS)))
  const late = fresh()
  const faults = [finished, late].map((one) => ({ ...one, timeZone: ZONE }))
  expect(timesOf(faults, Infinity)).toMatchObject([
    {
      organisation: 'huolto',
      offered: 2,
      accepted: 1,
      waiting: 1,
      late: 1,
      repaired: 1,
      response: { count: 1, medianMs: 3 * HOUR_MS, medianWorkingMs: 3 * HOUR_MS },
      repair: { medianMs: 27 * HOUR_MS, medianWorkingMs: 11 * HOUR_MS },
    },
  ])
})

test('choices are few, of the list, and end with something else', () => {
  for (const of of [
    'space' as const,
    ...['ventilation-unit', 'electricity-meter', 'nothing', null].map((type) => ({ device: { type } })),
  ]) {
    const choices = choicesFor(of)
    expect(choices.length).toBeLessThanOrEqual(9)
    expect(choices.at(-1)).toBe('other')
    expect(choices.every((choice) => FAULT_CHOICES.includes(choice))).toBe(true)
    expect(new Set(choices).size).toBe(choices.length)
  }
})

test('waste is what was used beyond the mean of the same hours before, exactly; unknown where too little is known', () => {
  const week = 168 * HOUR_MS
  const begin = Math.ceil(MONDAY / HOUR_MS) * HOUR_MS
  const hours = new Map<number, Fraction | null>()
  for (let from = begin - 4 * week; from < begin; from += HOUR_MS) hours.set(from, fraction(1n, 3n))
  for (let from = begin; from < begin + 10 * HOUR_MS; from += HOUR_MS) hours.set(from, fraction(1n))
  const price = { tariff: 't', at: () => fraction(1n, 10n) }
  expect(wasteOf(hours, begin, begin + 10 * HOUR_MS, price)).toEqual({
    known: true,
    from: begin,
    to: begin + 10 * HOUR_MS,
    hours: 10,
    usedKwh: '10',
    usualKwh: '3.333',
    extraKwh: '6.667',
    euros: '0.67',
    tariff: 't',
  })
  // Less than usual wastes nothing; a price that is missing is not guessed.
  for (let from = begin; from < begin + 10 * HOUR_MS; from += HOUR_MS) hours.set(from, fraction(0n))
  expect(wasteOf(hours, begin, begin + 10 * HOUR_MS, price)).toMatchObject({ extraKwh: '0', euros: '0.00' })
  expect(wasteOf(hours, begin, begin + 10 * HOUR_MS, { tariff: 't', at: () => null })).toMatchObject({ euros: null })
  expect(wasteOf(hours, begin, begin + 10, price)).toEqual({ known: false, reason: 'too-short' })
  expect(wasteOf(new Map(), begin, begin + 10 * HOUR_MS, price)).toEqual({ known: false, reason: 'no-history' })
  // A fault of three weeks is judged by the weeks before it, not by itself.
  const long = new Map<number, Fraction | null>()
  for (let from = begin - 5 * week; from < begin; from += HOUR_MS) long.set(from, fraction(1n))
  for (let from = begin; from < begin + 3 * week; from += HOUR_MS) long.set(from, fraction(2n))
  expect(wasteOf(long, begin, begin + 3 * week, null)).toMatchObject({ extraKwh: '504', hours: 504 })
})

test('the price of an hour is that of the energy that holds then and of the exchange, per kWh', () => {
  const tariff: Tariff = {
    id: 't',
    unit: 'MWh',
    versions: [
      {
        from: '2026-01-01',
        to: null,
        vat: { category: 'S', rate: '25.5' },
        components: [
          { id: 'day', kind: 'energy', price: '40', when: { from: '07:00', to: '22:00' } },
          { id: 'spot', kind: 'spot', series: 'p', margin: '2' },
          { id: 'base', kind: 'fixed', amount: '10' },
        ],
      },
    ],
  }
  const noon = at('2026-06-01T12:00:00+03:00')
  const night = at('2026-06-01T03:00:00+03:00')
  const values = [noon, night].map((from): [string, string, string] => [new Date(from).toISOString(), 'PT1H', '58'])
  const series = new Map([['p', { id: 'p', unit: 'EUR/MWh', values }]])
  expect(priceAt(tariff, series, ZONE, noon)).toEqual(fraction(1n, 10n))
  expect(priceAt(tariff, series, ZONE, night)).toEqual(fraction(6n, 100n))
  expect(priceAt(tariff, series, ZONE, noon + HOUR_MS)).toBeNull()
  expect(priceAt(tariff, series, ZONE, at('2025-06-01T12:00:00+03:00'))).toBeNull()
})
