// Escalation by the calendar of who is on call: whom each step tells, what ends it, who stands in; routes of calendars and their files.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EscalationList, OnCallList, OnCallMade, OnCallShown, ShiftList } from '#contract/on-call.ts'
import type { User } from '#domain/ports/records.ts'
import { startTelling, type Telling } from './start-telling.ts'

const MINUTE_MS = 60_000
let telling: Telling
let manager: string
let [anna, bertil, cecilia]: User[] = []
beforeEach(async () => {
  telling = await startTelling()
  manager = await telling.api.token('kunta', ['manager'])
  const wishes = { subscriptions: [] }
  anna = await telling.person('anna', 'kunta', ['technician'], { wishes })
  bertil = await telling.person('bertil', 'kunta', ['technician'], { wishes })
  cecilia = await telling.person('cecilia', 'kunta', ['manager'], { wishes })
})
afterEach(() => telling.close())

const wanted = (over: object = {}) => ({
  name: { fi: 'Päivystys' },
  enabled: true,
  premises: null,
  timeZone: 'Europe/Helsinki',
  covers: 'responsible',
  from: 'warning',
  wakesFrom: 'critical',
  rotation: { people: [anna!.id, bertil!.id], from: '2026-03-09', days: 7, handover: '08:00' },
  turns: [],
  steps: [
    { afterMinutes: 0, tell: 'on-call' },
    { afterMinutes: 15, tell: 'substitute' },
    { afterMinutes: 30, tell: 'managers' },
  ],
  ...over,
})
const make = async (over: object = {}): Promise<string> =>
  (await telling.api.request(manager, 'POST', '/on-call', wanted(over))).json<OnCallMade>().id
const told = async (): Promise<string[]> =>
  (
    await Promise.all(
      [anna!, bertil!, cecilia!].map(async (user) =>
        (await telling.notices(user)).map(({ kind, reason, step }) => `${user.login} ${kind} ${reason} ${step ?? ''}`),
      ),
    )
  ).flat()
const mailed = (): string[] => telling.mail.received.map(({ to }) => to.split('@')[0] ?? '')

test('unacknowledged: after 15 minutes the substitute, after 30 the managers; then it is over', async () => {
  await make()
  await telling.alarm('a-1')
  await telling.after(0)
  await telling.after(15 * MINUTE_MS - 1)
  expect(await told()).toEqual(['anna alarm-raised on-call 0'])
  await telling.after(1)
  expect(await told()).toEqual(['anna alarm-raised on-call 0', 'bertil alarm-raised on-call 1'])
  await telling.restart()
  await telling.after(15 * MINUTE_MS)
  await telling.after(10_000)
  expect(await told()).toEqual([
    'anna alarm-raised on-call 0',
    'bertil alarm-raised on-call 1',
    'cecilia alarm-raised on-call 2',
  ])
  expect(mailed()).toEqual(['anna', 'bertil', 'cecilia'])
  expect(telling.mail.received[1]?.text).toContain('Kukaan ei ole vielä kuitannut hälytystä.')
  const { items } = (await telling.api.request(manager, 'GET', '/escalations?alarm=a-1')).json<EscalationList>()
  expect(items).toMatchObject([
    {
      alarm: 'a-1',
      endedBy: 'all-told',
      told: [{ people: [{ name: 'anna' }] }, { people: [{ name: 'bertil' }] }, { people: [{ name: 'cecilia' }] }],
    },
  ])
})

test('acknowledging or clearing ends it; snoozing puts it off', async () => {
  await make()
  for (const id of ['a-1', 'a-2', 'a-3']) await telling.alarm(id)
  await telling.after(0)
  await telling.alarm('a-1', { state: 'acknowledged' })
  await telling.alarm('a-2', { state: 'cleared' })
  await telling.alarm('a-3', { snoozedUntil: telling.api.clock.now + 60 * MINUTE_MS })
  await telling.after(59 * MINUTE_MS)
  expect(await told()).toEqual(Array.from({ length: 3 }, () => 'anna alarm-raised on-call 0'))
  await telling.after(MINUTE_MS)
  expect((await told()).filter((one) => one.startsWith('bertil'))).toHaveLength(1)
  const { items } = (await telling.api.request(manager, 'GET', '/escalations')).json<EscalationList>()
  expect(items.map(({ endedBy }) => endedBy).toSorted()).toEqual(['acknowledged', 'all-told', 'cleared'])
})

