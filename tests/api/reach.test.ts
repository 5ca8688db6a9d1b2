// What one organisation's people may reach and waive: devices of others, acceptances, signatures, and secrets asked for twice.
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, type TestApi } from './start-api.ts'

const house = (id: string, landlord: string): NonNullable<Bundle['premises']>[number] => ({
  id,
  name: { fi: id },
  timeZone: 'Europe/Helsinki',
  landlord,
})
const meter = (id: string, premises: string): NonNullable<Bundle['devices']>[number] => ({
  id,
  premises,
  points: [{ key: 'energy', kind: 'counter', unit: 'kWh' }],
})
const agreement = (premises: string, parties: string[]): NonNullable<Bundle['agreements']>[number] => ({
  id: `${premises}-sopimus`,
  premises,
  parties,
  versions: [
    {
      version: 1,
      from: '2026-01-01',
      to: null,
      rules: [{ category: '*', method: { by: 'equal' } }],
      approvals: parties.map((organisation) => ({ organisation })),
    },
  ],
})

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  await api.fill({
    organisations: ['a', 'b', 'c'].map((id) => ({ id, name: { fi: id } })),
    premises: [house('talo', 'a'), house('muu', 'c')],
    devices: [meter('oma', 'talo'), meter('vieras', 'muu')],
    tariffs: [
      {
        id: 't',
        unit: 'kWh',
        versions: [
          {
            from: '2026-01-01',
            to: null,
            vat: { category: 'O', rate: '0' },
            components: [{ id: 'e', kind: 'energy', price: '0.1' }],
          },
        ],
      },
    ],
    agreements: [agreement('talo', ['a', 'b'])],
    invoices: [
      {
        id: 'siivous',
        premises: 'talo',
        category: 'cleaning',
        net: '10.00',
        vat: { category: 'O', rate: '0' },
        payer: 'a',
        serviceFrom: '2026-03-01',
        serviceTo: '2026-04-01',
      },
    ],
  })
})
afterAll(() => api.close())

test('a cost, an invoice and a rule may name only devices that their writer can see', async () => {
  const token = await api.token('a', ['controller', 'manager', 'admin'])
  const cost = (device: string) => ({
    meteredCosts: [
      {
        id: 'm',
        premises: 'talo',
        category: 'electricity',
        meter: { device, point: 'energy' },
        tariff: 't',
        payer: 'a',
        from: '2026-06-01',
        to: null,
      },
    ],
  })
  const refused = await api.request(token, 'POST', '/import', cost('vieras'))
  expect(refused.status).toBe(404)
  expect(refused.problem().problems).toEqual([expect.objectContaining({ pointer: '/meteredCosts/0/meter/device' })])
  const invoice = {
    id: 'lasku',
    premises: 'talo',
    category: 'x',
    net: '1.00',
    vat: { category: 'O', rate: '0' },
    payer: 'a',
    serviceFrom: '2026-03-01',
    serviceTo: '2026-04-01',
    device: 'vieras',
  }
  expect((await api.request(token, 'PUT', '/invoices/lasku', invoice)).status).toBe(404)
  const ruled = {
    ...agreement('talo', ['a', 'b']),
    id: 'toinen',
    versions: [
      {
        version: 1,
        from: '2025-01-01',
        to: '2025-12-31',
        rules: [{ category: 'x', method: { by: 'usage', devices: ['vieras'] } }],
        approvals: [],
      },
    ],
  }
  expect((await api.request(token, 'POST', '/import', { agreements: [ruled] })).status).toBe(404)
  expect((await api.request(token, 'POST', '/import', cost('oma'))).status).toBe(200)
})

test("another's tariff can neither be named nor read, and stays its owner's to change", async () => {
  const theirs = {
    tariffs: [
      {
        id: 'vieras-tariffi',
        unit: 'kWh',
        versions: [
          {
            from: '2026-01-01',
            to: null,
            vat: { category: 'O' as const, rate: '0' },
            components: [{ id: 'e', kind: 'energy' as const, price: '0.07' }],
          },
        ],
      },
    ],
  }
  const metered = (premises: string, device: string, payer: string) => ({
    id: `m-${premises}-2`,
    premises,
    category: 'electricity',
    meter: { device, point: 'energy' },
    tariff: 'vieras-tariffi',
    payer,
    from: '2027-01-01',
    to: null,
  })
  await api.fill({ ...theirs, meteredCosts: [metered('muu', 'vieras', 'c')] })
  const a = await api.token('a', ['controller', 'admin'])
  const refused = await api.request(a, 'POST', '/import', { meteredCosts: [metered('talo', 'oma', 'a')] })
  expect(refused.status).toBe(404)
  expect(refused.problem().problems).toEqual([expect.objectContaining({ pointer: '/meteredCosts/0/tariff' })])
  expect((await api.request(a, 'GET', '/tariffs/vieras-tariffi')).status).toBe(404)
  const c = await api.token('c', ['controller', 'admin'])
  expect((await api.request(c, 'POST', '/import', theirs)).status).toBe(200)
})

test("a party's own administrator cannot waive the other's acceptance; the platform's can, with a reason", async () => {
  const path = '/premises/talo/settlements/2026-03/close'
  const own = await api.request(await api.token('a', ['admin', 'controller']), 'POST', path, {
    force: true,
    reason: 'kiire',
  })
  expect(own.status).toBe(403)
  const operator = await api.token(null, ['admin'])
  expect((await api.request(operator, 'POST', path, { force: true })).status).toBe(400)
})

test('only the party itself signs, not the operator for it', async () => {
  const operator = await api.token(null, ['admin'])
  const month = '/premises/talo/settlements/2026-02'
  const closed = await api.request(operator, 'POST', `${month}/close`, { force: true, reason: 'kokeilu' })
  const { digest } = closed.json<Settlement>()
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const body = {
    party: 'b',
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    signature: sign(null, Buffer.from(digest ?? ''), privateKey).toString('base64'),
  }
  for (const token of [operator, await api.token('a', ['signatory']), await api.token('b', ['controller'])]) {
    expect((await api.request(token, 'POST', `${month}/countersignatures`, body)).status).toBe(403)
  }
  expect(
    (await api.request(await api.token('b', ['signatory']), 'POST', `${month}/countersignatures`, body)).status,
  ).toBe(201)
})

test('a secret asked for twice with one Idempotency-Key is made once', async () => {
  const operator = await api.token(null, ['admin'])
  const ask = (name: string) =>
    api.request(
      operator,
      'POST',
      '/tokens',
      { name, roles: ['viewer'], organisation: null },
      { 'idempotency-key': 'k-1' },
    )
  const before = (await api.records.listTokens({ organisation: null })).length
  expect((await ask('yksi')).status).toBe(201)
  expect((await ask('yksi')).status).toBe(409)
  expect((await ask('kaksi')).status).toBe(409)
  expect((await api.records.listTokens({ organisation: null })).length).toBe(before + 1)
})

test('an import of nothing and a date that does not exist are refused', async () => {
  const operator = await api.token(null, ['admin'])
  for (const [payload, status] of [
    ['null', 422],
    ['', 400],
  ] as const) {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/import',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      payload,
    })
    expect([payload, answer.statusCode]).toEqual([payload, status])
  }
  for (const path of ['/premises/talo?at=2026-02-31', '/devices/oma?at=2026-02-31'])
    expect((await api.request(operator, 'GET', path)).status).toBe(400)
})
