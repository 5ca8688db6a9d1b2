// The registry through the API: versions, If-Match, history, what was known when, who may change what, succession, import and export.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { History } from '#contract/change.ts'
import type { DevicePage, DeviceRecorded } from '#contract/devices.ts'
import type { Overview } from '#contract/overview.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { SuccessionAnswer } from '#contract/organisations.ts'
import { Failure } from '#domain/failure.ts'
import type { Agreement, Device } from '#domain/registry/bundle.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let landlord: string
let tenant: string
beforeAll(async () => {
  api = await startApi({ now: Date.parse('2026-05-10T12:00:00Z') })
  operator = await api.token(null, ['admin', 'controller'])
  landlord = await api.token('kunta', ['admin', 'controller'])
  tenant = await api.token('virasto', ['admin', 'controller', 'signatory'])
  await api.fill(twoHouses)
})
afterAll(async () => {
  await api.close()
})
const get = (path: string, token = operator): Promise<Answer> => api.request(token, 'GET', path)
const put = (token: string, path: string, body: unknown, version?: number): Promise<Answer> =>
  api.request(token, 'PUT', path, body, version === undefined ? {} : { 'if-match': `"v${version}"` })
const code = (answer: Answer): [number, string] => [answer.status, answer.problem().code]

describe('versions', () => {
  const organisation = { id: 'uusi', name: { fi: 'Uusi' } }
  test('made with PUT, changed with If-Match only, never over somebody else’s change', async () => {
    const made = await put(operator, '/organisations/uusi', organisation)
    expect([made.status, made.json(), made.headers['etag']]).toEqual([201, { created: true, version: 1 }, '"v1"'])
    expect(code(await put(operator, '/organisations/uusi', { ...organisation, kind: 'a' }))).toEqual([
      428,
      'precondition-required',
    ])
    expect((await put(operator, '/organisations/uusi', { ...organisation, kind: 'a' }, 1)).json()).toEqual({
      created: false,
      version: 2,
    })
    expect(code(await put(operator, '/organisations/uusi', { ...organisation, kind: 'b' }, 1))).toEqual([
      412,
      'changed-meanwhile',
    ])
    expect(code(await put(operator, '/organisations/aivan-uusi', { id: 'aivan-uusi', name: { fi: 'A' } }, 3))).toEqual([
      412,
      'changed-meanwhile',
    ])
    expect(code(await api.request(operator, 'PUT', '/organisations/uusi', organisation, { 'if-match': '*' }))).toEqual([
      400,
      'bad-request',
    ])
    expect(code(await put(operator, '/organisations/toinen', organisation))).toEqual([400, 'invalid-body'])
    const one = await get('/organisations/uusi')
    expect([one.headers['etag'], one.json()]).toEqual([
      '"v2"',
      { ...organisation, kind: 'a', version: 2, recordedAt: '2026-05-10T12:00:00.000Z' },
    ])
  })

  test('of twenty changes of one version at once one is taken', async () => {
    await put(operator, '/organisations/kilpa', { id: 'kilpa', name: { fi: 'K' } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        put(operator, '/organisations/kilpa', { id: 'kilpa', name: { fi: `K${i}` } }, 1),
      ),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 412),
    ])
  })

  test('every version stays, and what was known at an instant can be asked', async () => {
    const before = new Date(api.clock.now).toISOString()
    const stored = (await get('/devices/mittari')).json<DeviceRecorded>()
    api.clock.now += 60_000
    const {
      version,
      recordedAt: _r,
      presence: _p,
      rolesAt: _a,
      bookValue: _b,
      lifecycleAt: _c,
      hidden: _d,
      latest: _l,
      proposed: _q,
      ...device
    } = stored
    expect((await put(operator, '/devices/mittari', { ...device, serial: 'S-1' }, version)).status).toBe(200)
    expect((await get('/devices/mittari')).json<DeviceRecorded>().serial).toBe('S-1')
    expect((await get(`/devices/mittari?knownAt=${before}`)).json<DeviceRecorded>().serial).toBeUndefined()
    expect((await get('/devices/mittari/history')).json<History>().items.map((one) => one.version)).toEqual([
      version + 1,
      version,
    ])
    expect((await get('/devices/mittari?knownAt=2020-01-01T00:00:00Z')).status).toBe(404)
  })

  test('a change that does not fit the other facts names the place in the object', async () => {
    const answer = await put(operator, '/devices/uusi-laite', {
      id: 'uusi-laite',
      premises: 'ei-ole',
      ownership: [{ from: '2026-01-01', to: null, shares: { 'ei-ole': '1' } }],
    })
    expect(code(answer)).toEqual([422, 'invalid-bundle'])
    expect(answer.problem().problems?.map(({ pointer }) => pointer)).toEqual([
      '/premises',
      '/ownership/0/shares/ei-ole',
    ])
  })

  test('a POST with an Idempotency-Key is done once', async () => {
    const send = (body: unknown): Promise<Answer> =>
      api.request(operator, 'POST', '/import', body, { 'idempotency-key': 'import-1' })
    const first = await send({ organisations: [{ id: 'kerran', name: { fi: 'Kerran' } }] })
    const second = await send({ organisations: [{ id: 'kerran', name: { fi: 'Kerran' } }] })
    expect([first.json<{ created: number }>().created, second.json()]).toEqual([1, first.json()])
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(code(await send({}))).toEqual([409, 'conflict'])
  })

  test('what was done is answered as done, also when the store is away before the answer is kept', async () => {
    const records = openMemoryRecords()
    const putIdempotent = (): Promise<void> => Promise.reject(new Failure('store-unavailable', 'away'))
    const other = await startApi({
      stores: { records: { ...records, putIdempotent }, telemetry: openMemoryTelemetry() },
    })
    try {
      const token = await other.token(null, ['admin'])
      const body = { organisations: [{ id: 'kerran', name: { fi: 'Kerran' } }] }
      const answer = await other.request(token, 'POST', '/import', body, { 'idempotency-key': 'import-1' })
      expect([answer.status, answer.json<{ created: number }>().created]).toEqual([200, 1])
      expect(other.log.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
        'the answer to an Idempotency-Key is not kept',
      ])
    } finally {
      await other.close()
    }
  })
})

