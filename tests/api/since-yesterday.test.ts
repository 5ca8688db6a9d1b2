// What a manager's first page compares: today's consumption with the usual of the weekday, and what changed since an instant.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Changes } from '#contract/overview.ts'
import type { TodayAnswer } from '#contract/series.ts'
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from './start-api.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A Wednesday, noon in Helsinki. */
const NOW = Date.parse('2026-03-25T10:00:00Z')
let api: TestApi
beforeEach(async () => {
  api = await startApi({ now: NOW })
})
afterEach(async () => api.close())

test('today stands beside the mean of the same weekday at the same time; unknown weeks are left out', async () => {
  // Three weeks of 2 kWh an hour, of which the last Wednesday used 5; today 4.
  const midnight = Date.parse('2026-03-24T22:00:00Z')
  const values: [string, number][] = []
  let at = midnight - 21 * DAY_MS
  let reading = 1000
  for (; at < midnight + 12 * HOUR_MS; at += HOUR_MS) {
    values.push([new Date(at).toISOString(), reading])
    const isLastWednesday = at >= midnight - 7 * DAY_MS && at < midnight - 6 * DAY_MS
    reading += at >= midnight ? 4 : isLastWednesday ? 5 : 2
  }
  values.push([new Date(at).toISOString(), reading])
  await api.fill({ ...twoHouses, readings: [{ device: 'mittari', point: 'energy', values }] })
  const viewer = await api.token('virasto', ['viewer'])
  const answer = await api.request(viewer, 'GET', '/consumption/today?points=mittari/energy')
  expect(answer.json<TodayAnswer>()).toEqual({
    timeZone: 'Europe/Helsinki',
    series: [
      {
        device: 'mittari',
        point: 'energy',
        unit: 'kWh',
        from: '2026-03-24T22:00:00.000Z',
        to: '2026-03-25T10:00:00.000Z',
        soFar: '48',
        expected: '36',
        weeks: 3,
      },
    ],
  })
  expect((await api.request(viewer, 'GET', '/consumption/today?points=mittari/power')).status).toBe(400)
  expect((await api.request(viewer, 'GET', '/consumption/today?points=muu-mittari/energy')).status).toBe(404)
})

test('what changed since yesterday is counted of what one sees', async () => {
  await api.fill(twoHouses)
  const alarm = (id: string, premises: string, raisedAt: number, clearedAt: number | null) => ({
    kind: ALARM,
    paper: {
      id,
      premises,
      audience: 'premises' as const,
      state: clearedAt === null ? 'raised' : 'cleared',
      dueAt: null,
      body: bodyOf(raisedAt, clearedAt),
    },
  })
  await api.records.changePapers(
    {
      papers: [
        alarm('a-old', 'talo', NOW - 9 * DAY_MS, NOW - HOUR_MS),
        alarm('a-new', 'talo', NOW - HOUR_MS, null),
        alarm('a-other', 'muu-talo', NOW - HOUR_MS, null),
        alarm('a-past', 'talo', NOW - 9 * DAY_MS, NOW - 8 * DAY_MS),
      ],
    },
    SYSTEM,
    'alarm.raise',
  )
  const viewer = await api.token('virasto', ['viewer'])
  const since = new Date(NOW - DAY_MS).toISOString()
  const answer = await api.request(viewer, 'GET', `/overview/changes?since=${since}`)
  expect(answer.json<Changes>()).toEqual({
    since,
    alarmsRaised: 1,
    alarmsCleared: 1,
    devicesSilent: 0,
    faultsReported: 0,
    complete: true,
  })
  const long = new Date(NOW - 40 * DAY_MS).toISOString()
  expect((await api.request(viewer, 'GET', `/overview/changes?since=${long}`)).status).toBe(400)
})

const bodyOf = (raisedAt: number, clearedAt: number | null): Alarm => ({
  rule: 'r-1',
  name: { fi: 'Teho' },
  condition: 'threshold',
  extent: 'device',
  severity: 'warning',
  device: null,
  gateway: null,
  reason: { point: null, value: null, limit: null, unit: null, at: null },
  raisedAt,
  clearedAt,
  conditionClearedAt: clearedAt,
  assignee: null,
  snoozedUntil: null,
  affected: [],
  flapping: false,
  returns: 0,
  fault: null,
  entries: [],
})
