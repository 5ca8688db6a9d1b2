// Bad input of every kind: a clear refusal that names the place, no stack, no crash, nothing half done.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProblemDocument } from '#contract/problem.ts'
import { AdvanceAnswer } from '#contract/advances.ts'
import { isDeeperThan } from '#api/plugins/bodies.ts'
import { problemsOfShape } from '#api/schema-compilers.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
beforeAll(async () => {
  api = await startApi({ limits: { requestsPerMinute: 1_000_000, importBytes: 2_000_000, bodyBytes: 100_000 } })
  operator = await api.token(null, ['admin'])
  await api.fill(twoHouses)
})
afterAll(async () => {
  await api.close()
})
const problem = async (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ProblemDocument> => {
  const answer = await api.request(operator, method, path, body, headers)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d|at [A-Z]\w+ \(/)
  return answer.problem()
}

describe('bundles', () => {
  const vat = { category: 'S', rate: '25.5' }
  test.each<[string, unknown, string]>([
    ['an unknown list', { organisations: [], rooms: [] }, '/rooms'],
    [
      'an unknown property',
      { organisations: [{ id: 'a', name: { fi: 'A' }, isAdmin: true }] },
      '/organisations/0/isAdmin',
    ],
    ['a missing one', { organisations: [{ id: 'a' }] }, '/organisations/0/name'],
    ['no name in any language', { organisations: [{ id: 'a', name: {} }] }, '/organisations/0/name'],
    ['an id in capitals', { organisations: [{ id: 'A', name: { fi: 'A' } }] }, '/organisations/0/id'],
    ['an id of 64 characters', { organisations: [{ id: 'a'.repeat(64), name: { fi: 'A' } }] }, '/organisations/0/id'],
    [
      'a number as money',
      {
        invoices: [
          {
            id: 'i',
            premises: 'talo',
            category: 'c',
            net: 12.5,
            vat,
            payer: 'kunta',
            serviceFrom: '2026-03-01',
            serviceTo: '2026-04-01',
          },
        ],
      },
      '/invoices/0/net',
    ],
    [
      'money with an exponent',
      {
        invoices: [
          {
            id: 'i',
            premises: 'talo',
            category: 'c',
            net: '1e3',
            vat,
            payer: 'kunta',
            serviceFrom: '2026-03-01',
            serviceTo: '2026-04-01',
          },
        ],
      },
      '/invoices/0/net',
    ],
    [
      'money with three decimals',
      {
        invoices: [
          {
            id: 'i',
            premises: 'talo',
            category: 'c',
            net: '1.234',
            vat,
            payer: 'kunta',
            serviceFrom: '2026-03-01',
            serviceTo: '2026-04-01',
          },
        ],
      },
      '/invoices/0/net',
    ],
    [
      'dates reversed',
      {
        invoices: [
          {
            id: 'i',
            premises: 'talo',
            category: 'c',
            net: '1.00',
            vat,
            payer: 'kunta',
            serviceFrom: '2026-04-01',
            serviceTo: '2026-03-01',
          },
        ],
      },
      '/invoices/0/serviceTo',
    ],
    [
      'a date that does not exist',
      {
        invoices: [
          {
            id: 'i',
            premises: 'talo',
            category: 'c',
            net: '1.00',
            vat,
            payer: 'kunta',
            serviceFrom: '2026-02-30',
            serviceTo: '2026-03-01',
          },
        ],
      },
      '/invoices/0/serviceFrom',
    ],
    [
      'an instant without offset',
      { readings: [{ device: 'mittari', point: 'energy', values: [['2026-03-01T00:00:00', '1']] }] },
      '/readings/0/values/0/0',
    ],
    [
      'null as a value',
      { readings: [{ device: 'mittari', point: 'energy', values: [['2026-03-01T00:00:00Z', null]] }] },
      '/readings/0/values/0/1',
    ],
    ['an unknown device', { readings: [{ device: 'ei-ole', point: 'energy', values: [] }] }, '/readings/0/device'],
    [
      'a component of no kind',
      {
        tariffs: [
          {
            id: 't',
            unit: 'kWh',
            versions: [{ from: '2026-01-01', to: null, vat, components: [{ id: 'x', kind: 'magic', price: '1' }] }],
          },
        ],
      },
      '/tariffs/0/versions/0/components/0/kind',
    ],
    [
      'a component without its price',
      {
        tariffs: [
          {
            id: 't',
            unit: 'kWh',
            versions: [{ from: '2026-01-01', to: null, vat, components: [{ id: 'x', kind: 'energy' }] }],
          },
        ],
      },
      '/tariffs/0/versions/0/components/0/price',
    ],
    [
      'ownership that adds up to nothing',
      {
        devices: [{ id: 'd', premises: 'talo', ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '0' } }] }],
      },
      '/devices/0/ownership/0/shares',
    ],
    [
      'a method that names a stranger',
      {
        agreements: [
          {
            ...twoHouses.agreements?.[0],
            versions: [
              {
                version: 1,
                from: '2026-01-01',
                to: null,
                rules: [{ category: '*', method: { by: 'direct', party: 'muu' } }],
              },
            ],
          },
        ],
      },
      '/agreements/0/versions/0/rules/0/method/party',
    ],
    [
      'overlapping tenancies',
      {
        premises: [
          {
            ...twoHouses.premises?.[0],
            tenancies: [
              { space: 't-1', organisation: 'virasto', from: '2026-01-01', to: null },
              { space: 't-1', organisation: 'kunta', from: '2026-02-01', to: null },
            ],
          },
        ],
      },
      '/premises/0/tenancies/1',
    ],
    ['no object at all', [], ''],
  ])('%s', async (_what, bundle, pointer) => {
    const { status, code, problems } = await problem('POST', '/import', bundle)
    expect([status, code]).toEqual([422, 'invalid-bundle'])
    expect((problems ?? []).map((one) => one.pointer)).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^${pointer}`))]),
    )
  })

  test('a thousand problems are told in a bounded answer', async () => {
    const { problems } = await problem('POST', '/import', {
      organisations: Array.from({ length: 1000 }, (_, i) => ({ id: `a${i}` })),
    })
    expect(problems?.length).toBeGreaterThan(10)
    expect(problems?.length).toBeLessThan(150)
  })

  test('nothing of a bundle with a problem is taken, and the same bundle twice changes nothing', async () => {
    await problem('POST', '/import', {
      organisations: [{ id: 'hyva', name: { fi: 'Hyvä' } }],
      premises: [{ id: 'x', name: { fi: 'X' }, timeZone: 'Mars/Olympus', landlord: 'hyva' }],
    })
    expect((await api.request(operator, 'GET', '/organisations/hyva')).status).toBe(404)
    const again = (await api.request(operator, 'POST', '/import', twoHouses)).json()
    expect(again).toEqual({
      created: 0,
      changed: 0,
      unchanged: 11,
      readings: { stored: 0, duplicate: 4, superseded: 0 },
    })
  })
})

describe('bodies', () => {
  test.each<[string, string, Record<string, string>, number, string]>([
    ['no JSON', '{"a":', {}, 400, 'invalid-body'],
    ['deep JSON', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, {}, 400, 'invalid-body'],
    ['__proto__', '{"organisations":[{"id":"a","name":{"fi":"A"},"__proto__":{"x":1}}]}', {}, 400, 'invalid-body'],
    ['__proto__, escaped', '{"\\u005f_proto__":{"x":1}}', {}, 400, 'invalid-body'],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}}}', {}, 400, 'invalid-body'],
    ['gzip', 'x', { 'content-encoding': 'gzip' }, 415, 'unsupported-type'],
    ['XML', '<a/>', { 'content-type': 'application/xml' }, 415, 'unsupported-type'],
    ['a form', 'a=b', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'unsupported-type'],
    ['too many bytes', `{"organisations":"${'x'.repeat(2_000_001)}"}`, {}, 413, 'too-large'],
    ['nothing', '', {}, 400, 'invalid-body'],
  ])('%s', async (_what, body, headers, status, code) => {
    const answer = await api.request(operator, 'POST', '/import', body, headers)
    expect([answer.status, answer.status === 200 ? '' : answer.problem().code]).toEqual([status, code])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test('other bodies have the smaller limit', async () => {
    expect(await problem('POST', '/decode', { topic: 'x', payload: 'x'.repeat(100_001) })).toMatchObject({
      status: 413,
    })
  })

  test('depth counts brackets outside texts only', () => {
    expect(isDeeperThan('{"a":"[[[[[["}', 2)).toBe(false)
    expect(isDeeperThan('{"a\\"[[[":[1,"\\\\"]}', 2)).toBe(false)
    expect(isDeeperThan('{"a":[[1]]}', 2)).toBe(true)
    expect(isDeeperThan('[1],[2],[3]', 1)).toBe(false)
  })

  test('S09: what is not in the contract of a write is refused, not taken along', async () => {
    const bodies: ['POST' | 'PUT', string, object][] = [
      ['POST', '/tokens', { name: 'x', roles: ['viewer'] }],
      ['POST', '/users', { login: 'x', name: 'x', memberships: [] }],
      ['POST', '/credentials', { devices: ['mittari'] }],
      ['PUT', '/organisations/kunta', { id: 'kunta', name: { fi: 'K' } }],
      ['POST', '/decode', { topic: 'a', payload: 'b' }],
      ['POST', '/premises/talo/settlements/2026-03/issue', {}],
    ]
    for (const [method, path, body] of bodies)
      for (const extra of ['role', 'isAdmin', 'createdAt', 'hash', 'version', 'recordedBy', 'constructor'])
        expect([path, extra, (await problem(method, path, { ...body, [extra]: 1 })).code]).toEqual([
          path,
          extra,
          'invalid-body',
        ])
  })

  test('S11: odd ids in paths name nothing', async () => {
    for (const id of [
      '__proto__',
      'constructor',
      '%23',
      '%2B',
      'a%2Fb',
      '..',
      '%2e%2e',
      '%00',
      '%E2%80%AE',
      'A',
      'x'.repeat(64),
      "'%20OR%201=1--",
      'a%0d%0ab',
    ]) {
      for (const path of [
        `/premises/${id}`,
        `/devices/${id}`,
        `/premises/${id}/settlements/2026-03`,
        `/tokens/${id}`,
      ]) {
        const { status, text } = await api.request(operator, path.startsWith('/tokens') ? 'DELETE' : 'GET', path)
        expect([path, status]).toEqual([path, 404])
        expect(text).not.toContain('stack')
      }
    }
    expect((await api.request(operator, 'GET', '/premises/%zz')).status).toBe(400)
    expect((await api.request(operator, 'GET', `/premises/${'x'.repeat(5000)}`)).status).toBe(404)
  })
})

describe('queries', () => {
  const day = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z'
  test.each([
    '/premises?limit=0',
    '/premises?limit=201',
    '/premises?limit=x',
    '/premises?limit=1.5',
    '/premises?limit=10&limit=20',
    '/premises?unknown=1',
    '/premises?__proto__=1',
    '/premises?constructor=1',
    '/devices?state=dead',
    '/series?points=mittari/energy',
    `/series?points=mittari&${day}`,
    `/series?points=mittari/energy&${day}&buckets=2001`,
    `/series?points=mittari/energy&from=2026-03-01T00:00:00&to=2026-03-02T00:00:00`,
    '/series?points=mittari/energy&from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z',
    '/series?points=mittari/energy&from=2026-02-30T00:00:00Z&to=2026-03-05T00:00:00Z',
    '/series?points=mittari/energy&from=1900-01-01T00:00:00Z&to=2100-01-01T00:00:00Z',
    `/series?points=${Array.from({ length: 51 }, (_, i) => `d${i}/p`).join(',')}&${day}`,
    '/consumption?points=mittari/energy&from=2016-01-01&to=2026-01-01&step=PT15M',
    '/consumption?points=mittari/energy&from=0001-01-01&to=9999-12-31&step=P1M',
    '/consumption?points=mittari/power&from=2026-03-01&to=2026-03-02&step=P1D',
    '/consumption?points=mittari/energy&from=2026-03-01&to=2026-03-02&step=PT1S',
    '/latest',
    '/latest?points=mittari/energy&premises=talo',
    '/live',
    '/premises/talo?at=yesterday',
    '/premises/talo?knownAt=2026-03-01',
    '/export?readings=maybe',
    '/quarantine?after=',
  ])('%s is refused at once', async (path) => {
    const start = performance.now()
    const { status, code } = await problem('GET', path)
    expect([status, code]).toEqual([400, 'bad-request'])
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test('S36: a long text for a pattern costs nothing', async () => {
    const start = performance.now()
    await api.request(operator, 'GET', `/devices?q=${'a'.repeat(10_000)}`)
    await api.request(operator, 'GET', `/series?points=${'a/'.repeat(3000)}!&${day}`)
    await problem('POST', '/decode', { topic: '+'.repeat(2000), payload: 'x' })
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test('unknown addresses and methods are problems too', async () => {
    for (const path of ['/api/v1/nothing', '/api/v2/premises', '/api', '/nothing.php'])
      expect((await problem('GET', path)).code).toBe('not-found')
    expect((await api.request(operator, 'PATCH', '/premises/talo', {})).status).toBe(404)
  })
})

describe('requests without end', () => {
  test('a user, a token or an address has so many requests in a minute', async () => {
    const slow = await startApi({ limits: { requestsPerMinute: 5, anonymousRequestsPerMinute: 3 } })
    try {
      const [one, other] = [await slow.token(null, ['admin']), await slow.token(null, ['admin'])]
      for (let i = 0; i < 5; i++) expect((await slow.request(one, 'GET', '/premises')).status).toBe(200)
      const refused = await slow.request(one, 'GET', '/premises')
      expect([refused.status, refused.problem().code]).toEqual([429, 'too-many-requests'])
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      expect((await slow.request(other, 'GET', '/premises')).status).toBe(200)
      for (let i = 0; i < 3; i++) await slow.request(null, 'GET', '/nothing')
      expect((await slow.request(null, 'GET', '/premises')).status).toBe(429)
      expect((await slow.app.inject({ url: '/healthz' })).statusCode).toBe(200)
    } finally {
      await slow.close()
    }
  })
})

test('S37: an unexpected failure shows an incident number and nothing else; the log has the rest', async () => {
  const own = await startApi()
  try {
    const token = await own.token(null, ['admin'])
    own.records.listConnectors = () => Promise.reject(new Error('secret path /var/lib/samtila'))
    const answer = await own.request(token, 'GET', '/connectors')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('secret')
    const { instance, code } = answer.problem()
    expect(code).toBe('internal')
    const line = own.log.find(({ level }) => level === 'error')
    expect(`urn:uuid:${String(line?.details?.['incident'])}`).toBe(instance)
    expect(String(line?.details?.['error'])).toContain('secret path')
  } finally {
    await own.close({ errors: 'expected' })
  }
})

test('a word that is none of those allowed is told which are', () => {
  expect(problemsOfShape(AdvanceAnswer, { answer: 'maybe' })).toEqual([
    { pointer: '/answer', code: 'const', message: 'must be "agreed" or "declined"' },
  ])
})