test('an exception goes before the rotation; where nobody can be reached, the next step comes at once', async () => {
  await make({
    turns: [{ from: '2026-03-10T00:00', to: '2026-03-11T00:00', person: bertil!.id, substitute: null }],
  })
  await telling.alarm('a-1')
  await telling.after(0)
  expect(await told()).toEqual(['bertil alarm-raised on-call 0'])
  // No substitute: the managers do not wait until half an hour.
  await telling.after(15 * MINUTE_MS)
  expect(await told()).toEqual(['bertil alarm-raised on-call 0', 'cecilia alarm-raised on-call 2'])
})

test('who is away is passed over or stood in for; nobody on call at all reaches the managers at once', async () => {
  await telling.wish(anna!.id, {
    subscriptions: [],
    absences: [{ from: '2026-03-01', to: '2026-04-01', deputy: null }],
  })
  const id = await make()
  await telling.alarm('a-1')
  await telling.after(0)
  expect(await told()).toEqual(['bertil alarm-raised on-call 1'])
  const stored = (await telling.api.request(manager, 'GET', `/on-call/${id}`)).json<OnCallShown>()
  const put = await telling.api.request(manager, 'PUT', `/on-call/${id}`, wanted({ rotation: null }), {
    'if-match': `"v${stored.version}"`,
  })
  expect(put.status).toBe(200)
  await telling.alarm('a-2')
  await telling.after(0)
  expect(await told()).toContain('cecilia alarm-raised on-call 2')
})

test('only alarms that are the organisation’s to repair, of the severity and premises that it covers, or all that it sees', async () => {
  await telling.api.fill({
    agreements: [
      {
        id: 'sopimus',
        premises: 'talo',
        parties: ['kunta', 'virasto'],
        versions: [
          {
            version: 2,
            from: '2026-01-01',
            to: null,
            rules: [{ category: '*', method: { by: 'fixed', shares: { kunta: '60', virasto: '40' } } }],
            terms: { responsibilities: [{ of: { device: 'mittari' }, tasks: { repair: 'virasto' } }] },
            approvals: [
              { organisation: 'kunta', at: '2025-12-01T10:00:00Z' },
              { organisation: 'virasto', at: '2025-12-01T10:00:00Z' },
            ],
          },
        ],
      },
    ],
  })
  await make()
  await telling.alarm('a-1')
  await telling.after(0)
  expect(await told()).toEqual([])
  await make({ covers: 'all', from: 'major', premises: 'talo' })
  await telling.alarm('a-2', { severity: 'warning' })
  await telling.alarm('a-3')
  await telling.alarm('a-4', { premises: 'muu-talo' })
  await telling.after(0)
  expect(await told()).toEqual(['anna alarm-raised on-call 0'])
})

test('quiet hours hold what does not wake; what wakes comes at once', async () => {
  await telling.wish(anna!.id, { subscriptions: [], quiet: { from: '00:00', to: '23:59', days: null } })
  await make({ wakesFrom: 'major', steps: [{ afterMinutes: 0, tell: 'on-call' }] })
  await telling.alarm('a-1', { severity: 'warning' })
  await telling.after(0)
  await telling.after(20_000)
  expect(mailed()).toEqual([])
  await telling.alarm('a-2', { severity: 'major' })
  await telling.after(0)
  await telling.after(10_000)
  expect(mailed()).toEqual(['anna'])
})

