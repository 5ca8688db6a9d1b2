// Statutory inspections and the service book over the API: due days, overdue warnings, certificates, the calendar, search, CSV and PDF.
import { convertIcsCalendar } from 'ts-ics'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PLAN_TEMPLATES } from '#domain/service/plan-library.ts'
import { INSPECTION_TEMPLATES } from '#domain/service/inspection-library.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import type { BookPage, InspectionList, InspectionShown } from '#contract/inspections.ts'
import type { TaskShown } from '#contract/service.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { startHouse, type House } from './service-house.ts'

let api: House
beforeEach(async () => {
  api = await startHouse()
})
afterEach(async () => api.close())

const lift = { premises: 'talo', device: 'hissi', template: 'lift', firstDue: '2026-04-01' }
const register = async (body: object = lift, token = api.landlord) =>
  (await api.request(token, 'POST', '/inspections', body)).json<InspectionShown>()
const record = (id: string, body: object, token = api.landlord) =>
  api.request(token, 'POST', `/inspections/${id}/records`, { result: 'passed', inspector: 'Tarkastuslaitos', ...body })
const list = async (token: string, query = '') =>
  (await api.request(token, 'GET', `/inspections${query}`)).json<InspectionList>().items

test('an overdue inspection is told, and is in time again once it is recorded, by its interval or as the inspector set it', async () => {
  const made = await register()
  expect(made).toMatchObject({ overdue: true, daysLeft: -9, responsible: 'kunta', intervalMonths: 24 })
  expect(made.law.fi).toContain('1134/2016')
  const waiting = (await api.request(api.landlord, 'GET', '/waiting')).json<WaitingList>().items
  expect(waiting.filter(({ kind }) => kind === 'inspection-due')).toMatchObject([{ subject: made.id, overdue: true }])
  const file = await api.request(api.landlord, 'POST', '/files?name=hissi.pdf', Buffer.from('%PDF-1.7 certificate'), {
    'content-type': 'application/pdf',
  })
  const { digest } = file.json<{ digest: string }>()
  const done = await record(made.id, { on: '2026-04-09', certificate: { digest, name: 'hissi.pdf' } })
  expect(done.json<InspectionShown>()).toMatchObject({ dueOn: '2028-04-09', overdue: false })
  // One that failed moves nothing until it is inspected again.
  const failed = await record(made.id, { on: '2026-04-09', result: 'failed' })
  expect(failed.json<InspectionShown>().dueOn).toBe('2028-04-09')
  const again = await record(made.id, { on: '2026-04-10', result: 'failed', nextDue: '2026-05-10' })
  expect(again.json<InspectionShown>().dueOn).toBe('2026-05-10')
  const later = await record(made.id, { on: '2026-04-10', result: 'remarks', nextDue: '2026-10-10' })
  expect(later.json<InspectionShown>().dueOn).toBe('2026-10-10')
  // The parties read the certificate, a stranger does not.
  expect((await api.request(api.agency, 'GET', `/files/${digest}`)).status).toBe(200)
  expect((await api.request(api.stranger, 'GET', `/files/${digest}`)).status).toBe(404)
  expect(
    (await api.request(api.landlord, 'GET', '/waiting'))
      .json<WaitingList>()
      .items.some(({ kind }) => kind === 'inspection-due'),
  ).toBe(false)
})

test('only who decides registers and changes; dates that cannot be are refused with their place', async () => {
  expect((await api.request(api.agency, 'POST', '/inspections', lift)).status).toBe(403)
  expect((await api.request(api.stranger, 'POST', '/inspections', lift)).status).toBe(404)
  const made = await register()
  expect((await record(made.id, { on: '2026-04-09' }, api.agency)).status).toBe(403)
  const future = await record(made.id, { on: '2026-05-01' })
  expect(future.problem().problems).toMatchObject([{ pointer: '/on', code: 'out-of-range' }])
  expect((await record(made.id, { on: '2026-02-30' })).status).toBe(400)
  const none = await api.request(api.landlord, 'POST', '/inspections', { premises: 'talo', firstDue: '2026-04-01' })
  expect(none.problem().problems).toMatchObject([{ pointer: '/title', code: 'missing' }])
  const change = { ...lift, intervalMonths: 12 }
  expect((await api.request(api.landlord, 'PUT', `/inspections/${made.id}`, change)).status).toBe(428)
  const changed = await api.request(api.landlord, 'PUT', `/inspections/${made.id}`, change, { 'if-match': '"v1"' })
  expect(changed.json<InspectionShown>()).toMatchObject({ intervalMonths: 12, version: 2 })
  await api.request(
    api.landlord,
    'PUT',
    `/inspections/${made.id}`,
    { ...change, state: 'ended' },
    { 'if-match': '"v2"' },
  )
  expect(await list(api.landlord)).toEqual([])
  expect((await record(made.id, { on: '2026-04-09' })).status).toBe(409)
})

test('a contractor that inspects sees and records its inspections, and no others', async () => {
  const own = await register({ ...lift, contractor: 'huolto' })
  await register({ premises: 'talo', template: 'electricity-1', firstDue: '2027-01-01' })
  expect((await list(api.contractor)).map(({ id }) => id)).toEqual([own.id])
  expect((await record(own.id, { on: '2026-04-09' }, api.contractor)).status).toBe(201)
  expect((await list(api.landlord, '?overdue=true')).length).toBe(0)
})