describe('who may change what', () => {
  const invoice = {
    id: 'lasku',
    premises: 'talo',
    category: 'repair',
    net: '10.00',
    vat: { category: 'S', rate: '25.5' },
    serviceFrom: '2026-05-01',
    serviceTo: '2026-06-01',
  }
  test('an organisation its own name, the landlord the premises, an owner the device, a payer the invoice', async () => {
    expect((await put(tenant, '/organisations/virasto', { id: 'virasto', name: { fi: 'Virasto 2' } }, 1)).status).toBe(
      200,
    )
    expect(code(await put(tenant, '/organisations/kunta', { id: 'kunta', name: { fi: 'X' } }, 1))).toEqual([
      403,
      'not-allowed',
    ])
    expect(code(await put(tenant, '/premises/talo', { ...twoHouses.premises?.[0], address: 'X' }, 1))).toEqual([
      403,
      'not-allowed',
    ])
    expect((await put(landlord, '/premises/talo', { ...twoHouses.premises?.[0], address: 'Kuja 1' }, 1)).status).toBe(
      200,
    )
    expect(code(await put(landlord, '/premises/talo', { ...twoHouses.premises?.[0], landlord: 'muu' }, 2))).toEqual([
      403,
      'not-allowed',
    ])
    expect((await put(tenant, '/devices/mittari', { ...twoHouses.devices?.[0], serial: 'S-2' }, 2)).status).toBe(200)
    expect((await put(tenant, '/invoices/lasku', { ...invoice, payer: 'virasto' })).status).toBe(201)
    expect(code(await put(tenant, '/invoices/toinen', { ...invoice, id: 'toinen', payer: 'kunta' }))).toEqual([
      403,
      'not-allowed',
    ])
    expect(
      code(await put(tenant, '/invoices/siivous', { ...twoHouses.invoices?.[0], net: '1.00', payer: 'virasto' }, 1)),
    ).toEqual([403, 'not-allowed'])
    expect(
      (
        await put(await api.token('virasto', ['manager']), '/invoices/kolmas', {
          ...invoice,
          id: 'kolmas',
          payer: 'virasto',
        })
      ).status,
    ).toBe(403)
  })

  test('a tariff that others pay by is not changed under them', async () => {
    expect(code(await put(tenant, '/tariffs/sahko', { ...twoHouses.tariffs?.[0] }, 1))).toEqual([403, 'not-allowed'])
    expect((await put(tenant, '/tariffs/oma', { ...twoHouses.tariffs?.[0], id: 'oma' })).status).toBe(201)
    expect(
      (await put(landlord, '/tariffs/sahko', { ...twoHouses.tariffs?.[0], name: { fi: 'Sähkö' } }, 1)).status,
    ).toBe(200)
  })

  test('everyone approves for themselves, and what others approved is not changed', async () => {
    const agreement = twoHouses.agreements?.[0] as Agreement
    const [first] = agreement.versions
    if (first === undefined) throw new Error('no version')
    const next = {
      version: 2,
      from: '2027-01-01',
      to: null,
      rules: [{ category: '*', method: { by: 'equal' as const } }],
    }
    const withNext = (approvals: string[]): Agreement => ({
      ...agreement,
      versions: [first, { ...next, approvals: approvals.map((organisation) => ({ organisation })) }],
    })
    expect(code(await put(landlord, '/agreements/sopimus', withNext(['kunta', 'virasto']), 1))).toEqual([
      403,
      'not-allowed',
    ])
    expect(
      code(
        await put(landlord, '/agreements/sopimus', { ...agreement, versions: [{ ...first, rules: next.rules }] }, 1),
      ),
    ).toEqual([403, 'not-allowed'])
    expect(code(await put(landlord, '/agreements/sopimus', { ...agreement, versions: [next] }, 1))).toEqual([
      403,
      'not-allowed',
    ])
    expect(
      code(await put(landlord, '/agreements/sopimus', { ...agreement, parties: ['virasto', 'kunta'] }, 1)),
    ).toEqual([403, 'not-allowed'])
    expect((await put(landlord, '/agreements/sopimus', withNext(['kunta']), 1)).status).toBe(200)
    const seen = (await get('/agreements/sopimus', tenant)).json<AgreementRecorded>()
    expect(seen.states).toEqual([
      { version: 1, missing: [], inForce: true },
      { version: 2, missing: ['virasto'], inForce: false },
    ])
    expect((await put(tenant, '/agreements/sopimus', withNext(['kunta', 'virasto']), 2)).status).toBe(200)
    expect((await get('/agreements/sopimus')).json<AgreementRecorded>().states[1]).toEqual({
      version: 2,
      missing: [],
      inForce: false,
    })
  })

  test('an import by an organisation is held to the same, all or nothing', async () => {
    const answer = await api.request(tenant, 'POST', '/import', {
      organisations: [{ id: 'virasto', name: { fi: 'Virasto 3' } }],
      invoices: [{ ...invoice, id: 'neljas', payer: 'kunta' }],
    })
    expect(code(answer)).toEqual([403, 'not-allowed'])
    expect(answer.problem().problems).toMatchObject([{ pointer: '/invoices/0' }])
    expect((await get('/organisations/virasto')).json()).toMatchObject({ name: { fi: 'Virasto 2' } })
    const manager = await api.token('virasto', ['manager'])
    expect(
      code(
        await api.request(manager, 'POST', '/import', { invoices: [{ ...invoice, id: 'neljas', payer: 'virasto' }] }),
      ),
    ).toEqual([403, 'not-allowed'])
  })
})

