// A closed invoice with a wrong payer or VAT: previewed, then credited and entered anew in one step; every party's net ties out.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Correction } from '#contract/corrections.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

const MARCH = '/premises/talo/settlements/2026-03'
const APRIL = '/premises/talo/settlements/2026-04'
const E = { category: 'E', rate: '0' } as const
let api: TestApi
let operator = ''
let kunta = ''
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-06-10T06:00:00Z') })
  await api.fill(twoHouses)
  operator = await api.token(null, ['admin'])
  kunta = await api.token('kunta', ['controller'])
})
afterEach(() => api.close())
const correct = (token: string, body: unknown, id = 'siivous'): Promise<Answer> =>
  api.request(token, 'POST', `/invoices/${id}/correction`, body)
const close = async (path: string): Promise<void> => {
  api.clock.now += 1000
  const answer = await api.request(operator, 'POST', `${path}/close`, { force: true, reason: 'tilinpäätös' })
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.anything()])
  api.clock.now += 1000
}
const month = async (path: string): Promise<Settlement> => (await api.request(kunta, 'GET', path)).json<Settlement>()
const cents = (text: string): number => Math.round(Number(text) * 100)

describe('a wrong VAT and payer', () => {
  test('the preview changes nothing; the act moves VAT and debts and no net, and nothing of the closed month', async () => {
    await close(MARCH)
    const closed = await month(MARCH)
    const before = await month(APRIL)
    const wanted = { payer: 'virasto', vat: E }
    const preview = (await correct(kunta, { ...wanted, apply: false })).json<Correction>()
    expect(preview).toMatchObject({
      applied: false,
      month: '2026-04',
      changed: null,
      credit: { id: 'siivous-credit', net: '-100.00', payer: 'kunta', vat: { category: 'S', rate: '25.5' } },
      entry: {
        id: 'siivous-anew',
        net: '100.00',
        payer: 'virasto',
        vat: E,
        serviceFrom: '2026-03-01',
        serviceTo: '2026-04-01',
      },
      moved: [
        { party: 'kunta', net: '0.00', vat: '-15.30', gross: '-15.30' },
        { party: 'virasto', net: '0.00', vat: '-10.20', gross: '-10.20' },
      ],
    })
    expect(await month(APRIL)).toEqual(before)
    const done = (await correct(kunta, { ...wanted, apply: true })).json<Correction>()
    expect(done).toEqual({ ...preview, applied: true })
    const april = await month(APRIL)
    expect(
      april.items.filter(({ category }) => category === 'cleaning').map(({ id, net, payer }) => [id, net, payer]),
    ).toEqual([
      ['adjustment:2026-03:invoice:siivous-anew', '100.00', 'virasto'],
      ['adjustment:2026-03:invoice:siivous-credit', '-100.00', 'kunta'],
    ])
    expect(await month(MARCH)).toEqual(closed)
    expect((await correct(kunta, { ...wanted, apply: true })).status).toBe(409)
  })

  test('a wrong net as well becomes an adjustment of its own month; everything ties out to what is right', async () => {
    await close(MARCH)
    const right = { payer: 'virasto', vat: E, net: '130.01', apply: true }
    const done = (await correct(operator, right)).json<Correction>()
    expect(done.changed).toMatchObject({ id: 'siivous', net: '130.01', payer: 'kunta' })
    const april = await month(APRIL)
    const lines = april.items.filter(({ category }) => category === 'cleaning')
    expect(lines.map(({ id, net, payer }) => [id, net, payer])).toEqual([
      ['adjustment:2026-03:invoice:siivous', '30.01', 'kunta'],
      ['adjustment:2026-03:invoice:siivous-anew', '130.01', 'virasto'],
      ['adjustment:2026-03:invoice:siivous-credit', '-130.01', 'kunta'],
    ])
    // Of March and April together: the old payer is owed nothing, the new one all of it.
    const march = await month(MARCH)
    const all = [...march.items.filter(({ category }) => category === 'cleaning'), ...lines]
    const owed = (payer: string): number =>
      all.filter((one) => one.payer === payer).reduce((sum, { net }) => sum + cents(net ?? '0'), 0)
    expect([owed('kunta'), owed('virasto')]).toEqual([0, 13_001])
  })

  test('those who bore the invoice get its VAT back, though the key is another one today', async () => {
    await close(MARCH)
    const stored = (await api.request(operator, 'GET', '/export')).json<Bundle>().agreements?.[0]
    const [first] = stored?.versions ?? []
    if (stored === undefined || first === undefined) throw new Error('there is no agreement')
    const rules = [{ category: '*', method: { by: 'direct' as const, party: 'virasto' } }]
    const approvals = stored.parties.map((organisation) => ({ organisation, decision: '§ 2' }))
    const second = { ...first, version: 2, from: '2026-04-01', rules, approvals }
    await api.fill({ agreements: [{ ...stored, versions: [first, second] }] })
    const done = (await correct(kunta, { vat: E, apply: true })).json<Correction>()
    const march = (await month(MARCH)).items.find(({ id }) => id === 'invoice:siivous')
    const april = (await month(APRIL)).items
    for (const [word, sign] of [
      ['anew', 1],
      ['credit', -1],
    ] as const) {
      const item = april.find(({ id }) => id === `adjustment:2026-03:invoice:siivous-${word}`)
      expect(item?.shares.map(({ party, net }) => [party, cents(net)])).toEqual(
        march?.shares.map(({ party, net }) => [party, sign * cents(net)]),
      )
    }
    expect(done.moved.map(({ party, vat }) => [party, vat])).toEqual([
      ['kunta', '-15.30'],
      ['virasto', '-10.20'],
    ])
  })

  test('the months go on closing, and the chain holds', async () => {
    await close(MARCH)
    await api.fill({
      readings: [{ device: 'mittari', point: 'energy', values: [['2026-05-01T00:00:00+03:00', '2100']] }],
    })
    await correct(operator, { vat: E, apply: true })
    await close(APRIL)
    // What was entered anew may be wrong again.
    const again = (await correct(operator, { payer: 'virasto', apply: true }, 'siivous-anew')).json<Correction>()
    expect([again.month, again.credit.id, again.moved.map(({ net }) => net)]).toEqual([
      '2026-05',
      'siivous-anew-credit',
      ['0.00', '0.00'],
    ])
    expect((await api.request(kunta, 'GET', '/premises/talo/chain')).json()).toMatchObject({ holds: true })
  })
})

test('what needs no such act is refused with the reason', async () => {
  const refused = async (body: unknown): Promise<string> => {
    const answer = await correct(kunta, body)
    return `${answer.status} ${answer.problem().detail ?? ''}`
  }
  expect(await refused({ payer: 'virasto', apply: false })).toContain('409 No closed month holds this invoice')
  await close(MARCH)
  expect(await refused({ apply: true })).toContain('409 Payer, VAT and net')
  expect(await refused({ net: '90', apply: true })).toContain('409 Only the net differs')
  for (const apply of [false, true]) expect(await refused({ payer: 'ei-ole', apply })).toContain('422')
  expect(await refused({ net: '1.005', vat: E, apply: false })).toContain('422')
})

test('the wrong role and the wrong organisation are refused', async () => {
  await close(MARCH)
  const wanted = { vat: E, apply: true }
  expect((await correct(await api.token('kunta', ['viewer']), wanted)).status).toBe(403)
  expect((await correct(await api.token('virasto', ['controller']), wanted)).status).toBe(403)
  expect((await correct(await api.token('muu', ['controller', 'admin']), wanted)).status).toBe(404)
  expect((await month(APRIL)).items.filter(({ id }) => id.startsWith('invoice:'))).toEqual([])
})
