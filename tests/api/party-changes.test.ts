// A party joins, leaves with closing readings and buy-outs, and is succeeded mid-month: previewed, done, closed and verified, to the cent.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PartyChangeAnswer, PartyChangeShown } from '#contract/party-changes.ts'
import type { ProposalShown } from '#contract/proposals.ts'
import { parseCents } from '#domain/quantity/money.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { verifyProof } from '#verify/verify.mjs'
import { startApi, type Answer, type TestApi } from './start-api.ts'

const VAT = { category: 'S' as const, rate: '25.5' }
const house: Bundle = {
  organisations: ['kunta', 'poliisi', 'vero', 'kela', 'uusi', 'muu'].map((id) => ({ id, name: { fi: id } })),
  premises: [
    {
      id: 'talo',
      name: { fi: 'Talo' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kunta',
      spaces: [
        { id: 'a', use: 'exclusive', areaM2: '100' },
        { id: 'b', use: 'exclusive', areaM2: '60' },
        { id: 'c', use: 'exclusive', areaM2: '40' },
      ],
      tenancies: [
        { space: 'a', organisation: 'poliisi', from: '2025-01-01', to: null },
        { space: 'b', organisation: 'vero', from: '2025-01-01', to: null },
      ],
      headcounts: [
        { organisation: 'poliisi', people: 12, from: '2025-01-01', to: null },
        { organisation: 'vero', people: 8, from: '2025-01-01', to: null },
      ],
    },
  ],
  devices: [
    { id: 'paamittari', premises: 'talo', points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }] },
    {
      id: 'alamittari',
      premises: 'talo',
      points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }],
      roles: [{ role: 'payer', organisation: 'poliisi', from: '2025-01-01', to: null }],
    },
    {
      id: 'koppi',
      premises: 'talo',
      ownership: [{ from: '2025-01-01', to: null, shares: { poliisi: '1', vero: '2' } }],
      acquisition: { cost: '1200.00', date: '2025-12-15', usefulLifeMonths: 12, payer: 'poliisi', vat: VAT },
    },
    {
      id: 'tulostin',
      premises: 'talo',
      ownership: [{ from: '2025-01-01', to: null, shares: { poliisi: '1', kunta: '1' } }],
      acquisition: { cost: '1000.00', date: '2025-12-15', usefulLifeMonths: 36, payer: 'kunta', vat: VAT },
    },
  ],
  tariffs: [
    {
      id: 'el',
      unit: 'kWh',
      versions: [{ from: '2025-01-01', to: null, vat: VAT, components: [{ id: 'e', kind: 'energy', price: '0.1' }] }],
    },
  ],
  agreements: [
    {
      id: 'sopimus',
      name: { fi: 'Sopimus' },
      premises: 'talo',
      parties: ['kunta', 'poliisi', 'vero'],
      versions: [
        {
          version: 1,
          from: '2026-01-01',
          to: null,
          rules: [
            {
              category: 'electricity',
              method: {
                by: 'metered',
                meters: { poliisi: [{ device: 'alamittari', point: 'energy' }] },
                remainder: { by: 'area' },
              },
            },
            { category: 'equipment', method: { by: 'ownership' } },
            { category: 'security', method: { by: 'headcount' } },
            { category: '*', method: { by: 'area' } },
          ],
          approvals: ['kunta', 'poliisi', 'vero'].map((organisation) => ({ organisation, at: '2025-12-01T10:00:00Z' })),
        },
      ],
    },
  ],
  meteredCosts: [
    {
      id: 'sahko',
      premises: 'talo',
      category: 'electricity',
      meter: { device: 'paamittari', point: 'energy' },
      tariff: 'el',
      payer: 'kunta',
      from: '2026-01-01',
      to: null,
    },
  ],
  recurringCosts: [
    {
      id: 'siivous',
      premises: 'talo',
      category: 'cleaning',
      amount: '310.00',
      vat: VAT,
      payer: 'kunta',
      from: '2026-01-01',
      to: null,
    },
    {
      id: 'vartiointi',
      premises: 'talo',
      category: 'security',
      amount: '100.01',
      vat: VAT,
      payer: 'poliisi',
      from: '2026-01-01',
      to: null,
    },
  ],
  // A reading each day at an odd hour: 10 kWh of 40.
  readings: (['paamittari', 'alamittari'] as const).map((device, i) => ({
    device,
    point: 'energy',
    values: Array.from({ length: 240 }, (_, day): [string, string] => [
      new Date(Date.UTC(2025, 11, 31, 7) + day * 86_400_000).toISOString(),
      String(day * (i === 0 ? 40 : 10)),
    ]),
  })),
}