describe('lists', () => {
  test('pages follow each other without gap or double', async () => {
    const devices = Array.from({ length: 23 }, (_, i): Device => ({
      id: `anturi-${String(i).padStart(2, '0')}`,
      premises: 'talo',
      type: i % 2 === 0 ? 'room-sensor' : 'door',
      space: i < 5 ? 't-1' : null,
    }))
    await api.request(operator, 'POST', '/import', { devices })
    const ids: string[] = []
    let after = ''
    do {
      const page = (
        await get(`/devices?premises=talo&limit=7${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`)
      ).json<DevicePage>()
      expect(page.items.length).toBeLessThanOrEqual(7)
      ids.push(...page.items.map(({ id }) => id))
      after = page.next ?? ''
    } while (after !== '')
    expect(ids).toHaveLength(24)
    expect(new Set(ids).size).toBe(24)
    const count = async (query: string): Promise<number> =>
      (await get(`/devices?limit=200&${query}`)).json<DevicePage>().items.length
    expect([
      await count('type=door'),
      await count('space=t-1'),
      await count('q=ANTURI-12'),
      await count('state=never'),
      await count('state=works'),
      await count('q=ei-ole'),
    ]).toEqual([11, 5, 1, 25, 0, 0])
  })

  test('a filter by presence fills its pages and keeps its cursor', async () => {
    const page = (await get('/devices?state=never&limit=3&premises=talo')).json<DevicePage>()
    expect(page.items).toHaveLength(3)
    expect(page.next).not.toBeNull()
  })

  test('a device shows its roles on a date, owners with their parts', async () => {
    expect((await get('/devices/mittari?at=2026-03-01')).json<DeviceRecorded>().rolesAt).toEqual([
      { role: 'owner', organisation: 'kunta', share: '0.666667' },
      { role: 'owner', organisation: 'virasto', share: '0.333333' },
    ])
    expect((await get('/devices/mittari?at=2025-12-31')).json<DeviceRecorded>().rolesAt).toEqual([])
  })

  test('premises show what is going on there; with a date only the rows of that date', async () => {
    await get('/premises/talo/settlements/2026-04') // a summary does not wait long for what was never computed
    const premises = (await get('/premises/talo')).json<PremisesRecorded>()
    expect(premises.summary).toMatchObject({
      landlord: 'kunta',
      parties: ['kunta', 'virasto'],
      spaces: 1,
      devices: { total: 24, never: 24 },
      month: { period: '2026-04', status: 'draft', blocked: 1 },
    })
    expect(premises.tenancies).toHaveLength(1)
    expect((await get('/premises/talo?at=2025-06-01')).json<PremisesRecorded>().tenancies).toEqual([])
    const overview = (await get('/overview', landlord)).json<Overview>()
    expect(overview.premises.map(({ id }) => id)).toEqual(['talo'])
    expect(overview.needs).toEqual([{ kind: 'blocked-items', premises: 'talo', count: 1, period: '2026-04' }])
  })
})

