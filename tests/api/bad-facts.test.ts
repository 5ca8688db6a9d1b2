// What nobody may import of money: each is refused with what is wrong and where, and nothing of it is taken, not even its good parts.
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Chain } from '#contract/settlements.ts'
import type { Problem } from '#domain/failure.ts'
import type { Bundle, SplitMethod } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
beforeAll(async () => {
  api = await startApi()
  operator = await api.token(null, ['admin', 'controller'])
  await api.fill(twoHouses)
})
afterAll(async () => {
  await api.close()
})
const post = (path: string, body: unknown, token = operator, headers = {}): Promise<Answer> =>
  api.request(token, 'POST', path, body, headers)
const exported = async (): Promise<string> => (await api.request(operator, 'GET', '/export?readings=true')).text

const talo = twoHouses.premises![0]!
const tariff = twoHouses.tariffs![0]!
const version = tariff.versions[0]!
const agreement = twoHouses.agreements![0]!
const agreed = agreement.versions[0]!
const mittari = twoHouses.devices![0]!
const siivous = twoHouses.invoices![0]!
const sahko = twoHouses.meteredCosts![0]!
const vat = { category: 'S' as const, rate: '25.5' }
const withMethod = (method: unknown): Bundle => ({
  agreements: [{ ...agreement, versions: [{ ...agreed, rules: [{ category: '*', method: method as SplitMethod }] }] }],
})
const METHOD = '/agreements/0/versions/0/rules/0/method'
const withPrice = (price: string): Bundle => ({
  tariffs: [{ ...tariff, versions: [{ ...version, components: [{ id: 'energy', kind: 'energy', price }] }] }],
})

