// Schedules run scenes once, also over a restart and after a pause; scenes ask the right for each device, tell what failed, and go back.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SceneRunPage, SceneRunShown, SceneShown, ScheduleDays, ScheduleShown } from '#contract/scenes.ts'
import { TWIN } from '#domain/twin/twin.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import type { TestApi } from '#tests/api/start-api.ts'
import { openHouse, simulate, until } from './world.ts'

/** A Monday at 15.00 in Helsinki. */
const MONDAY = Date.parse('2026-11-23T13:00:00Z')
const clock = { now: MONDAY }
const stores = () => ({ records: openMemoryRecords({ now: () => clock.now }), telemetry: openMemoryTelemetry() })
let kept: ReturnType<typeof stores>
let api: TestApi
let agency: string
const closers: (() => Promise<void>)[] = []
const open = async (): Promise<void> => {
  api = await openHouse({ stores: kept, now: clock.now })
  agency = await api.token('virasto', ['technician'])
}
beforeEach(async () => {
  clock.now = MONDAY
  kept = stores()
  await open()
})
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  await api.close()
  await kept.records.close()
  await kept.telemetry.close()
})

const lightsOff = { of: { type: 'lighting-controller' }, command: 'switch', params: { on: false } }
const makeScene = async (steps: object[], token = agency): Promise<string> => {
  const answer = await api.request(token, 'POST', '/scenes', { name: { fi: 'Kiinni' }, premises: 'talo', steps })
  expect(answer.status).toBe(201)
  return answer.json<SceneShown>().id
}
const schedule = (scene: string, more: object = {}) => ({
  name: { fi: 'Toimisto' },
  premises: 'talo',
  on: true,
  hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:15' }],
  closedOnHolidays: true,
  closedOnEves: true,
  exceptions: [],
  triggers: [{ id: 'illalla', time: { at: 'closing', minutes: 15 }, on: 'open', scene }],
  ...more,
})
const runs = async (token = agency): Promise<SceneRunShown[]> =>
  (await api.request(token, 'GET', '/scene-runs?premises=talo')).json<SceneRunPage>().items

test('a scene asks the right for each device: some obey, some are refused, and what was there comes back', async () => {
  const sims = await Promise.all(['valot', 'valot-2'].map((id) => simulate(api, id, 'lighting-controller')))
  closers.push(...sims.map(({ close }) => close))
  await until(() => sims.every(({ link }) => link.connected))
  for (const [index, id] of ['valot', 'valot-2'].entries())
    await sims[index]?.link.publish(`samtila/v1/${id}/reported`, '{"on":true}', { qos: 1 })
  await until(async () => {
    const ids = ['valot', 'valot-2']
    const papers = await Promise.all(ids.map((one) => kept.records.getPaper({ organisation: null }, TWIN, one)))
    return papers.every((paper) => paper?.body.reported['on'] === true)
  })
  const id = await makeScene([
    lightsOff,
    { of: { device: 'termostaatti' }, desired: { setpoint: 17 } },
    { of: { device: 'ovi' }, command: 'lock', params: { locked: true } },
  ])
  const preview = (await api.request(agency, 'GET', `/scenes/${id}/preview`)).json<{ parts: SceneRunShown['parts'] }>()
  expect(preview.parts.map(({ device, refused }) => [device, refused?.code ?? null])).toEqual([
    ['valot', null],
    ['valot-2', null],
    ['termostaatti', 'not-allowed'],
    ['ovi', null],
  ])
  expect(await runs()).toEqual([])
  const run = (await api.request(agency, 'POST', `/scenes/${id}/run`)).json<SceneRunShown>()
  expect(run.counts).toMatchObject({ refused: 1 })
  expect(run.parts[2]?.refused?.message).toContain('the device is steered by Kunta')
  await until(() => sims.every(({ twin }) => twin.reported()['on'] === false))
  // The door is away: its command waits and is told apart.
  await until(async () => (await runs())[0]?.counts.done === 2)
  expect((await runs())[0]?.counts).toMatchObject({ done: 2, underWay: 1, refused: 1 })
  const undo = (await api.request(agency, 'POST', `/scene-runs/${run.id}/undo`)).json<SceneRunShown>()
  expect(undo).toMatchObject({ undoes: run.id })
  expect(undo.parts.filter(({ refused }) => refused !== null).map(({ device }) => device)).toEqual(['ovi'])
  await until(() => sims.every(({ twin }) => twin.reported()['on'] === true))
  expect((await api.request(agency, 'POST', `/scene-runs/${run.id}/undo`)).status).toBe(409)
})

