// Opening hours, holidays and the sun over three years: daylight saving, wrapping hours, nothing twice and nothing left out.
import { expect, test } from 'vitest'
import { datesBetween, occurrences, planDay, type Schedule, type Trigger } from '#domain/twin/schedule.ts'
import { sunEvent } from '#domain/twin/sun.ts'

const HELSINKI = { timeZone: 'Europe/Helsinki', position: { latitude: 60.1699, longitude: 24.9384 } }
const from = Date.parse('2026-01-01T00:00:00+02:00')
const to = Date.parse('2029-01-01T00:00:00+02:00')
const schedule = (triggers: Trigger[], more: Partial<Schedule> = {}): Schedule => ({
  name: { fi: 'x' },
  organisation: null,
  hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:15' }],
  closedOnHolidays: true,
  closedOnEves: true,
  exceptions: [],
  triggers,
  ...more,
})
const clock = (time: string, more: Partial<Trigger> = {}): Trigger => ({
  id: 'kello',
  time: { at: 'clock', time },
  on: 'every',
  scene: 's',
  ...more,
})
const local = (at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO('Europe/Helsinki')
    .toPlainDateTime()
    .toString()
    .slice(0, 16)
const dates = datesBetween(from, to - 1, 'Europe/Helsinki')

test('closed days are those of the almanac, 2026–2028', () => {
  // Act 388/1937, the Church Act, and the two eves; Easter fell or falls on 5.4.2026, 28.3.2027 and 16.4.2028.
  const almanac: Record<string, string> = {
    2026: '01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-19 06-20 10-31 12-06 12-24 12-25 12-26',
    2027: '01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-25 06-26 11-06 12-06 12-24 12-25 12-26',
    2028: '01-01 01-06 04-14 04-16 04-17 05-01 05-25 06-04 06-23 06-24 11-04 12-06 12-24 12-25 12-26',
  }
  const expected = Object.entries(almanac).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`))
  const found = dates.filter((date) => planDay(schedule([]), date, HELSINKI).holiday !== null)
  expect(found).toEqual(expected)
  // Open on every other weekday, and on no other day.
  const open = dates.filter((date) => planDay(schedule([]), date, HELSINKI).open.length > 0)
  const weekdays = dates.filter((date) => Temporal.PlainDate.from(date).dayOfWeek <= 5)
  expect(open).toEqual(weekdays.filter((date) => !expected.includes(date)))
})

test('a clock time comes once each day over all changes of the clock; one that is skipped is an hour later, one that is twice comes once', () => {
  for (const time of ['00:00', '03:30', '12:00', '23:59']) {
    const found = occurrences(schedule([clock(time)]), from, to - 1, HELSINKI)
    const shifted = found.filter(({ at }) => local(at).slice(11) !== time)
    expect(new Set(found.map(({ date }) => date)).size).toBe(found.length)
    // `from` itself is not in it.
    expect(found.length).toBe(dates.length - (time === '00:00' ? 1 : 0))
    expect(shifted.map(({ at }) => local(at))).toEqual(
      time === '03:30' ? ['2026-03-29T04:30', '2027-03-28T04:30', '2028-03-26T04:30'] : [],
    )
  }
})

test('however the time is cut into windows, each occurrence is found once', () => {
  const triggers: Trigger[] = [
    clock('03:30'),
    { id: 'auki', time: { at: 'opening', minutes: -30 }, on: 'open', scene: 's' },
    { id: 'kiinni', time: { at: 'closing', minutes: 45 }, on: 'open', scene: 's' },
    { id: 'ilta', time: { at: 'dusk', minutes: 10 }, on: 'every', scene: 's' },
  ]
  const wrapping = schedule(triggers, { hours: [{ days: [5, 6], from: '20:00', to: '04:00' }] })
  for (const one of [schedule(triggers), wrapping]) {
    const whole = occurrences(one, from, to, HELSINKI)
    const cut: typeof whole = []
    let at = from
    for (let step = 0; at < to; step++) {
      const next = Math.min(to, at + ((step * 7_919) % 97) * 3_600_000 + 1_000)
      cut.push(...occurrences(one, at, next, HELSINKI))
      at = next
    }
    expect(cut).toEqual(whole)
    expect(new Set(whole.map((each) => `${each.trigger} ${each.at}`)).size).toBe(whole.length)
    expect(whole.length).toBeGreaterThan(1_500)
  }
}, 30_000)

test('hours that wrap over midnight last as long as the clock says, also when it changes', () => {
  const night = schedule([], { hours: [{ days: [6], from: '22:00', to: '06:00' }] })
  const hoursOf = (date: string) => planDay(night, date, HELSINKI).open.map((one) => (one.to - one.from) / 3_600_000)
  expect([hoursOf('2026-03-21'), hoursOf('2026-03-28'), hoursOf('2026-10-24')]).toEqual([[8], [7], [9]])
  expect(
    planDay(schedule([], { hours: [{ days: [1], from: '00:00', to: '24:00' }] }), '2026-03-23', HELSINKI).open,
  ).toEqual([{ from: Date.parse('2026-03-23T00:00:00+02:00'), to: Date.parse('2026-03-24T00:00:00+02:00') }])
})

test('an exception goes before holidays and usual hours, the narrower before the wider', () => {
  const one = schedule([], {
    exceptions: [
      { from: '2026-12-01', to: '2027-01-07', hours: null, reason: 'Remontti' },
      { from: '2026-12-24', to: '2026-12-25', hours: { from: '10:00', to: '12:00' }, reason: 'Joulunavaus' },
    ],
  })
  const plan = (date: string) => planDay(one, date, HELSINKI)
  expect([plan('2026-12-01').open, plan('2026-12-24').open.length, plan('2026-12-24').exception]).toEqual([
    [],
    1,
    'Joulunavaus',
  ])
  expect(plan('2027-01-07').open.length).toBe(1)
  expect(planDay(schedule([], { closedOnEves: false }), '2026-12-24', HELSINKI).open.length).toBe(1)
})

test('the sun of Helsinki within two minutes of the almanac; none in the polar night', () => {
  // University of Helsinki almanac, Helsinki, local time.
  const almanac: [string, string, string][] = [
    ['2026-03-20', '06:22', '18:34'],
    ['2026-06-21', '03:54', '22:50'],
    ['2026-12-21', '09:24', '15:13'],
  ]
  for (const [date, rise, set] of almanac) {
    const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
    for (const [event, time] of [
      ['sunrise', rise],
      ['sunset', set],
    ] as const)
      expect(
        Math.abs(minutes(local(sunEvent(event, date, HELSINKI.position) ?? 0).slice(11)) - minutes(time)),
      ).toBeLessThanOrEqual(2)
  }
  const utsjoki = { latitude: 69.9, longitude: 27.03 }
  expect([sunEvent('sunrise', '2026-12-21', utsjoki), sunEvent('sunset', '2026-06-21', utsjoki)]).toEqual([null, null])
  for (const date of dates) {
    const [dawn, rise, set, dusk] = (['dawn', 'sunrise', 'sunset', 'dusk'] as const).map((event) =>
      sunEvent(event, date, HELSINKI.position),
    )
    expect(dawn! < rise! && rise! < set! && set! < dusk!).toBe(true)
  }
})