/** What it is, the bundle, where the problem is, a word of what is told. */
const REFUSED: [what: string, bundle: unknown, pointer: string, word: RegExp][] = [
  [
    'a negative weight',
    withMethod({ by: 'fixed', shares: { kunta: '-1', virasto: '2' } }),
    `${METHOD}/shares/kunta`,
    /below zero|negative|pattern|decimal/i,
  ],
  ['weights missing', withMethod({ by: 'fixed' }), `${METHOD}/shares`, /missing/],
  [
    'a negative weight of a use',
    withMethod({ by: 'area', useWeights: { office: '-0.5' } }),
    `${METHOD}/useWeights/office`,
    /./,
  ],
  [
    'a weight for one who is no party',
    withMethod({ by: 'fixed', shares: { kunta: '1', muu: '1' } }),
    `${METHOD}/shares/muu`,
    /party/,
  ],
  ['all to one who is no party', withMethod({ by: 'direct', party: 'muu' }), `${METHOD}/party`, /party/],
  [
    'sub-meters of one who is no party',
    withMethod({
      by: 'metered',
      meters: { muu: [{ device: 'mittari', point: 'energy' }] },
      remainder: { by: 'equal' },
    }),
    `${METHOD}/meters/muu`,
    /party/,
  ],
  [
    'overlapping tenancies',
    {
      premises: [
        {
          ...talo,
          tenancies: [...talo.tenancies!, { space: 't-1', organisation: 'kunta', from: '2026-06-01', to: null }],
        },
      ],
    },
    '/premises/0/tenancies/1',
    /t-1/,
  ],
  [
    'overlapping tariff versions',
    { tariffs: [{ ...tariff, versions: [version, { ...version, from: '2026-06-01' }] }] },
    '/tariffs/0/versions/1',
    /overlap|2026/,
  ],
  ['overlapping agreements', { agreements: [{ ...agreement, id: 'toinen' }] }, '/agreements/0/versions/0', /sopimus/],
  [
    'an agreement for premises that do not exist',
    { agreements: [{ ...agreement, premises: 'ei-ole' }] },
    '/agreements/0/premises',
    /ei-ole/,
  ],
  [
    'an agreement of other premises that measures with a meter it does not know',
    {
      agreements: [
        {
          ...agreement,
          id: 'muun',
          premises: 'muu-talo',
          versions: [
            {
              ...agreed,
              rules: [
                {
                  category: '*',
                  method: {
                    by: 'metered',
                    meters: { kunta: [{ device: 'mittari', point: 'ei-ole' }] },
                    remainder: { by: 'equal' },
                  },
                },
              ],
            },
          ],
        },
      ],
    },
    '/agreements/0/versions/0/rules/0/method/meters/kunta/0/point',
    /ei-ole/,
  ],
  [
    'an ownership row that adds up to nothing',
    {
      devices: [{ ...mittari, ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '0', virasto: '0.00' } }] }],
    },
    '/devices/0/ownership/0/shares/virasto',
    /more than zero/,
  ],
  [
    'an ownership row without owners',
    { devices: [{ ...mittari, ownership: [{ from: '2026-01-01', to: null, shares: {} }] }] },
    '/devices/0/ownership/0/shares',
    /./,
  ],
  [
    'a negative owner’s share',
    { devices: [{ ...mittari, ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '-1', virasto: '3' } }] }] },
    '/devices/0/ownership/0/shares/kunta',
    /./,
  ],
  [
    'an invoice whose service ends before it begins',
    { invoices: [{ ...siivous, serviceFrom: '2026-04-01', serviceTo: '2026-03-01' }] },
    '/invoices/0/serviceTo',
    /2026/,
  ],
  [
    'a metered cost that ends before it begins',
    { meteredCosts: [{ ...sahko, from: '2026-04-01', to: '2026-04-01' }] },
    '/meteredCosts/0/to',
    /2026/,
  ],
  [
    'a recurring cost that ends before it begins',
    {
      recurringCosts: [
        {
          id: 'vartiointi',
          premises: 'talo',
          category: 'security',
          amount: '10.00',
          vat,
          payer: 'kunta',
          from: '2026-04-01',
          to: '2026-03-31',
        },
      ],
    },
    '/recurringCosts/0/to',
    /2026/,
  ],
  [
    'a tariff version that ends before it begins',
    { tariffs: [{ ...tariff, versions: [{ ...version, to: '2025-12-31' }] }] },
    '/tariffs/0/versions/0/to',
    /2025/,
  ],
  [
    'an agreement version that ends before it begins',
    { agreements: [{ ...agreement, versions: [{ ...agreed, to: '2025-12-31' }] }] },
    '/agreements/0/versions/0/to',
    /2025/,
  ],
  [
    'a tenancy that ends before it begins',
    {
      premises: [
        { ...talo, tenancies: [{ space: 't-1', organisation: 'virasto', from: '2026-02-01', to: '2026-01-01' }] },
      ],
    },
    '/premises/0/tenancies/0/to',
    /2026/,
  ],
  [
    'use that ends before it begins',
    { usage: [{ device: 'mittari', organisation: 'kunta', from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }] },
    '/usage/0/to',
    /./,
  ],
  [
    'a date that is none',
    { invoices: [{ ...siivous, serviceFrom: '2026-02-30' }] },
    '/invoices/0/serviceFrom',
    /2026-02-30/,
  ],
  ['a price with 19 decimals', withPrice('0.1234567890123456789'), '/tariffs/0/versions/0/components/0/price', /./],
  ['an amount of half a cent', { invoices: [{ ...siivous, net: '100.005' }] }, '/invoices/0/net', /cent/],
  ['a price that is no number', withPrice('0,10'), '/tariffs/0/versions/0/components/0/price', /./],
  [
    'a reading of a meter that nobody knows',
    { readings: [{ device: 'mittari', point: 'ei-ole', values: [['2026-03-01T00:00:00Z', '1']] }] },
    '/readings/0/point',
    /ei-ole/,
  ],
  [
    'a reading without an offset',
    { readings: [{ device: 'mittari', point: 'energy', values: [['2026-03-01T00:00:00', '1']] }] },
    '/readings/0/values/0/0',
    /./,
  ],
]

describe('a bundle is refused, and named is where, for', () => {
  test.each(REFUSED)('%s', async (_what, bundle, pointer, word) => {
    const before = await exported()
    // Something good stands beside it: it must not be taken either.
    const good = { organisations: [{ id: 'uusi', name: { fi: 'Uusi' } }] }
    const answer = await post('/import', { ...(bundle as object), ...good })
    expect([answer.status, answer.problem().code]).toEqual([422, 'invalid-bundle'])
    const problems: Problem[] = answer.problem().problems ?? []
    const found = problems.find((problem) => problem.pointer === pointer)
    expect(problems.map((problem) => problem.pointer)).toContain(pointer)
    expect(found?.message).toMatch(word)
    expect(await exported()).toBe(before)
  })
})

test('a price with 12 decimals is no mistake: each of them counts', async () => {
  const house = await startApi()
  try {
    const admin = await house.token(null, ['admin'])
    await house.fill(twoHouses)
    // 1000 kWh: half a cent above 123.45 shows whether the last decimals were kept.
    await house.fill(withPrice('0.123455000001'))
    const path = '/premises/talo/settlements/2026-03'
    const { items } = (await house.request(admin, 'GET', path)).json<Settlement>()
    expect(items.find(({ id }) => id === 'metered:sahko')?.net).toBe('123.46')
    const told = await house.request(admin, 'GET', `${path}/explanations/metered%3Asahko`)
    expect(told.text).toContain('"price":"0.123455000001"')
    expect(told.text).toContain('"exact":"12345.5000001"')
    await house.fill(withPrice('0.123454999999'))
    const below = (await house.request(admin, 'GET', path)).json<Settlement>()
    expect(below.items.find(({ id }) => id === 'metered:sahko')?.net).toBe('123.45')
  } finally {
    await house.close()
  }
})