test('calendars are the organisation’s own; wrong ones are refused with the place; shifts come without gaps over a clock change', async () => {
  const id = await make()
  const other = await telling.api.token('virasto', ['manager'])
  for (const path of [`/on-call/${id}`, `/on-call/${id}/shifts?from=2026-03-09`, `/on-call/${id}/calendar`])
    expect((await telling.api.request(other, 'GET', path)).status).toBe(404)
  expect((await telling.api.request(other, 'GET', '/on-call')).json<OnCallList>().items).toEqual([])
  const viewer = await telling.api.token('kunta', ['viewer'])
  expect((await telling.api.request(viewer, 'POST', '/on-call', wanted())).status).toBe(403)
  expect((await telling.api.request(viewer, 'GET', '/on-call')).json<OnCallList>()).toMatchObject({
    items: [{ id, now: { person: { name: 'anna' }, substitute: { name: 'bertil' } } }],
    people: [{ name: 'anna', reachable: true }, { name: 'bertil' }, { name: 'cecilia' }],
  })
  const wrong = await telling.api.request(
    manager,
    'POST',
    '/on-call',
    wanted({
      timeZone: 'Europe/Nowhere',
      premises: 'muu-talo',
      rotation: { people: ['stranger'], from: '2026-03-09', days: 7, handover: '08:00' },
      turns: [{ from: '2026-03-10T10:00', to: '2026-03-10T09:00', person: anna!.id, substitute: anna!.id }],
      steps: [
        { afterMinutes: 5, tell: 'on-call' },
        { afterMinutes: 5, tell: 'managers' },
      ],
    }),
  )
  expect(wrong.problem().problems?.map(({ pointer }) => pointer)).toEqual([
    '/timeZone',
    '/rotation/people/0',
    '/turns/0/substitute',
    '/turns/0/to',
    '/steps/1/afterMinutes',
    '/premises',
  ])
  const shifts = await telling.api.request(manager, 'GET', `/on-call/${id}/shifts?from=2026-03-23&days=14`)
  expect(shifts.json<ShiftList>().items.map(({ from, to, person }) => [from, to, person?.name])).toEqual([
    ['2026-03-22T22:00:00.000Z', '2026-03-23T06:00:00.000Z', 'bertil'],
    ['2026-03-23T06:00:00.000Z', '2026-03-30T05:00:00.000Z', 'anna'],
    ['2026-03-30T05:00:00.000Z', '2026-04-05T21:00:00.000Z', 'bertil'],
  ])
})

test('a calendar goes out as iCalendar and comes in again; an event that names nobody is refused', async () => {
  const id = await make()
  const out = await telling.api.request(manager, 'GET', `/on-call/${id}/calendar`)
  expect(String(out.headers['content-type'])).toContain('text/calendar')
  expect(out.text).toContain('BEGIN:VEVENT')
  expect(out.text).toContain('anna@example.fi')
  const take = (calendar: string, version: number) =>
    telling.api.request(manager, 'POST', `/on-call/${id}/calendar`, { calendar }, { 'if-match': `"v${version}"` })
  const taken = await take(out.text, 1)
  expect(taken.json()).toMatchObject({ version: 2 })
  const stored = (await telling.api.request(manager, 'GET', `/on-call/${id}`)).json<OnCallShown>()
  expect(stored.turns.slice(0, 2)).toEqual([
    { from: '2026-03-10T12:00', to: '2026-03-16T08:00', person: anna!.id, substitute: bertil!.id },
    { from: '2026-03-16T08:00', to: '2026-03-23T08:00', person: bertil!.id, substitute: anna!.id },
  ])
  const event = (summary: string, more = '') =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:${summary}\r\nDTSTART;TZID=Europe/Helsinki:20260327T160000\r\nDTEND;TZID=Europe/Helsinki:20260330T080000\r\n${more}END:VEVENT\r\nEND:VCALENDAR\r\n`
  const unknown = await take(event('Duty: Pekka'), 2)
  expect(unknown.status).toBe(400)
  expect(unknown.problem().problems).toMatchObject([{ pointer: '/calendar/0', code: 'unknown-person' }])
  expect((await take('no calendar', 2)).status).toBe(400)
  expect((await take(event('Duty: cecilia', 'RRULE:FREQ=WEEKLY;COUNT=3\r\n'), 2)).json()).toMatchObject({ turns: 3 })
  const again = (await telling.api.request(manager, 'GET', `/on-call/${id}`)).json<OnCallShown>()
  expect(again.turns).toEqual(
    ['03-27', '04-03', '04-10'].map((day) => ({
      from: `2026-${day}T16:00`,
      to: `${Temporal.PlainDate.from(`2026-${day}`).add({ days: 3 }).toString()}T08:00`,
      person: cecilia!.id,
      substitute: null,
    })),
  )
})