test('the calendar has each due day as a whole day, with its law', async () => {
  await register()
  await register({ premises: 'talo', template: 'electricity-1', firstDue: '2026-10-25' })
  const answer = await api.request(api.agency, 'GET', '/premises/talo/inspections.ics?language=sv')
  expect(answer.headers['content-type']).toContain('text/calendar')
  const calendar = convertIcsCalendar(undefined, answer.text)
  expect(
    calendar.events?.map(({ summary, start }) => [summary, start.type, start.date.toISOString().slice(0, 10)]).sort(),
  ).toEqual([
    ['Periodisk besiktning av elanläggningen, klass 1', 'DATE', '2026-10-25'],
    ['Periodisk besiktning av hissen, Hissi', 'DATE', '2026-04-01'],
  ])
  expect(answer.text.replaceAll(/\r\n /g, '')).toContain('Elsäkerhetslagen 1135/2016')
  expect((await api.request(api.contractor, 'GET', '/premises/talo/inspections.ics')).status).toBe(404)
})

test('the service book tells who did what when, is searched, and is given as CSV and tagged PDF', async () => {
  const made = await register()
  await record(made.id, { on: '2025-05-05', remarks: '=HYPERLINK("x")' })
  const ask = async (title: string, device: string): Promise<string> =>
    (
      await api.request(api.landlord, 'POST', '/service/tasks', {
        premises: 'talo',
        device,
        title: { fi: title },
        dueOn: '2026-04-20',
        checklist: [
          { id: 'paine', text: { fi: 'Paine' }, kind: 'number', unit: 'bar', most: '3', required: true },
          { id: 'puhdas', text: { fi: 'Puhdas' }, kind: 'yes-no', required: true },
        ],
      })
    ).json<TaskShown>().id
  const id = await ask('Voitelu', 'hissi')
  await ask('Auki', 'mittari')
  await api.request(api.landlord, 'POST', `/service/tasks/${id}/completion`, {
    result: 'done',
    hours: '1.5',
    note: 'Öljyä lisätty',
    parts: [{ name: 'Öljy', quantity: '0.5' }],
    answers: [
      { item: 'paine', value: '4.2' },
      { item: 'puhdas', value: true },
    ],
  })
  const book = async (query = '', token = api.agency) =>
    (await api.request(token, 'GET', `/premises/talo/service-book${query}`)).json<BookPage>()
  const whole = await book()
  expect(whole.years).toEqual([2026, 2025])
  expect(whole.items.map(({ kind, on, result, organisation }) => [kind, on, result, organisation])).toEqual([
    ['task', '2026-04-10', 'done', 'kunta'],
    ['inspection', '2025-05-05', 'passed', null],
  ])
  expect(whole.items[0]?.what).toEqual([
    'Poikkeama: Paine: 4,2\u00A0bar',
    'Puhdas: kyllä',
    'Öljyä lisätty',
    '1,5 h työtä',
    'Öljy, 0,5 kpl',
  ])
  expect((await book('?q=ÖLJY')).items).toHaveLength(1)
  expect((await book('?year=2025')).items.map(({ kind }) => kind)).toEqual(['inspection'])
  expect((await book('?device=hissi&kind=task')).items).toHaveLength(1)
  expect((await book('?device=mittari')).items).toEqual([])
  expect((await book('?limit=1')).next).toBe('1')
  const csv = await api.request(api.agency, 'GET', '/premises/talo/service-book.csv?language=fi')
  const rows = csv.text.split('\r\n')
  expect(rows[0]).toContain('Päivä;Laji;Mitä')
  expect(rows[1]).toContain('2026-04-10;Huolto;Voitelu;Hissi')
  expect(rows).toHaveLength(4)
  const pdf = await api.app.inject({
    method: 'GET',
    url: '/api/v1/premises/talo/service-book.pdf?language=sv&year=2026',
    headers: { authorization: `Bearer ${api.agency}` },
  })
  expect(pdf.headers['content-type']).toBe('application/pdf')
  const bytes = pdf.rawPayload.toString('latin1')
  for (const tag of ['/StructTreeRoot', '/Lang (sv)', '/S /H1', '/S /Table', '/S /TH', '/S /TD'])
    expect(bytes).toContain(tag)
  expect((await api.request(api.stranger, 'GET', '/premises/talo/service-book')).status).toBe(404)
  expect((await api.request(api.agency, 'GET', '/premises/talo/service-book?device=muu-mittari')).status).toBe(404)
})

test('the libraries name device types that there are, in all languages, and points that they have', () => {
  for (const { id, deviceTypes, title, trigger, checklist } of PLAN_TEMPLATES) {
    for (const type of deviceTypes) expect([id, findDeviceType(type)?.id]).toEqual([id, type])
    expect(Object.keys(title).sort()).toEqual(['en', 'fi', 'sv'])
    expect(new Set(checklist.map((item) => item.id)).size).toBe(checklist.length)
    if (trigger.by === 'hours' || trigger.by === 'count')
      for (const type of deviceTypes)
        expect(findDeviceType(type)?.points.map(({ key }) => key)).toContain(trigger.point)
  }
  for (const { deviceTypes, law, note } of INSPECTION_TEMPLATES) {
    for (const type of deviceTypes) expect(findDeviceType(type)?.id).toBe(type)
    expect([...Object.keys(law), ...Object.keys(note)].sort()).toEqual(['en', 'en', 'fi', 'fi', 'sv', 'sv'])
  }
})
