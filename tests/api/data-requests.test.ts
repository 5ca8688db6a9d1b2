// The Data Act: who has a right to the data, the letter in three languages, the log and its clock.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataAct, DataRequestShown } from '#contract/data-requests.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let kunta: string
let muu: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  await api.fill({
    devices: [
      {
        ...twoHouses.devices![0]!,
        manufacturer: 'Acme',
        model: 'A1',
        serial: 'S-9',
        dataHolder: { name: 'Acme Oy', contact: 'data@acme.example' },
      },
    ],
  })
  kunta = await api.token('kunta', ['manager'])
  muu = await api.token('muu', ['manager'])
})
afterEach(async () => api.close())

const WANTED = { article: 4, data: 'Kulutustiedot tunneittain', language: 'fi' }
const ask = (token: string, given: object = {}) =>
  api.request(token, 'POST', '/devices/mittari/data-requests', { ...WANTED, ...given })

test('owners, the holder and users have a right to the data; nobody else asks', async () => {
  const act = (await api.request(kunta, 'GET', '/devices/mittari/data-act')).json<DataAct>()
  expect(act).toMatchObject({
    holder: { organisation: null, name: 'Acme Oy', contact: 'data@acme.example' },
    users: [
      { organisation: 'kunta', ground: 'owner' },
      { organisation: 'virasto', ground: 'owner' },
    ],
    mayRequest: true,
    requests: [],
  })
  expect((await ask(muu)).status).toBe(404)
  expect((await ask(await api.token(null, ['manager', 'admin']))).status).toBe(403)
})

test('a request is logged with its clock, its letter is written, and its answer recorded', async () => {
  const sent = (await ask(kunta, { from: '2026-01-01', to: '2026-03-31' })).json<DataRequestShown>()
  expect(sent).toMatchObject({ state: 'sent', dueAt: '2026-05-10T09:00:00.000Z', overdue: false, mayAnswer: true })
  const letter = async (query: string) => api.request(kunta, 'GET', `/data-requests/${sent.id}/letter?${query}`)
  const fi = (await letter('format=text')).text
  for (const part of [
    'Acme Oy',
    'Kunta',
    'S-9',
    '4 artiklan 1 kohdan',
    'Kulutustiedot tunneittain',
    '1.1.2026–31.3.2026',
  ])
    expect(fi).toContain(part)
  expect((await letter('format=text&language=sv')).text).toContain('artikel 4.1')
  expect((await letter('format=text&language=en')).text).toContain('Article 4(1)')
  expect((await letter('format=pdf')).text.slice(0, 5)).toBe('%PDF-')
  // It is between the asker and the holder.
  const other = await api.token('virasto', ['manager'])
  expect((await api.request(other, 'GET', `/data-requests/${sent.id}/letter`)).status).toBe(404)
  api.clock.now = Date.parse('2026-05-11T09:00:00Z')
  const act = (await api.request(kunta, 'GET', '/devices/mittari/data-act')).json<DataAct>()
  expect(act.requests).toMatchObject([{ id: sent.id, overdue: true }])
  const answer = (body: object) => api.request(kunta, 'POST', `/data-requests/${sent.id}/answer`, body)
  expect((await answer({ outcome: 'refused' })).status).toBe(400)
  expect((await answer({ outcome: 'partly', note: 'Vain vuosi 2026' })).json<DataRequestShown>()).toMatchObject({
    state: 'partly',
    dueAt: null,
    events: [{ what: 'sent' }, { what: 'partly', note: 'Vain vuosi 2026' }],
  })
  expect((await answer({ outcome: 'received' })).status).toBe(409)
})

test('a holder that is here answers itself; an article 5 request names the third party', async () => {
  const roles = [{ role: 'dataHolder' as const, organisation: 'virasto', from: '2026-01-01', to: null }]
  await api.fill({ devices: [{ ...twoHouses.devices![0]!, roles }] })
  expect((await ask(kunta, { article: 5 })).problem().problems?.[0]?.pointer).toBe('/thirdParty')
  const sent = (await ask(kunta, { article: 5, thirdParty: 'Huolto Oy' })).json<DataRequestShown>()
  expect(sent.holder).toMatchObject({ organisation: 'virasto', name: 'Virasto' })
  const holder = await api.token('virasto', ['manager'])
  const waiting = async () => (await api.request(holder, 'GET', '/waiting')).json<WaitingList>().items
  expect(await waiting()).toContainEqual(
    expect.objectContaining({ kind: 'data-request-to-answer', subject: 'mittari', dueAt: '2026-05-10T09:00:00.000Z' }),
  )
  const body = { outcome: 'refused', note: 'Liikesalaisuus' }
  const refused = await api.request(holder, 'POST', `/data-requests/${sent.id}/answer`, body)
  expect(refused.json<DataRequestShown>()).toMatchObject({
    state: 'refused',
    events: [{}, { organisation: 'virasto' }],
  })
  expect(await waiting()).not.toContainEqual(expect.objectContaining({ kind: 'data-request-to-answer' }))
})

test('without a recorded holder it is told first', async () => {
  const put = await api.request(kunta, 'PUT', '/devices/mittari/data-holder', { holder: null }, { 'if-match': '"v2"' })
  expect(put.status).toBe(200)
  expect((await ask(kunta)).status).toBe(409)
})
