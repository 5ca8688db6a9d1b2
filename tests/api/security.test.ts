// Firmware facts, their warnings, and known vulnerabilities: imported lists against devices, and who patches.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceSecurity, VulnerabilityImported, VulnerabilityPage } from '#contract/security.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let manager: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  const [device] = twoHouses.devices!
  await api.fill({
    devices: [
      { ...device!, manufacturer: 'Acme', model: 'A1', firmware: { version: '1.0', supportUntil: '2026-12-31' } },
    ],
  })
  manager = await api.token('kunta', ['manager'])
})
afterEach(async () => api.close())

const CSV = 'cve;vendor;product;fixed;severity;remedy\r\nCVE-2026-5;Acme;A1;1.2;high;Install 1.2\r\n'
const send = async (token: string, text: string, apply: boolean, name = 'lista.csv') => {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/v1/vulnerabilities?name=${name}&apply=${apply}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    payload: text,
  })
  return { status: answer.statusCode, ...answer.json<VulnerabilityImported>() }
}
const security = async (token: string) =>
  (await api.request(token, 'GET', '/devices/mittari/security')).json<DeviceSecurity>()

test('a list is seen first, then taken; the device shows it until its firmware is the mended one', async () => {
  expect(await send(manager, CSV, false)).toMatchObject({ status: 200, applied: false, created: 1, devices: 1 })
  expect((await security(manager)).vulnerabilities).toEqual([])
  expect(await send(manager, CSV, true)).toMatchObject({ applied: true, created: 1 })
  expect(await send(manager, CSV, true)).toMatchObject({ created: 0, unchanged: 1 })
  expect(await security(manager)).toMatchObject({
    firmware: { version: '1.0' },
    warnings: [{ code: 'support-ends', on: '2026-12-31' }],
    vulnerabilities: [{ code: 'CVE-2026-5', severity: 'high', remedy: 'Install 1.2', match: 'affected' }],
    responsible: { organisation: 'kunta', ground: 'landlord' },
  })
  const put = await api.request(manager, 'PUT', '/devices/mittari/firmware', { version: '1.2' }, { 'if-match': '"v2"' })
  expect(put.status).toBe(200)
  expect(await security(manager)).toMatchObject({ warnings: [], vulnerabilities: [] })
})

test('a list of one organisation is its own; the operator’s is everyone’s, and withdrawn by the operator', async () => {
  await send(manager, CSV, true)
  const other = await api.token('virasto', ['manager'])
  expect((await security(other)).vulnerabilities).toEqual([])
  const operator = await api.token(null, ['manager', 'admin'])
  await send(operator, CSV.replace('CVE-2026-5', 'CVE-2026-6'), true)
  expect((await security(other)).vulnerabilities.map(({ code }) => code)).toEqual(['CVE-2026-6'])
  const list = (await api.request(other, 'GET', '/vulnerabilities')).json<VulnerabilityPage>()
  expect(list.items).toMatchObject([{ code: 'CVE-2026-6', products: ['Acme A1'], devices: [{ id: 'mittari' }] }])
  const asked = async (query: string) =>
    (await api.request(other, 'GET', `/vulnerabilities?${query}`)).json<VulnerabilityPage>().items.length
  for (const [query, found] of [
    ['q=acme', 1],
    ['q=install+1.2', 1],
    ['q=other', 0],
    ['severity=high', 1],
    ['severity=low', 0],
    ['affecting=true&premises=talo', 1],
  ] as const)
    expect([query, await asked(query)]).toEqual([query, found])
  const path = `/vulnerabilities/${list.items[0]!.id}`
  expect((await api.request(other, 'DELETE', path)).status).toBe(403)
  expect((await api.request(operator, 'DELETE', path)).status).toBe(204)
  expect((await security(other)).vulnerabilities).toEqual([])
})

test('a wrong row keeps the whole list from being taken; other JSON is told', async () => {
  const wrong = await send(manager, `${CSV}CVE-7;Acme;;;;\r\n`, true)
  expect(wrong).toMatchObject({ applied: false, problems: [{ row: 2, field: 'model' }] })
  expect((await security(manager)).vulnerabilities).toEqual([])
  expect((await send(manager, '{"hello": 1}', true)).status).toBe(400)
  expect((await send(manager, '{"hello": ', true)).status).toBe(400)
})

test('who does not see the firmware learns nothing of it', async () => {
  await send(await api.token(null, ['manager', 'admin']), CSV, true)
  const seen = (await api.request(manager, 'GET', '/devices/mittari')).headers['etag'] as string
  const body = { security: 'owner' }
  const hidden = await api.request(manager, 'PUT', '/devices/mittari/visibility', body, { 'if-match': seen })
  expect(hidden.status).toBe(200)
  await api.fill({
    premises: [
      { ...twoHouses.premises![0]!, tenancies: [{ space: 't-1', organisation: 'muu', from: '2026-01-01', to: null }] },
    ],
  })
  const tenant = await api.token('muu', ['manager'])
  expect(await security(tenant)).toMatchObject({ firmware: {}, hidden: true, warnings: [], vulnerabilities: [] })
  const list = (await api.request(tenant, 'GET', '/vulnerabilities')).json<VulnerabilityPage>()
  expect(list.items[0]!.devices).toEqual([])
})
