// Documents of devices and spaces: versions, who sees them, and that they go along to the receiver of a transfer.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceDocumentPage, DeviceDocumentShown } from '#contract/device-documents.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let kunta: string
let virasto: string
let muu: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  kunta = await api.token('kunta', ['manager'])
  virasto = await api.token('virasto', ['manager', 'signatory'])
  muu = await api.token('muu', ['viewer', 'manager', 'signatory'])
})
afterEach(async () => api.close())

const upload = async (token: string, text: string, type = 'application/pdf') => {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/v1/files?name=${text}.pdf`,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    payload: Buffer.from(text),
  })
  return { digest: answer.json<{ digest: string }>().digest, name: `${text}.pdf` }
}
const add = async (token: string, given: object = {}) =>
  api.request(token, 'POST', '/device-documents', {
    of: { device: 'mittari' },
    title: 'Käyttöohje',
    kind: 'manual',
    classification: 'parties',
    file: await upload(token, 'ohje-1'),
    ...given,
  })
const list = async (token: string, query = 'device=mittari') => {
  const answer = await api.request(token, 'GET', `/device-documents?${query}`)
  return answer.status === 200 ? answer.json<DeviceDocumentPage>().items : answer.status
}

test('a document is replaced, changed and removed; every version stays readable with who and when', async () => {
  const made = (await add(kunta)).json<DeviceDocumentShown>()
  const path = `/device-documents/${made.id}`
  // The other owner replaces what the first sent.
  const file = { ...(await upload(virasto, 'ohje-2')), note: 'Uusi painos' }
  const replaced = (await api.request(virasto, 'POST', `${path}/files`, file)).json<DeviceDocumentShown>()
  expect(replaced.files).toMatchObject([
    { number: 1, name: 'ohje-1.pdf', note: null },
    { number: 2, name: 'ohje-2.pdf', note: 'Uusi painos', at: '2026-04-10T09:00:00.000Z' },
  ])
  expect((await api.request(virasto, 'GET', `${path}/files/1`)).text).toBe('ohje-1')
  expect((await api.request(kunta, 'GET', `${path}/files/2`)).text).toBe('ohje-2')
  expect((await api.request(kunta, 'GET', `${path}/files/3`)).status).toBe(404)
  const head = { title: 'Asennusohje', kind: 'manual', classification: 'parties', validUntil: '2027-01-31' }
  expect((await api.request(kunta, 'PUT', path, head)).status).toBe(428)
  const changed = await api.request(kunta, 'PUT', path, head, { 'if-match': '"v2"' })
  expect(changed.json<DeviceDocumentShown>()).toMatchObject({ title: 'Asennusohje', validUntil: '2027-01-31' })
  expect((await api.request(kunta, 'DELETE', path, undefined, { 'if-match': '"v3"' })).status).toBe(204)
  expect(await list(kunta)).toEqual([])
  expect((await api.request(kunta, 'GET', path)).json<DeviceDocumentShown>().state).toBe('removed')
  expect((await api.request(kunta, 'GET', `${path}/files/1`)).text).toBe('ohje-1')
})

test('what is classified is seen by the keepers only, and goes along when the device does', async () => {
  await api.fill({
    devices: [{ ...twoHouses.devices![0]!, ownership: [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }] }],
  })
  const plan = await add(virasto, { title: 'Kulunvalvonnan kaavio', kind: 'plan', classification: 'owner' })
  await add(virasto)
  const { id } = plan.json<DeviceDocumentShown>()
  const titles = async (token: string) => {
    const found = await list(token)
    return typeof found === 'number' ? found : found.map(({ title }) => title).toSorted()
  }
  expect(await titles(virasto)).toEqual(['Kulunvalvonnan kaavio', 'Käyttöohje'])
  expect(await titles(kunta)).toEqual(['Käyttöohje'])
  expect(await titles(muu)).toEqual([])
  expect((await api.request(kunta, 'GET', `/device-documents/${id}`)).status).toBe(404)
  expect((await api.request(kunta, 'GET', `/device-documents/${id}/files/1`)).status).toBe(404)
  const digest = (await upload(virasto, 'ohje-1')).digest
  expect((await api.request(muu, 'GET', `/files/${digest}`)).status).toBe(404)

  const wanted = { kind: 'transfer', receiver: 'muu', from: '2026-04-10' }
  const offer = await api.request(virasto, 'POST', '/transfers', { device: 'mittari', wanted, apply: true })
  const transfer = offer.json<{ id: string; documents: number }>()
  expect(transfer.documents).toBe(2)
  expect((await api.request(muu, 'POST', `/transfers/${transfer.id}/acceptance`, {})).status).toBe(200)
  expect(await titles(muu)).toEqual(['Kulunvalvonnan kaavio', 'Käyttöohje'])
  expect((await api.request(muu, 'GET', `/device-documents/${id}/files/1`)).text).toBe('ohje-1')
  const file = await upload(muu, 'kaavio-2')
  expect((await api.request(muu, 'POST', `/device-documents/${id}/files`, file)).status).toBe(201)
})

test('a space has its documents; who has it keeps them', async () => {
  const of = { premises: 'talo', space: 't-1' }
  const made = await add(virasto, { of, title: 'Pohjakuva', kind: 'plan', classification: 'owner' })
  expect(made.json<DeviceDocumentShown>()).toMatchObject({ premises: 'talo', device: null, space: 't-1' })
  expect(await list(kunta, 'premises=talo&space=t-1')).toMatchObject([{ title: 'Pohjakuva' }])
  expect(await list(muu, 'premises=talo')).toEqual([])
  expect((await add(virasto, { of: { premises: 'talo', space: 'muu' } })).status).toBe(404)
  expect((await add(muu, { of })).status).toBe(404)
})

test('a file that others sent is not put on a document by its digest', async () => {
  const secret = await upload(virasto, 'salainen')
  expect((await add(kunta, { file: secret })).status).toBeGreaterThanOrEqual(400)
})

test('a retired device keeps its documents, money facts and history', async () => {
  await add(kunta)
  await api.request(kunta, 'POST', '/devices/mittari/lifecycle', { state: 'retired' })
  expect(await list(kunta)).toHaveLength(1)
  expect((await api.request(kunta, 'GET', '/devices/mittari/history')).json<{ items: object[] }>().items).toHaveLength(
    2,
  )
  expect((await api.request(kunta, 'GET', '/devices/mittari/money')).status).toBe(200)
})