let api: TestApi
let operator: string
let kunta: string
const tokens = new Map<string, string>()
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-08-20T08:00:00Z') })
  operator = await api.token(null, ['admin'])
  kunta = await api.token('kunta', ['manager', 'controller'])
  for (const party of ['kunta', 'poliisi', 'vero', 'kela', 'uusi'])
    tokens.set(party, await api.token(party, ['signatory', 'controller']))
  await api.fill(house)
})
afterEach(() => api.close())

/** Time goes on between any two steps, as months rest on what was known when they were frozen. */
const post = (token: string, path: string, body: unknown): Promise<Answer> => {
  api.clock.now += 60_000
  return api.request(token, 'POST', path, body)
}
const ask = (body: object, token = kunta): Promise<Answer> => post(token, '/premises/talo/party-changes', body)
async function done<T>(answer: Promise<Answer>): Promise<T> {
  const { status, text, json } = await answer
  if (status !== 200) throw new Error(`${status} ${text}`)
  return json<T>()
}
const settlement = (month: string): Promise<Settlement> =>
  done(api.request(kunta, 'GET', `/premises/talo/settlements/${month}`))
async function close(...months: string[]): Promise<void> {
  for (const month of months) {
    await done(post(kunta, `/premises/talo/settlements/${month}/issue`, {}))
    await done(post(operator, `/premises/talo/settlements/${month}/close`, { force: true, reason: 'test' }))
  }
}
async function approveAll(proposal: string, parties: string[]): Promise<void> {
  const { text } = await done<ProposalShown>(post(kunta, `/proposals/${proposal}/propose`, {}))
  for (const party of parties)
    await done(post(tokens.get(party)!, `/proposals/${proposal}/approvals`, { party, decision: '§ 1', text }))
}
const total = (rows: readonly { net: string }[]): bigint => rows.reduce((sum, { net }) => sum + parseCents(net)!, 0n)
const everything = async (): Promise<string> => (await api.request(operator, 'GET', '/export?readings=true')).text
/** Statements as rows of a preview. */
const borne = ({ statements }: Settlement): [string, string, string][] =>
  statements.map(({ party, net, gross }) => [party, net, gross])

