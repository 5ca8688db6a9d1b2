// Service over the API: plans bring about tasks, each once; a task that is done moves its plan on; a contractor sees its tasks and nothing else.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTasks } from '#api/service/make-tasks.ts'
import type { FaultShown } from '#contract/faults.ts'
import type { OccurrenceList, PlanAnswer, TaskPage, TaskShown } from '#contract/service.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { startHouse, type House } from './service-house.ts'

let api: House
beforeEach(async () => {
  api = await startHouse()
})
afterEach(async () => api.close())

const DAY = 86_400_000
const filters = { premises: 'talo', of: { device: 'tk-1' }, template: 'ventilation-filters' }
const makePlan = async (body: object = filters, token = api.agency) =>
  (await api.request(token, 'POST', '/service/plans', body)).json<PlanAnswer>()
const tasksOf = async (token: string, query = '') =>
  (await api.request(token, 'GET', `/service/tasks${query}`)).json<TaskPage>()
const finish = async (token: string, id: string, body: object) =>
  api.request(token, 'POST', `/service/tasks/${id}/completion`, body)
const photo = async (token: string, text = 'photo') => {
  const answer = await api.request(token, 'POST', '/files?name=a.jpg', Buffer.from(text), {
    'content-type': 'image/jpeg',
  })
  return answer.json<{ digest: string }>().digest
}
const whole = async (token: string) => ({
  result: 'done',
  answers: [
    { item: 'pressure-before', value: '310' },
    { item: 'changed', value: true },
    { item: 'tight', value: true },
    { item: 'pressure-after', value: '80.5' },
    { item: 'photo', photos: [0] },
  ],
  photos: [await photo(token)],
})

test('a plan is tried out first, then brings about its task at once, for who maintains it by the matrix', async () => {
  const tried = await api.request(api.agency, 'POST', '/service/plans', { ...filters, apply: false })
  expect(tried.status).toBe(200)
  // Six months from the day on which it begins, moved off weekends: 10 April, 10 October (a Saturday).
  expect(tried.json<PlanAnswer>().preview.map(({ due }) => due)).toEqual(['2026-04-10', '2026-10-12'])
  expect((await tasksOf(api.agency)).items).toEqual([])
  const { plan } = await makePlan()
  const [task] = (await tasksOf(api.agency)).items
  expect(task).toMatchObject({
    plan: plan.id,
    dueOn: '2026-04-10',
    overdue: false,
    responsible: { organisation: 'virasto', ground: 'matrix' },
    place: { device: { id: 'tk-1' }, space: { storey: 'K' }, address: 'Kuja 1' },
    may: ['finish', 'assign', 'cancel'],
  })
  expect(await makeTasks(api, api.clock.now)).toBe(0)
  expect((await tasksOf(api.landlord)).items[0]?.may).toEqual(['assign', 'cancel'])
})

test('is made ahead of its day exactly once, also by several processes at one time', async () => {
  await makePlan({ ...filters, startsOn: '2026-06-15' })
  expect((await tasksOf(api.agency)).items).toEqual([])
  api.clock.now = Date.parse('2026-05-16T12:00:00Z')
  const made = await Promise.all([1, 2, 3].map(() => makeTasks(api, api.clock.now)))
  expect(made.reduce((a, b) => a + b, 0)).toBe(1)
  expect((await tasksOf(api.agency)).items.map(({ dueOn }) => dueOn)).toEqual(['2026-06-15'])
})

test('done, it resets the plan in the same step; the same key again changes nothing, another is a conflict', async () => {
  const { plan } = await makePlan()
  const [task] = (await tasksOf(api.technician)).items
  api.clock.now += 5 * DAY
  const body = {
    ...(await whole(api.technician)),
    key: 'phone-0001',
    hours: '1.5',
    parts: [{ name: 'F7', quantity: '2' }],
  }
  const done = await finish(api.technician, task!.id, body)
  expect(done.status).toBe(200)
  expect(done.json<TaskShown>()).toMatchObject({
    state: 'done',
    may: [],
    outcome: { hours: '1.5', by: expect.any(String), organisation: 'virasto' },
  })
  expect(done.json<TaskShown>().outcome?.answers.map(({ item, ok }) => [item, ok])).toEqual([
    ['pressure-before', false],
    ['changed', true],
    ['tight', true],
    ['pressure-after', true],
    ['photo', null],
  ])
  // Longer than answers are kept by Idempotency-Key: the task itself knows the key.
  api.clock.now += 3 * DAY
  expect((await finish(api.technician, task!.id, body)).status).toBe(200)
  const other = await finish(api.technician, task!.id, { ...body, key: 'phone-0002' })
  expect(other.status).toBe(409)
  expect(other.problem().detail).toContain('finished meanwhile')
  const ahead = await api.request(api.agency, 'GET', '/service/preview?premises=talo&months=12')
  expect(ahead.json<OccurrenceList>().items.map(({ plan: id, due }) => [id, due])).toEqual([
    [plan.id, '2026-10-15'],
    [plan.id, '2027-04-15'],
  ])
})

