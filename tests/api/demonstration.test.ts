// The demonstration goes out by one act, with all of its own and nothing else; not when something real is mixed in.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DemonstrationRemoved, DemonstrationState } from '#contract/demonstration.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { startApi, SYSTEM, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
beforeEach(async () => {
  api = await startApi()
  await api.fill(bundle)
  operator = await api.token(null, ['admin'])
})
afterEach(() => api.close())

const house = (id: string, landlord: string, demonstration: boolean) => ({
  id,
  name: { fi: `Talo ${id}`, en: `House ${id}` },
  timeZone: 'Europe/Helsinki',
  landlord,
  ...(demonstration ? { demonstration } : {}),
})
const bundle: Bundle = {
  organisations: ['malli', 'yhteinen', 'oma'].map((id) => ({ id, name: { fi: id } })),
  premises: [house('esimerkki', 'malli', true), house('oikea', 'oma', false)],
  devices: [
    {
      id: 'malli-anturi',
      premises: 'esimerkki',
      type: 'room-sensor',
      simulated: true,
      points: [{ key: 'temperature', unit: 'Cel', kind: 'gauge' }],
      roles: [{ role: 'maintainer', organisation: 'yhteinen', from: '2026-01-01', to: null }],
    },
    {
      id: 'oma-anturi',
      premises: 'oikea',
      type: 'room-sensor',
      roles: [{ role: 'maintainer', organisation: 'yhteinen', from: '2026-01-01', to: null }],
    },
  ],
}
const state = async () => (await api.request(operator, 'GET', '/api/v1/demonstration')).json<DemonstrationState>()
const remove = (body: unknown) => api.request(operator, 'POST', '/api/v1/demonstration/removal', body)
const ids = async (path: string) =>
  (await api.request(operator, 'GET', `/api/v1/${path}`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)

test('the preview says what goes; the name confirms; what others use stays', async () => {
  const { user } = await api.signIn('matti', 'malli', ['manager'])
  const fault = { premises: 'esimerkki', language: 'fi', what: 'Ovi', files: [] }
  expect((await api.request(await api.token('malli', ['manager']), 'POST', '/api/v1/faults', fault)).status).toBe(201)

  const before = await state()
  expect(before.premises.map(({ id }) => id)).toEqual(['esimerkki'])
  expect(before.counts).toMatchObject({ devices: 1, papers: 1 })
  expect(before.organisations.map(({ id }) => id)).toEqual(['malli'])
  expect(before.people.map(({ login }) => login)).toEqual(['matti'])
  expect(before.hindered).toEqual([])

  const wrong = await remove({ name: 'Talo oikea' })
  expect([wrong.status, wrong.problem().problems?.[0]?.pointer]).toEqual([400, '/name'])
  expect(await ids('premises')).toEqual(['esimerkki', 'oikea'])

  const done = await remove({ name: 'House esimerkki' })
  expect(done.status, done.text).toBe(200)
  expect(done.json<DemonstrationRemoved>()).toEqual({ objects: 3, papers: 1, people: 1 })
  expect(await ids('premises')).toEqual(['oikea'])
  expect(await ids('devices')).toEqual(['oma-anturi'])
  expect(await ids('organisations')).toEqual(['oma', 'yhteinen'])
  expect(await ids('faults')).toEqual([])
  expect(await api.records.getUser(user)).toMatchObject({ disabled: true, memberships: [] })
  expect((await state()).removedAt).not.toBeNull()
  expect((await remove({ name: 'House esimerkki' })).status).toBe(404)
})

test('a contractor that stands only in its tasks goes too', async () => {
  await api.fill({ organisations: [{ id: 'urakoija', name: { fi: 'Urakoija' } }] })
  const task = { id: 'tehtava-1', premises: 'esimerkki', audience: { premisesAnd: ['urakoija'] }, state: 'open' }
  const paper = { ...task, dueAt: null, body: {} }
  await api.records.changePapers({ papers: [{ kind: 'service-task', expectedVersion: 0, paper }] }, SYSTEM, 'x')
  const { organisations } = await state()
  expect(organisations.map(({ id, name }) => [id, name?.fi])).toEqual([
    ['malli', 'malli'],
    ['urakoija', 'Urakoija'],
  ])
})

test('an organisation that is kept stays with its people', async () => {
  const { user } = await api.signIn('matti', 'malli', ['manager'])
  expect((await remove({ name: 'Talo esimerkki', keep: ['malli'] })).status).toBe(200)
  expect(await ids('organisations')).toEqual(['malli', 'oma', 'yhteinen'])
  expect(await api.records.getUser(user)).toMatchObject({ disabled: false })
})

test('a device that really measures hinders it, and nothing is touched', async () => {
  await api.fill({
    devices: [{ id: 'oikea-mittari', premises: 'esimerkki', type: 'meter', points: [{ key: 'energy', unit: 'kWh' }] }],
  })
  const series = api.telemetry.seriesOf('oikea-mittari', 'energy')
  api.telemetry.add(series, api.clock.now, 1, 'measured', api.clock.now, false)
  await api.telemetry.commit()
  expect((await state()).hindered).toEqual([{ why: 'real-readings', id: 'oikea-mittari' }])
  const refused = await remove({ name: 'Talo esimerkki' })
  expect([refused.status, refused.problem().code]).toEqual([409, 'conflict'])
  expect(await ids('devices')).toEqual(['malli-anturi', 'oikea-mittari', 'oma-anturi'])
})

test('a month that was frozen as real hinders it', async () => {
  const entry = { premises: 'esimerkki', period: '2026-03', status: 'issued' as const, issue: 1, at: api.clock.now }
  await api.records.appendLedger(
    {
      ...entry,
      by: 'x',
      body: '{}',
      digest: null,
      previousDigest: null,
      force: null,
      grounds: { simulated: false, demonstration: false },
    },
    { issue: 0, lastDigest: null },
    SYSTEM,
  )
  expect((await state()).hindered).toEqual([{ why: 'real-month', id: 'esimerkki/2026-03' }])
  expect((await remove({ name: 'Talo esimerkki' })).status).toBe(409)
})

test('only the operator', async () => {
  const own = await api.token('malli', ['admin'])
  expect((await api.request(own, 'GET', '/api/v1/demonstration')).status).toBe(403)
  expect((await api.request(own, 'POST', '/api/v1/demonstration/removal', { name: 'Talo esimerkki' })).status).toBe(403)
})