describe('a year in which parties come and go', () => {
  test('join, leave and succession mid-month: previews are what happens, totals tie out, verify.mjs accepts every month', async () => {
    await close('2026-01', '2026-02')
    // Kela moves into the vacant space on 11 March.
    const join = { act: 'join', organisation: 'kela', from: '2026-03-11', spaces: ['c'], people: '5' }
    const before = await everything()
    const seen = await done<PartyChangeAnswer>(ask({ act: join, apply: false }))
    expect(await everything()).toBe(before)
    expect(seen).toMatchObject({ applied: false, hindrances: [], proposal: null, id: null })
    expect(seen.effects.map(({ code }) => code)).toEqual(['tenancy-begins', 'headcount-begins', 'agreement-replaced'])
    expect(total(seen.month!.parties.map((row) => ({ net: row.netDifference })))).toBe(0n)
    // 40 m² of 200 on 21 of 31 days of 310.00, so 42.00 of cleaning move from the landlord to Kela.
    const cleaning = seen.month!.categories.find(({ category }) => category === 'cleaning')!.parties
    expect(cleaning.map(({ party, netDifference }) => [party, netDifference])).toEqual([
      ['kunta', '-42.00'],
      ['poliisi', '0.00'],
      ['vero', '0.00'],
      ['kela', '42.00'],
    ])
    expect(seen.lastClosed!.period).toBe('2026-02')
    expect(seen.lastClosed!.categories.find(({ category }) => category === 'cleaning')!.parties.at(-1)!.net).toBe(
      '62.00',
    )
    const joined = await done<PartyChangeAnswer>(ask({ act: join, apply: true }))
    await approveAll(joined.proposal!, ['kunta', 'poliisi', 'vero', 'kela'])
    const march = await settlement('2026-03')
    expect(borne(march)).toEqual(seen.month!.parties.map(({ party, net, gross }) => [party, net, gross]))
    await close('2026-03', '2026-04', '2026-05')

    // Poliisi leaves on 16 June: its booth is bought out at book value, its guarding goes on with the landlord.
    const leave = { act: 'leave', organisation: 'poliisi', from: '2026-06-16' }
    const left = await done<PartyChangeAnswer>(ask({ act: leave, apply: false }))
    expect(left.closing).toEqual([
      { device: 'alamittari', point: 'energy', at: '2026-06-15T21:00:00.000Z', state: 'there' },
    ])
    expect(left.buyOuts).toEqual([
      // 1200.00 less five of twelve months; a third of it is Poliisi's, and it financed the whole.
      {
        device: 'koppi',
        buyer: 'vero',
        share: '1/3',
        bookValue: '700.00',
        shareValue: '233.33',
        stillOwed: '0.00',
        price: '700.00',
        financed: true,
      },
      // 1000.00 less 5 × 27.78: half of 861.10 would be Poliisi's, and it has paid nothing of it yet.
      {
        device: 'tulostin',
        buyer: 'kunta',
        share: '1/2',
        bookValue: '861.10',
        shareValue: '430.55',
        stillOwed: '430.55',
        price: '0.00',
        financed: false,
      },
    ])
    expect([...new Set(left.effects.map(({ code }) => code))].sort()).toEqual([
      'agreement-replaced',
      'cost-continues',
      'headcount-ends',
      'ownership-passes',
      'payer-passes',
      'roles-end',
      'tenancy-ends',
    ])
    const gone = await done<PartyChangeAnswer>(ask({ act: leave, apply: true }))
    await approveAll(gone.proposal!, ['kunta', 'vero', 'kela', 'poliisi'])
    const june = await settlement('2026-06')
    expect(borne(june).sort()).toEqual(left.month!.parties.map(({ party, net, gross }) => [party, net, gross]).sort())
    expect(june.blocked).toEqual([])
    expect(june.statements.find(({ party }) => party === 'poliisi')!.net).not.toBe('0.00')
    await close('2026-06')

    // Kela is succeeded on 16 July; it pays to the day, the successor from it.
    const succession = { act: 'succession', organisation: 'kela', successor: 'uusi', from: '2026-07-16' }
    const passing = await done<PartyChangeAnswer>(ask({ act: succession, apply: false }))
    await done(ask({ act: succession, apply: true }, operator))
    const july = await settlement('2026-07')
    expect(borne(july)).toEqual(
      passing
        .month!.parties.filter(({ net }) => net !== '0.00' || true)
        .map(({ party, net, gross }) => [party, net, gross]),
    )
    const half = (party: string): string =>
      july.items
        .find(({ id }) => id.startsWith(`recurring:siivous${party === 'uusi' ? '@' : ''}`))!
        .shares.find((share) => share.party === party)!.net
    // 40 of 200 m² of 310.00: 15 and 16 days.
    expect([half('kela'), half('uusi')]).toEqual(['30.00', '32.00'])
    await close('2026-07')

    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07']
    for (const month of months) {
      const { items, statements, transfers } = await settlement(month)
      expect(total(items.flatMap(({ shares }) => shares)), month).toBe(total(items.map(({ net }) => ({ net: net! }))))
      expect(total(statements), month).toBe(total(items.map(({ net }) => ({ net: net! }))))
      expect(
        items.filter(({ source }) => source === 'adjustment'),
        month,
      ).toEqual([])
      expect(transfers.length).toBeGreaterThan(0)
      const proof = await api.request(kunta, 'GET', `/premises/talo/settlements/${month}/proof`)
      expect(verifyProof(JSON.parse(proof.text)), month).toMatchObject({ ok: true })
    }
    const { items } = await done<{ items: PartyChangeShown[] }>(
      api.request(kunta, 'GET', '/premises/talo/party-changes'),
    )
    expect(items.map(({ act }) => act.act)).toEqual(['succession', 'leave', 'join'])
  })
})