test('what is missing or wrong is said with its place, and nothing is written', async () => {
  await makePlan()
  const [task] = (await tasksOf(api.technician)).items
  const refused = await finish(api.technician, task!.id, {
    result: 'done',
    answers: [
      { item: 'changed', value: 'yes' },
      { item: 'no-such', value: true },
      { item: 'photo', photos: [3] },
    ],
  })
  expect(refused.status).toBe(400)
  expect(refused.problem().problems?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/answers/0/value', 'wrong-type'],
    ['/answers/1/item', 'unknown-id'],
    ['/answers/2/photos/0', 'unknown-id'],
    ['/answers', 'missing'],
    ['/answers', 'missing'],
    ['/answers', 'missing'],
  ])
  expect((await tasksOf(api.technician)).items[0]?.state).toBe('open')
})

test('not possible needs a reason, and is tried again on its day', async () => {
  await makePlan()
  const [task] = (await tasksOf(api.technician)).items
  expect((await finish(api.technician, task!.id, { result: 'not-possible' })).status).toBe(400)
  const body = { result: 'not-possible', reason: 'Ei avainta', again: '2026-04-21' }
  expect((await finish(api.technician, task!.id, body)).json<TaskShown>().state).toBe('not-possible')
  expect(await makeTasks(api, api.clock.now)).toBe(1)
  expect((await tasksOf(api.technician)).items.map(({ dueOn }) => dueOn)).toEqual(['2026-04-21'])
})

test('a finding becomes a fault of the device, once, and the task knows it', async () => {
  await makePlan()
  const [task] = (await tasksOf(api.technician)).items
  const body = { ...(await whole(api.technician)), key: 'phone-0003', findings: ['Hihna halki'] }
  const done = (await finish(api.technician, task!.id, body)).json<TaskShown>()
  const fault = done.outcome?.findings[0]?.fault ?? ''
  const shown = await api.request(api.agency, 'GET', `/faults/${fault}`)
  expect(shown.json<FaultShown>()).toMatchObject({ id: fault, device: 'tk-1', what: 'Hihna halki' })
  await finish(api.technician, task!.id, body)
  const { items } = (await api.request(api.agency, 'GET', '/faults')).json<{ items: unknown[] }>()
  expect(items).toHaveLength(1)
})

test('a plan of a type serves each device of it; paused it brings nothing, and it stays with who may plan', async () => {
  await api.fill({ devices: [{ id: 'tk-2', premises: 'talo', type: 'ventilation-unit' }] })
  const of = { ...filters, of: { deviceType: 'ventilation-unit' } }
  expect((await api.request(api.agency, 'POST', '/service/plans', of)).status).toBe(403)
  expect((await api.request(api.stranger, 'POST', '/service/plans', of)).status).toBe(404)
  const { plan } = await makePlan(of, api.landlord)
  expect((await tasksOf(api.landlord)).items.map(({ place }) => place.device?.id).sort()).toEqual(['tk-1', 'tk-2'])
  const paused = await api.request(
    api.landlord,
    'PUT',
    `/service/plans/${plan.id}`,
    { ...of, state: 'paused' },
    { 'if-match': '"v1"' },
  )
  expect(paused.json<PlanAnswer>().plan.state).toBe('paused')
  await api.fill({ devices: [{ id: 'tk-3', premises: 'talo', type: 'ventilation-unit' }] })
  expect(await makeTasks(api, api.clock.now)).toBe(0)
})