test('a schedule runs its scene once at its time, also when the platform starts anew in that minute', async () => {
  const id = await makeScene([lightsOff])
  expect((await api.request(agency, 'POST', '/schedules', schedule(id))).status).toBe(201)
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(await runs()).toEqual([])
  clock.now = Date.parse('2026-11-23T14:30:02Z')
  api.clock.now = clock.now
  await until(async () => (await runs()).length === 1)
  expect((await runs())[0]).toMatchObject({ state: 'run', counts: { underWay: 2 }, organisation: 'virasto' })
  await api.close()
  clock.now += 5_000
  await open()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(await runs()).toHaveLength(1)
  // Two days later: one that is hours late is told and not run.
  clock.now = Date.parse('2026-11-24T18:00:00Z')
  api.clock.now = clock.now
  await until(async () => (await runs()).length === 2)
  expect((await runs())[0]).toMatchObject({ state: 'missed', parts: [] })
})

test('who makes and changes: others see it, and only its own organisation changes it; a scene in use stays', async () => {
  const id = await makeScene([lightsOff])
  const owner = await api.token('kunta', ['manager'])
  const made = (await api.request(agency, 'POST', '/schedules', schedule(id))).json<ScheduleShown>()
  expect((await api.request(owner, 'GET', `/schedules/${made.id}`)).status).toBe(200)
  expect((await api.request(owner, 'PUT', `/schedules/${made.id}`, schedule(id), { 'if-match': '"v1"' })).status).toBe(
    403,
  )
  expect((await api.request(owner, 'DELETE', `/scenes/${id}`)).status).toBe(403)
  expect((await api.request(agency, 'DELETE', `/scenes/${id}`)).status).toBe(409)
  expect((await api.request(agency, 'PUT', `/schedules/${made.id}`, schedule(id, { on: false }))).status).toBe(428)
  const off = await api.request(agency, 'PUT', `/schedules/${made.id}`, schedule(id, { on: false }), {
    'if-match': '"v1"',
  })
  expect(off.json<ScheduleShown>().on).toBe(false)
  const stranger = await api.token('muu', ['technician'])
  for (const path of [`/schedules/${made.id}`, `/scenes/${id}`])
    expect((await api.request(stranger, 'GET', path)).status).toBe(404)
  expect((await api.request(stranger, 'POST', `/scenes/${id}/run`)).status).toBe(404)
  expect((await api.request(stranger, 'GET', '/scene-runs?premises=talo')).status).toBe(404)
  const wrong = await api.request(
    agency,
    'POST',
    '/schedules',
    schedule('scene-x', { exceptions: [{ from: '2026-12-02', to: '2026-12-02', hours: null }] }),
  )
  expect(wrong.problem().problems?.map(({ pointer }) => pointer)).toEqual(['/triggers/0/scene', '/exceptions/0/to'])
})

test('two weeks ahead: opening hours, holidays, exceptions, and the sun where the premises is placed', async () => {
  const id = await makeScene([lightsOff])
  api.clock.now = clock.now = Date.parse('2026-12-01T10:00:00Z')
  const sun = { id: 'aurinko', time: { at: 'sunset', minutes: 0 }, on: 'every', scene: id }
  const body = schedule(id, {
    exceptions: [{ from: '2026-12-03', to: '2026-12-04', hours: { from: '10:00', to: '12:00' }, reason: 'Koulutus' }],
    triggers: [...schedule(id).triggers, sun],
  })
  const look = async () => (await api.request(agency, 'POST', '/schedules/preview', body)).json<ScheduleDays>()
  expect(await look()).toMatchObject({ placed: false, timeZone: 'Europe/Helsinki' })
  const owner = await api.token('kunta', ['manager'])
  expect((await api.request(agency, 'PUT', '/premises/talo/place', { latitude: 60.17, longitude: 24.94 })).status).toBe(
    403,
  )
  expect((await api.request(owner, 'PUT', '/premises/talo/place', { latitude: 60.17, longitude: 24.94 })).status).toBe(
    200,
  )
  const { days, placed } = await look()
  expect([placed, days.length]).toEqual([true, 14])
  const day = (date: string) => days.find((one) => one.date === date)!
  expect(day('2026-12-01').open).toEqual([{ from: '2026-12-01T06:00:00.000Z', to: '2026-12-01T14:15:00.000Z' }])
  expect(day('2026-12-03')).toMatchObject({
    exception: 'Koulutus',
    open: [{ from: '2026-12-03T08:00:00.000Z', to: '2026-12-03T10:00:00.000Z' }],
  })
  expect(day('2026-12-03').runs.map(({ at, trigger }) => `${trigger} ${at.slice(11, 16)}`)).toEqual([
    'illalla 10:15',
    'aurinko 13:19',
  ])
  expect(day('2026-12-06')).toMatchObject({ holiday: 'itsenäisyyspäivä', open: [] })
})