describe('succession', () => {
  test('is looked at first, then done; the facts change from the date on', async () => {
    await api.request(operator, 'POST', '/import', { organisations: [{ id: 'liitos', name: { fi: 'Liitoskunta' } }] })
    const order = { successor: 'liitos', from: '2027-01-01' }
    const look = (
      await api.request(operator, 'POST', '/organisations/muu/succession', { ...order, apply: false })
    ).json<SuccessionAnswer>()
    expect(look.applied).toBe(false)
    expect(look.effects.length).toBeGreaterThan(0)
    expect((await get('/premises/muu-talo')).json<PremisesRecorded>().landlord).toBe('muu')
    expect(
      (
        await api.request(operator, 'POST', '/organisations/muu/succession', { ...order, apply: true })
      ).json<SuccessionAnswer>(),
    ).toMatchObject({ applied: true })
    expect((await get('/organisations/muu')).json()).toMatchObject({
      successor: { organisation: 'liitos', from: '2027-01-01' },
    })
    expect(
      code(await api.request(operator, 'POST', '/organisations/muu/succession', { ...order, apply: true })),
    ).toEqual([422, 'invalid-bundle'])
    expect(
      code(await api.request(landlord, 'POST', '/organisations/kunta/succession', { ...order, apply: false })),
    ).toEqual([403, 'not-allowed'])
  })
})

describe('export', () => {
  test('comes back by import and exports as the same bytes', async () => {
    const first = await get('/export?readings=true')
    expect(first.status).toBe(200)
    const other = await startApi({ now: api.clock.now })
    try {
      const token = await other.token(null, ['admin'])
      expect((await other.request(token, 'POST', '/import', first.text)).status).toBe(200)
      expect((await other.request(token, 'GET', '/export?readings=true')).text).toBe(first.text)
    } finally {
      await other.close()
    }
  })
})