test('a contractor sees its own tasks with what they carry, and nothing else of the premises', async () => {
  const { plan } = await makePlan()
  const [task] = (await tasksOf(api.agency)).items
  expect((await tasksOf(api.contractor)).items).toEqual([])
  expect((await api.request(api.contractor, 'GET', `/service/tasks/${task!.id}`)).status).toBe(404)
  expect((await finish(api.contractor, task!.id, await whole(api.contractor))).status).toBe(404)
  await api.request(api.agency, 'POST', `/service/tasks/${task!.id}/assignment`, { contractor: 'huolto' })
  const [seen] = (await tasksOf(api.contractor)).items
  expect(seen).toMatchObject({
    id: task!.id,
    may: ['finish', 'assign'],
    place: {
      premisesName: { fi: 'Talo' },
      device: { name: { fi: 'Tuloilmakone 1' } },
      space: { name: { fi: 'Konehuone' } },
    },
  })
  const closed = [
    '/premises/talo',
    '/premises/talo/service-book',
    '/premises/talo/service-book.pdf',
    '/premises/talo/service-book.csv',
    '/premises/talo/inspections.ics',
    '/devices/tk-1',
    '/devices/hissi',
    `/service/plans/${plan.id}`,
    '/service/preview?premises=talo',
    '/devices/tk-1/lifecycle',
    '/devices/tk-1/money',
    '/service/plans?device=tk-1',
    '/waiting?premises=talo',
    '/premises/talo/settlements/2026-03',
    '/agreements/sopimus',
  ]
  for (const path of closed)
    expect([path, (await api.request(api.contractor, 'GET', path)).status]).toEqual([path, 404])
  for (const path of [
    '/premises',
    '/devices',
    '/service/plans',
    '/inspections',
    '/agreements',
    '/faults',
    '/quarantine',
  ])
    expect([path, (await api.request(api.contractor, 'GET', path)).json<{ items: unknown[] }>().items]).toEqual([
      path,
      [],
    ])
  expect(
    (
      await api.request(api.contractor, 'POST', '/service/tasks', {
        premises: 'talo',
        title: { fi: 'x' },
        dueOn: '2026-05-01',
      })
    ).status,
  ).toBe(403)
  expect(
    (await api.request(api.contractor, 'POST', `/service/tasks/${task!.id}/assignment`, { dueOn: '2027-01-01' }))
      .status,
  ).toBe(403)
  const waiting = (await api.request(api.contractor, 'GET', '/waiting')).json<WaitingList>().items
  expect(waiting).toMatchObject([{ kind: 'service-task-due', subject: task!.id, waitsFor: 'huolto' }])
  const body = await whole(api.contractor)
  expect((await finish(api.contractor, task!.id, body)).status).toBe(200)
  // Its photo is seen by the parties too; of the premises it still sees nothing.
  expect((await api.request(api.landlord, 'GET', `/files/${body.photos[0]}`)).status).toBe(200)
  expect((await api.request(api.stranger, 'GET', `/files/${body.photos[0]}`)).status).toBe(404)
  expect((await api.request(api.contractor, 'GET', '/premises/talo')).status).toBe(404)
  // Given to somebody else, a task is no longer theirs.
  const next = (
    await api.request(api.landlord, 'POST', '/service/tasks', {
      premises: 'talo',
      device: 'hissi',
      title: { fi: 'Hissi' },
      dueOn: '2026-05-01',
      contractor: 'huolto',
    })
  ).json<TaskShown>()
  expect((await api.request(api.contractor, 'GET', `/service/tasks/${next.id}`)).status).toBe(200)
  await api.request(api.landlord, 'POST', `/service/tasks/${next.id}/assignment`, { contractor: null })
  expect((await api.request(api.contractor, 'GET', `/service/tasks/${next.id}`)).status).toBe(404)
})

test('service of what is classified is seen by its keepers; its contractor learns where to go only by the instructions', async () => {
  const wanted = {
    premises: 'talo',
    device: 'lukko',
    title: { fi: 'Lukon huolto' },
    dueOn: '2026-04-20',
    contractor: 'huolto',
    instructions: 'Soita vahtimestarille',
  }
  const made = (await api.request(api.landlord, 'POST', '/service/tasks', wanted)).json<TaskShown>()
  expect(made.place.device?.name).toEqual({ fi: 'Lukko' })
  expect((await api.request(api.agency, 'GET', `/service/tasks/${made.id}`)).status).toBe(404)
  const seen = (await api.request(api.contractor, 'GET', `/service/tasks/${made.id}`)).json<TaskShown>()
  expect(seen).toMatchObject({
    instructions: 'Soita vahtimestarille',
    place: { device: { id: 'lukko', name: null }, space: null },
  })
  await finish(api.contractor, made.id, { result: 'done' })
  const book = async (token: string) =>
    (await api.request(token, 'GET', '/premises/talo/service-book')).json<{ items: unknown[] }>().items
  expect([(await book(api.landlord)).length, (await book(api.agency)).length]).toEqual([1, 0])
})

