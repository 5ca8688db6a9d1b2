// A person's calendar by its secret address: own shifts and service tasks, nobody else's name; over at once when revoked.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { convertIcsCalendar } from 'ts-ics'
import { CALENDAR_LINK } from '#domain/notification/calendar-link.ts'
import type { User } from '#domain/ports/records.ts'
import { SERVICE_TASK, type ServiceTask } from '#domain/service/task.ts'
import type { CalendarLinkMade, CalendarLinkShown } from '#contract/notifications.ts'
import { SYSTEM } from '#tests/api/start-api.ts'
import { startTelling, type Telling } from './start-telling.ts'

const DAY_MS = 86_400_000
let telling: Telling
let [anna, bertil]: User[] = []
let headers: Record<string, string>
beforeEach(async () => {
  telling = await startTelling()
  anna = await telling.person('anna', 'kunta', ['technician'])
  bertil = await telling.person('bertil', 'kunta', ['technician'], { language: 'sv' })
  headers = await telling.session(anna)
})
afterEach(() => telling.close())

const LINK = '/api/v1/notifications/calendar-link'
const make = async (): Promise<string> => {
  const answer = await telling.api.app.inject({ method: 'POST', url: LINK, headers, payload: {} })
  expect(answer.statusCode).toBe(201)
  return new URL(answer.json<CalendarLinkMade>().url).pathname
}
/** What a calendar program does: a GET without anything. */
const read = (path: string) => telling.api.app.inject({ method: 'GET', url: path })
const task = async (id: string, assignee: User | null): Promise<void> => {
  const body: ServiceTask = {
    plan: null,
    sequence: 1,
    device: 'mittari',
    space: null,
    title: { fi: 'Suodattimen vaihto', sv: 'Byte av filter' },
    ground: { by: 'person', planned: '2026-03-20' },
    dueOn: '2026-03-20',
    checklist: [],
    responsible: { organisation: 'kunta', ground: 'landlord' },
    contractor: null,
    assignee: assignee === null ? null : { id: assignee.id, name: assignee.name },
    instructions: 'Avain on talonmiehellä Pekalla',
    outcome: null,
  }
  const paper = { id, premises: 'talo', audience: 'premises' as const, state: 'open', dueAt: null, body }
  await telling.api.records.changePapers({ papers: [{ kind: SERVICE_TASK, paper }] }, SYSTEM, 'test')
}

test('a calendar program reads own shifts and tasks, and no name of anybody', async () => {
  const manager = await telling.api.token('kunta', ['manager'])
  const made = await telling.api.request(manager, 'POST', '/on-call', {
    name: { fi: 'Talopäivystys', sv: 'Husjour' },
    enabled: true,
    premises: null,
    timeZone: 'Europe/Helsinki',
    covers: 'responsible',
    from: 'warning',
    wakesFrom: 'critical',
    rotation: { people: [anna!.id, bertil!.id], from: '2026-03-09', days: 7, handover: '08:00' },
    turns: [],
    steps: [{ afterMinutes: 0, tell: 'on-call' }],
  })
  expect(made.status).toBe(201)
  await task('oma', anna!)
  await task('vapaa', null)
  await task('toisen', bertil!)
  const answer = await read(await make())
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const { events = [] } = convertIcsCalendar(undefined, answer.body)
  const shifts = events.filter(({ uid }) => uid.startsWith('on-call-'))
  expect(shifts.slice(0, 2).map(({ summary, start, end }) => [summary, start.date, end?.date])).toEqual([
    ['Päivystys: Talopäivystys', new Date('2026-03-09T06:00:00Z'), new Date('2026-03-16T06:00:00Z')],
    ['Varalla: Talopäivystys', new Date('2026-03-16T06:00:00Z'), new Date('2026-03-23T06:00:00Z')],
  ])
  const tasks = events.filter(({ uid }) => !uid.startsWith('on-call-'))
  expect(tasks.map(({ uid }) => uid).toSorted()).toEqual(['oma@samtila', 'vapaa@samtila'])
  expect(tasks[0]).toMatchObject({ start: { type: 'DATE', date: new Date('2026-03-20') } })
  expect(tasks[0]?.summary).toMatch(/^Suodattimen vaihto, /)
  expect(answer.body).not.toMatch(/anna|bertil|Pekalla|example\.fi\s*$|ATTENDEE|mailto/im)
})

test('the address is shown once; a new one ends the old, revoked and unknown ones are not found', async () => {
  const first = await make()
  const second = await make()
  expect(second).not.toBe(first)
  expect((await read(first)).statusCode).toBe(404)
  expect((await read(second)).statusCode).toBe(200)
  const shown = await telling.api.app.inject({ method: 'GET', url: LINK, headers })
  expect(shown.json<CalendarLinkShown>()).toEqual({ madeAt: '2026-03-10T10:00:00.000Z' })
  // Kept nowhere: not in the paper, not in the audit log.
  const secret = second.replace(/^.*\/|\.ics$/g, '')
  const { items } = await telling.api.records.listPapers({ organisation: null }, CALENDAR_LINK, { limit: 9 })
  expect(items).toHaveLength(1)
  expect(JSON.stringify(items)).not.toContain(secret)
  expect((await telling.api.app.inject({ method: 'DELETE', url: LINK, headers })).statusCode).toBe(204)
  expect((await read(second)).statusCode).toBe(404)
  expect((await read('/api/v1/calendars/x')).statusCode).toBe(404)
})

test('somebody who may not sign in any more has no calendar; a program that asks too often is told to wait', async () => {
  const path = await make()
  for (let reads = 0; reads < 60; reads += 1) expect((await read(path)).statusCode).toBe(200)
  const refused = await read(path)
  expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
  telling.api.clock.now += DAY_MS
  expect((await read(path)).statusCode).toBe(200)
  const admin = await telling.api.token('kunta', ['admin'])
  expect((await telling.api.request(admin, 'PATCH', `/users/${anna!.id}`, { disabled: true })).status).toBe(200)
  expect((await read(path)).statusCode).toBe(404)
})

test('a token has no calendar of its own', async () => {
  const manager = await telling.api.token('kunta', ['manager'])
  const answer = await telling.api.request(manager, 'POST', '/notifications/calendar-link', {})
  expect([answer.status, answer.problem().code]).toEqual([403, 'not-allowed'])
})