describe('what must be done first', () => {
  test('closing readings: missing ones hinder, and are entered by hand with the act', async () => {
    await api.fill({
      devices: [{ id: 'uusi-mittari', premises: 'talo', points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }] }],
    })
    const [agreement] = house.agreements!
    const [version] = agreement!.versions
    const meters = { poliisi: [{ device: 'uusi-mittari', point: 'energy' }] }
    await api.fill({
      devices: house.devices!.filter(({ id }) => id !== 'koppi'),
      agreements: [
        {
          ...agreement!,
          versions: [
            { ...version!, rules: [{ category: '*', method: { by: 'metered', meters, remainder: { by: 'area' } } }] },
          ],
        },
      ],
    })
    const act = { act: 'leave', organisation: 'poliisi', from: '2026-01-16', buyers: { koppi: 'vero' } }
    const seen = await done<PartyChangeAnswer>(ask({ act, apply: false }))
    expect(seen.hindrances.map(({ code }) => code)).toEqual(['closing-readings-missing'])
    expect((await ask({ act, apply: true })).status).toBe(409)
    const readings = [{ device: 'uusi-mittari', point: 'energy', value: '123.4' }]
    const applied = await done<PartyChangeAnswer>(ask({ act, readings, apply: true }))
    expect(applied.closing).toEqual([
      { device: 'uusi-mittari', point: 'energy', at: '2026-01-15T22:00:00.000Z', state: 'given' },
    ])
    const series = api.telemetry.findSeries('uusi-mittari', 'energy')!
    expect(await api.telemetry.readings(series, 0, Date.UTC(2027, 0, 1), 10)).toMatchObject([
      { value: 123.4, quality: 'manual' },
    ])
  })

  test('months whose depreciation is owed to the leaver are closed first', async () => {
    const act = { act: 'leave', organisation: 'poliisi', from: '2026-03-16' }
    const seen = await done<PartyChangeAnswer>(ask({ act, apply: false }))
    expect(seen.hindrances).toMatchObject([{ code: 'months-open', values: ['2026-01', '2026-02'] }])
    const before = await everything()
    expect((await ask({ act, apply: true })).status).toBe(409)
    expect(await everything()).toBe(before)
  })

  test('a buy-out is not dated into months that are closed: their depreciation was paid to the leaver', async () => {
    for (const period of ['2026-01', '2026-02', '2026-03']) await close(period)
    const leave = (from: string) =>
      done<PartyChangeAnswer>(ask({ act: { act: 'leave', organisation: 'poliisi', from }, apply: false }))
    expect((await leave('2026-02-10')).hindrances).toMatchObject([
      { code: 'months-closed', values: ['2026-02', '2026-03'] },
    ])
    expect((await leave('2026-04-10')).hindrances.map(({ code }) => code)).not.toContain('months-closed')
  })

  test('of a succession the landlord sees what changes in its own premises only', async () => {
    await api.fill({
      premises: [
        {
          id: 'salatalo',
          name: { fi: 'Muu talo' },
          timeZone: 'Europe/Helsinki',
          landlord: 'muu',
          spaces: [{ id: 'z', use: 'exclusive', areaM2: '10' }],
          tenancies: [{ space: 'z', organisation: 'poliisi', from: '2025-01-01', to: null }],
        },
      ],
    })
    const act = { act: 'succession', organisation: 'poliisi', successor: 'uusi', from: '2026-07-16' }
    const seen = async (token?: string) => (await ask({ act, apply: false }, token)).text
    expect(await seen()).not.toContain('salatalo')
    expect(await seen()).toContain('talo')
    expect(await seen(operator)).toContain('salatalo')
  })

  test('who has left does not leave once more', async () => {
    for (const period of ['2026-01', '2026-02']) await close(period)
    const act = { act: 'leave', organisation: 'poliisi', from: '2026-03-16' }
    await done<PartyChangeAnswer>(ask({ act, apply: true }))
    const before = await everything()
    const again = await ask({ act, apply: true })
    expect([again.status, again.problem().detail]).toEqual([409, expect.stringContaining('left already')])
    expect(await everything()).toBe(before)
  })
})

describe('who may', () => {
  test('everyone concerned looks; the landlord enters who comes and goes, the operator a succession', async () => {
    const join = { act: 'join', organisation: 'kela', from: '2026-03-11', spaces: ['c'] }
    const succession = { act: 'succession', organisation: 'vero', successor: 'uusi', from: '2026-07-16' }
    const vero = await api.token('vero', ['controller'])
    const before = await everything()
    expect((await ask({ act: join, apply: false }, vero)).status).toBe(200)
    expect((await ask({ act: join, apply: true }, vero)).status).toBe(403)
    expect((await ask({ act: join, apply: true }, operator)).status).toBe(403)
    expect((await ask({ act: join, apply: true }, await api.token('kunta', ['controller']))).status).toBe(403)
    expect((await ask({ act: join, apply: false }, await api.token('vero', ['viewer']))).status).toBe(403)
    expect((await ask({ act: join, apply: false }, await api.token('muu', ['manager']))).status).toBe(404)
    expect((await ask({ act: succession, apply: true })).status).toBe(403)
    expect(await everything()).toBe(before)
  })

  test('what is wrong is named with its place', async () => {
    const pointer = async (act: object): Promise<unknown> =>
      (await ask({ act, apply: true })).problem().problems?.[0]?.pointer
    expect(await pointer({ act: 'join', organisation: 'kela', from: '2026-02-30', spaces: [] })).toBe('/act/from')
    expect(await pointer({ act: 'join', organisation: 'ei', from: '2026-03-01', spaces: [] })).toBe('/act/organisation')
    expect(await pointer({ act: 'join', organisation: 'kela', from: '2026-03-01', spaces: ['x'] })).toBe(
      '/act/spaces/0',
    )
    expect(await pointer({ act: 'leave', organisation: 'kunta', from: '2026-03-01' })).toBe('/act/organisation')
    expect(await pointer({ act: 'leave', organisation: 'muu', from: '2026-03-01' })).toBe('/act/organisation')
    // A space that somebody holds is not free.
    expect(
      (await ask({ act: { act: 'join', organisation: 'kela', from: '2026-03-01', spaces: ['a'] }, apply: true }))
        .status,
    ).toBe(422)
  })
})