test('filters: mine, ours, overdue, text; the overdue come first', async () => {
  await makePlan()
  const ask = async (title: string, dueOn: string) =>
    api.request(api.landlord, 'POST', '/service/tasks', { premises: 'talo', title: { fi: title }, dueOn })
  await ask('Myöhässä', '2026-03-01')
  await ask('Kesällä', '2026-07-01')
  const titles = async (token: string, query: string) =>
    (await tasksOf(token, query)).items.map(({ title }) => title.fi)
  expect(await titles(api.landlord, '')).toEqual(['Myöhässä', 'Suodattimien vaihto', 'Kesällä'])
  expect((await tasksOf(api.landlord)).overdue).toBe(1)
  expect(await titles(api.landlord, '?whose=mine')).toEqual(['Myöhässä', 'Kesällä'])
  expect(await titles(api.technician, '?whose=mine')).toEqual(['Suodattimien vaihto'])
  expect(await titles(api.landlord, '?overdue=true')).toEqual(['Myöhässä'])
  expect(await titles(api.landlord, '?until=2026-04-30&device=tk-1')).toEqual(['Suodattimien vaihto'])
  expect(await titles(api.landlord, '?q=kes%C3%A4')).toEqual(['Kesällä'])
  expect(await titles(api.stranger, '')).toEqual([])
  expect(await titles(api.landlord, '?limit=1&after=2')).toEqual(['Kesällä'])
})

test('running hours bring a task about, also over a change of the counter', async () => {
  const series = api.telemetry.seriesOf('tk-1', 'hours')
  const at = (days: number) => api.clock.now + days * DAY
  const plan = {
    premises: 'talo',
    of: { device: 'tk-1' },
    title: { fi: 'Laakerit' },
    trigger: { by: 'hours', point: 'hours', every: '1000' },
    leadDays: 10,
  }
  await makePlan(plan)
  expect(await makeTasks(api, api.clock.now)).toBe(0)
  for (const [days, value] of [
    [0, 5000],
    [20, 5400],
    [30, 100],
  ] as const)
    api.telemetry.add(series, at(days), value, 'measured', at(days), false)
  await api.telemetry.commit()
  const stored = (await api.records.getObject({ organisation: null }, 'devices', 'tk-1'))!.value
  const points = stored.points!.map((point) =>
    point.key === 'hours'
      ? { ...point, meterChanges: [{ at: new Date(at(25)).toISOString(), final: '5500', initial: '0' }] }
      : point,
  )
  await api.fill({ devices: [{ ...stored, points }] })
  // 400 + 100 + 100 hours in 30 days: 20 a day, so the thousandth comes in 20 days; tasks are made 10 days ahead.
  expect(await makeTasks(api, at(30))).toBe(0)
  api.telemetry.add(series, at(42), 340, 'measured', at(42), false)
  await api.telemetry.commit()
  api.clock.now = at(42)
  expect(await makeTasks(api, api.clock.now)).toBe(1)
  const [task] = (await tasksOf(api.technician)).items
  expect(task?.ground).toMatchObject({ by: 'hours', point: 'hours', value: '840', limit: '1000' })
})

test('a successor goes on with what the body before it had to do', async () => {
  await makePlan()
  const [task] = (await tasksOf(api.agency)).items
  await api.fill({
    organisations: [
      { id: 'uusi', name: { fi: 'Uusi virasto' } },
      { id: 'virasto', name: { fi: 'Virasto' }, successor: { organisation: 'uusi', from: '2026-04-11' } },
    ],
  })
  const successor = await api.token('uusi', ['technician'])
  expect((await finish(successor, task!.id, { result: 'not-possible', reason: 'x' })).status).toBe(403)
  api.clock.now += DAY
  expect((await tasksOf(successor, '?whose=mine')).items).toMatchObject([{ id: task!.id, may: ['finish'] }])
  const waiting = (await api.request(successor, 'GET', '/waiting')).json<WaitingList>().items
  expect(waiting).toMatchObject([{ kind: 'service-task-due', waitsFor: 'uusi' }])
  expect((await finish(successor, task!.id, await whole(successor))).status).toBe(200)
})