describe('weights that are all zero are no wrong fact, but split nothing', () => {
  test.each<[string, SplitMethod]>([
    ['fixed', { by: 'fixed', shares: { kunta: '0', virasto: '0' } }],
    ['fixed without a share', { by: 'fixed', shares: {} }],
    ['a mix', { by: 'mix', parts: [{ weight: '0', method: { by: 'equal' } }] }],
    ['people that nobody counted', { by: 'headcount' }],
    ['use of a device that nobody used', { by: 'usage', devices: ['mittari'] }],
  ])('%s: the item is blocked with its reason, and the month is not issued', async (_what, method) => {
    const house = await startApi()
    try {
      const admin = await house.token(null, ['admin', 'controller'])
      await house.fill(twoHouses)
      await house.fill(withMethod(method))
      const path = '/premises/talo/settlements/2026-03'
      const { items, blocked } = (await house.request(admin, 'GET', path)).json<Settlement>()
      expect(items.map(({ shares }) => shares)).toEqual([[], []])
      expect(blocked.map(({ item, code }) => [item, code])).toEqual([
        ['invoice:siivous', 'no-weight'],
        ['metered:sahko', 'no-weight'],
      ])
      const issued = await house.request(admin, 'POST', `${path}/issue`, {})
      expect([issued.status, issued.problem().code]).toEqual([409, 'settlement-blocked'])
      expect(issued.problem().detail).toContain('invoice:siivous, metered:sahko')
    } finally {
      await house.close()
    }
  })

  test('an agreement of other premises splits nothing here: the item has no agreement', async () => {
    const house = await startApi()
    try {
      const admin = await house.token(null, ['admin', 'controller'])
      const { agreements: _, ...rest } = twoHouses
      await house.fill({ ...rest, agreements: [{ ...agreement, premises: 'muu-talo' }] })
      const { blocked } = (await house.request(admin, 'GET', '/premises/talo/settlements/2026-03')).json<Settlement>()
      expect(blocked.map(({ code }) => code)).toEqual(['no-agreement', 'no-agreement'])
    } finally {
      await house.close()
    }
  })
})

describe('what is done twice is done once', () => {
  const MARCH = '/premises/talo/settlements/2026-03'
  test('import', async () => {
    const before = await exported()
    const twice = await Promise.all([post('/import', twoHouses), post('/import', twoHouses)])
    for (const answer of twice) expect(answer.json()).toMatchObject({ created: 0, changed: 0 })
    expect(await exported()).toBe(before)
  })

  test('answers, closing and signatures; each says what became of the second', async () => {
    const virasto = await api.token('virasto', ['controller', 'signatory'])
    await post(`${MARCH}/issue`, {})
    const accepted = { party: 'virasto', item: null, answer: 'accepted' }
    for (let i = 0; i < 2; i++) expect((await post(`${MARCH}/responses`, accepted, virasto)).status).toBe(201)
    const force = { force: true, reason: 'x' }
    const [first, second] = [await post(`${MARCH}/close`, force), await post(`${MARCH}/close`, force)]
    expect([first.status, second.status, second.problem().code]).toEqual([200, 409, 'settlement-state'])
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const signed = {
      party: 'virasto',
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      signature: sign(null, Buffer.from(first.json<Settlement>().digest ?? ''), privateKey).toString('base64'),
    }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(`${MARCH}/countersignatures`, signed, virasto)),
    )
    // The same signature is recorded once, however often it is sent; another one is refused.
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201))
    const other = generateKeyPairSync('ed25519')
    const another = await post(
      `${MARCH}/countersignatures`,
      {
        party: 'virasto',
        publicKey: other.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        signature: sign(null, Buffer.from(first.json<Settlement>().digest ?? ''), other.privateKey).toString('base64'),
      },
      virasto,
    )
    expect([another.status, another.problem().code]).toEqual([409, 'conflict'])
    const { links } = (await api.request(operator, 'GET', '/premises/talo/chain')).json<Chain>()
    expect(links.map(({ countersignatures }) => countersignatures.length)).toEqual([1])
  })
})
