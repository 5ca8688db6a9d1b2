// The public page: off by default, opened by the landlord's manager only, and nothing in it that is protected or one party's own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PublicFigures } from '#contract/public-page.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { startApi, type TestApi } from './start-api.ts'

const PARTIES = ['salainen-kunta', 'salainen-virasto', 'salainen-kela']
const VAT = { category: 'S' as const, rate: '25.5' }
const equal = (category: string) => ({ category, method: { by: 'equal' as const } })
const cost = (id: string, category: string, amount: string, device?: string) => ({
  id,
  premises: 'talo',
  category,
  amount,
  vat: VAT,
  payer: 'salainen-kunta',
  from: '2026-01-01',
  to: null,
  ...(device === undefined ? {} : { device }),
})
const HOUSE: Bundle = {
  organisations: PARTIES.map((id) => ({ id, name: { fi: `Nimi ${id}`, sv: `Namn ${id}` } })),
  premises: [
    {
      id: 'talo',
      name: { fi: 'Talo' },
      timeZone: 'Europe/Helsinki',
      landlord: 'salainen-kunta',
      spaces: [{ id: 'tila-9', name: { fi: 'Selliosasto' }, use: 'exclusive', areaM2: '60', protected: true }],
      tenancies: [{ space: 'tila-9', organisation: 'salainen-virasto', from: '2026-01-01', to: null }],
      headcounts: [{ organisation: 'salainen-virasto', people: 4, from: '2026-01-01', to: null }],
    },
  ],
  devices: [
    { id: 'kamera-1', name: { fi: 'Takaoven kamera' }, premises: 'talo', type: 'surveillance-camera' },
    { id: 'ovi-1', name: { fi: 'Takaovi' }, premises: 'talo', protected: true },
  ],
  agreements: [
    {
      id: 'sopimus',
      premises: 'talo',
      parties: PARTIES,
      versions: [
        {
          version: 1,
          from: '2026-01-01',
          to: null,
          approvals: PARTIES.map((organisation) => ({ organisation })),
          rules: [
            { category: 'canteen', method: { by: 'direct', party: 'salainen-kela' } },
            {
              category: 'cleaning',
              method: {
                by: 'fixed',
                shares: { 'salainen-kunta': '90', 'salainen-virasto': '5', 'salainen-kela': '5' },
              },
            },
            equal('*'),
          ],
        },
      ],
    },
  ],
  recurringCosts: [
    cost('aula', 'lobby', '300.49'),
    cost('vartija', 'security', '777.00'),
    cost('ruokala', 'canteen', '888.00'),
    cost('siivous', 'cleaning', '999.00'),
    cost('ovihuolto', 'maintenance', '555.00', 'ovi-1'),
    cost('yleishuolto', 'maintenance', '100.00'),
  ],
}

let api: TestApi
let manager: string
beforeAll(async () => {
  api = await startApi({ now: Date.parse('2026-05-10T10:00:00Z') })
  await api.fill(HOUSE)
  manager = await api.token('salainen-kunta', ['manager', 'controller', 'signatory'])
  const month = '/premises/talo/settlements/2026-03'
  await api.request(manager, 'POST', `${month}/issue`, {})
  for (const party of PARTIES) {
    const token = await api.token(party, ['controller', 'signatory'])
    const said = { party, item: null, answer: 'accepted', text: '' }
    await api.request(token, 'POST', `${month}/responses`, said)
  }
  await api.request(manager, 'POST', `${month}/close`, {})
})
afterAll(async () => {
  await api.close()
})
const look = () => api.request(null, 'GET', '/public/premises/talo')
const put = (token: string, open: boolean) => api.request(token, 'PUT', '/premises/talo/public-page', { open })

test('is not there until the landlord’s manager opens it; a tenant’s and the platform’s cannot', async () => {
  expect((await look()).status).toBe(404)
  const tenant = await api.token('salainen-virasto', ['manager'])
  const operator = await api.token(null, ['manager', 'admin'])
  expect([(await put(tenant, true)).status, (await put(operator, true)).status]).toEqual([403, 403])
  expect((await look()).status).toBe(404)
  expect((await put(manager, true)).json()).toMatchObject({ open: true, mayChange: true })
  expect((await look()).status).toBe(200)
  expect((await api.request(null, 'GET', '/public/premises/muu')).status).toBe(404)
})

test('shows whole euros of closed months that several bear, and may be kept for an hour', async () => {
  await put(manager, true)
  const answer = await look()
  expect(answer.headers['cache-control']).toBe('public, max-age=3600')
  // Of April, which is open, nothing; of March neither what one bears nearly alone nor what lies with a protected door.
  expect(answer.json<PublicFigures>().months).toEqual([
    { month: '2026-03', sums: [{ category: 'lobby', euros: '300', use: null }] },
  ])
})

test('is not sent again to who has it, and is seen beforehand by who may open it only', async () => {
  const tenant = await api.token('salainen-virasto', ['manager'])
  const path = '/premises/talo/public-page/preview'
  await put(manager, false)
  expect((await api.request(tenant, 'GET', path)).status).toBe(403)
  const preview = (await api.request(manager, 'GET', path)).json()
  await put(manager, true)
  const answer = await look()
  expect(answer.json()).toEqual(preview)
  const { etag } = answer.headers
  const again = await api.request(null, 'GET', '/public/premises/talo', undefined, { 'if-none-match': String(etag) })
  expect([again.status, again.text]).toEqual([304, ''])
})

test('nothing protected, of a party or of a device is in its JSON', async () => {
  await put(manager, true)
  const { text } = await look()
  const secrets = [
    ...PARTIES,
    ...(HOUSE.organisations ?? []).flatMap(({ name }) => Object.values(name)),
    ...(HOUSE.devices ?? []).flatMap(({ id, name }) => [id, ...Object.values(name ?? {})]),
    ...(HOUSE.recurringCosts ?? []).flatMap(({ id, amount }) => [id, amount, amount.split('.')[0] ?? '']),
    'tila-9',
    'Selliosasto',
    'sopimus',
    'security',
    'canteen',
    'cleaning',
    'maintenance',
  ].filter((secret) => secret !== '300')
  for (const secret of secrets) expect(text, secret).not.toContain(secret)
})

test('closed again it is gone at once', async () => {
  await put(manager, true)
  await put(manager, false)
  expect((await look()).status).toBe(404)
})
