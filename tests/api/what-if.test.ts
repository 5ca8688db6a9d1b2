// What-if: other rules over months gone by give exact figures against what was, several at once, and write nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApi, twoHouses, type Answer, type TestApi } from '#tests/api/start-api.ts'
import type { WhatIfAnswer, WhatIfVariant } from '#contract/what-if.ts'
import { parseCents } from '#domain/quantity/money.ts'

let api: TestApi
let kunta: string
let operator: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-05-05T09:00:00Z') })
  kunta = await api.token('kunta', ['controller'])
  operator = await api.token(null, ['admin', 'controller'])
  const [talo] = twoHouses.premises!
  await api.fill({
    ...twoHouses,
    premises: [
      {
        ...talo!,
        spaces: [...talo!.spaces!, { id: 't-2', use: 'exclusive', type: 'office', areaM2: '140' }],
        tenancies: [...talo!.tenancies!, { space: 't-2', organisation: 'kunta', from: '2026-01-01', to: null }],
      },
      twoHouses.premises![1]!,
    ],
    readings: [
      {
        device: 'mittari',
        point: 'energy',
        values: [
          ['2026-02-28T22:00:00Z', '1000'],
          ['2026-03-31T21:00:00Z', '2000'],
          ['2026-04-30T21:00:00Z', '2500'],
        ],
      },
    ],
  })
  const settle = async (path: string, body: object): Promise<void> => {
    const { status, text } = await api.request(operator, 'POST', `/premises/talo/settlements/${path}`, body)
    if (status !== 200) throw new Error(text)
  }
  await settle('2026-03/issue', {})
  await settle('2026-03/close', { force: true, reason: 'test' })
  // A late invoice is adjusted in April, so it is part of what March was.
  const [invoice] = twoHouses.invoices!
  await api.fill({ invoices: [{ ...invoice!, id: 'lasku-2', net: '50.01' }] })
  await settle('2026-04/issue', {})
})
afterEach(async () => {
  await api.close()
})

const ask = (variants: WhatIfVariant[], token = kunta, months = ['2026-03', '2026-04']): Promise<Answer> =>
  api.request(token, 'POST', '/premises/talo/what-if', { from: months[0], to: months[1], variants })
const cents = (text: string): bigint => parseCents(text)!

describe('what if', () => {
  it('other keys had held: each party by month and category, against what was with its adjustments', async () => {
    const answer = await ask([
      { name: 'pinta-ala', key: 'area' },
      { name: 'tasan', rules: [{ category: '*', method: { by: 'equal' } }] },
      { name: 'sovittu', key: 'agreed' },
    ])
    expect(answer.status).toBe(200)
    const { was, variants, months } = answer.json<WhatIfAnswer>()
    expect(months).toEqual([
      { period: '2026-03', status: 'closed' },
      { period: '2026-04', status: 'issued' },
    ])
    // March: 1000 kWh × 0.10 and cleaning of 100.00 + 50.01, 60 : 40; April: 500 kWh.
    expect(was.months[0]!.parties).toEqual([
      { party: 'kunta', net: '150.01', gross: '188.26' },
      { party: 'virasto', net: '100.00', gross: '125.50' },
    ])
    expect(was.months[1]!.parties.map(({ net }) => net)).toEqual(['30.00', '20.00'])
    const [area, equal, agreed] = variants
    // 140 m² and 60 m²: 70 : 30.
    expect(area!.months[0]!.categories.find(({ category }) => category === 'cleaning')!.parties).toEqual([
      { party: 'kunta', net: '105.01', gross: '131.79', netDifference: '15.00', grossDifference: '18.83' },
      { party: 'virasto', net: '45.00', gross: '56.48', netDifference: '-15.00', grossDifference: '-18.82' },
    ])
    expect(area!.parties.map(({ party, netDifference }) => [party, netDifference])).toEqual([
      ['kunta', '30.00'],
      ['virasto', '-30.00'],
    ])
    expect(equal!.parties.map(({ net }) => net)).toEqual(['150.01', '150.00'])
    expect(agreed!.parties.map(({ netDifference, grossDifference }) => [netDifference, grossDifference])).toEqual([
      ['0.00', '0.00'],
      ['0.00', '0.00'],
    ])
    expect(area!.rules).toEqual([{ category: '*', method: { by: 'area' } }])
    expect(agreed!.rules).toBeNull()
  })

  it('categories add up to months, months to all, and nothing is lost: to the cent, net and gross', async () => {
    const answer = await ask([
      { name: 'a', key: 'area' },
      { name: 'b', rules: [{ category: '*', method: { by: 'fixed', shares: { kunta: '1', virasto: '2' } } }] },
    ])
    const { was, variants } = answer.json<WhatIfAnswer>()
    for (const column of ['net', 'gross'] as const) {
      const sum = (rows: readonly { net: string; gross: string }[]): bigint =>
        rows.reduce((total, row) => total + cents(row[column]), 0n)
      for (const outcome of [was, ...variants]) {
        for (const month of outcome.months)
          for (const [i, { party }] of month.parties.entries()) {
            const parts = month.categories.map(({ parties }) => parties.find((row) => row.party === party)!)
            expect(sum(parts)).toBe(cents(month.parties[i]![column]))
          }
        for (const [i, total] of outcome.parties.entries())
          expect(sum(outcome.months.map(({ parties }) => parties[i]!))).toBe(cents(total[column]))
      }
      if (column === 'net') for (const variant of variants) expect(sum(variant.parties)).toBe(sum(was.parties))
    }
  })

  it('what the rules can not split is named with its reason and amount', async () => {
    const answer = await ask([
      { name: 'a', rules: [{ category: 'cleaning', method: { by: 'headcount' } }] },
      { name: 'b', key: 'headcount' },
    ])
    const [a] = answer.json<WhatIfAnswer>().variants
    // March as named below, and 50.00 of electricity in April.
    expect(a!.blockedNet).toBe('300.01')
    expect(a!.months[0]!.blocked.map(({ item, code, net }) => [item, code, net]).sort()).toEqual([
      ['invoice:lasku-2', 'no-weight', '50.01'],
      ['invoice:siivous', 'no-weight', '100.00'],
      ['metered:sahko', 'no-rule', '100.00'],
    ])
  })

  it('tries a proposal with its own parties, before anybody has approved it', async () => {
    const draft = {
      agreement: { id: 'sopimus', premises: 'talo', parties: ['kunta', 'virasto'] },
      version: { from: '2026-06-01', to: null, rules: [{ category: '*', method: { by: 'direct', party: 'virasto' } }] },
    }
    const made = await api.request(kunta, 'POST', '/proposals', draft)
    expect(made.status).toBe(201)
    const { id } = made.json<{ id: string }>()
    const { variants } = (await ask([{ name: 'p', proposal: id }])).json<WhatIfAnswer>()
    expect(variants[0]!.parties.map(({ party, net }) => [party, net])).toEqual([
      ['kunta', '0.00'],
      ['virasto', '300.01'],
    ])
    // A draft is its organisation's own.
    const virasto = await api.token('virasto', ['controller'])
    expect((await ask([{ name: 'p', proposal: id }], virasto)).status).toBe(404)
  })

  it('writes nothing: the export before and after is the same to the byte, and so is the audit log', async () => {
    const everything = async (): Promise<string> =>
      (await api.request(operator, 'GET', '/export?readings=true')).text +
      (await api.request(operator, 'GET', '/premises/talo/settlements/2026-04')).text
    const auditOf = async (): Promise<string> =>
      (await api.records.audit({ organisation: null }, { limit: 50 })).items.map(({ hash }) => hash).join()
    const before = await everything()
    const audit = await auditOf()
    expect(
      (
        await ask([
          { name: 'a', key: 'area' },
          { name: 'b', key: 'metered' },
        ])
      ).status,
    ).toBe(200)
    expect(await auditOf()).toBe(audit)
    expect(await everything()).toBe(before)
  })

  it('is for controllers and managers of the landlord and the parties, about what they see', async () => {
    const variants: WhatIfVariant[] = [{ name: 'a', key: 'area' }]
    expect((await ask(variants, await api.token('virasto', ['manager']))).status).toBe(200)
    expect((await ask(variants, await api.token('virasto', ['viewer', 'technician']))).status).toBe(403)
    expect((await ask(variants, await api.token('muu', ['controller']))).status).toBe(404)
    const foreign = await ask([
      {
        name: 'a',
        rules: [
          {
            category: '*',
            method: {
              by: 'metered',
              meters: { virasto: [{ device: 'muu-mittari', point: 'energy' }] },
              remainder: { by: 'equal' },
            },
          },
        ],
      },
    ])
    expect(foreign.status).toBe(400)
    expect(foreign.problem().problems?.[0]?.pointer).toBe('/variants/0/rules/0/method/meters/virasto/0/device')
  })

  it('says what is wrong with what is asked', async () => {
    const two = await ask([{ name: 'a', key: 'area', rules: [{ category: '*', method: { by: 'equal' } }] }])
    expect([two.status, two.problem().problems?.[0]?.pointer]).toEqual([400, '/variants/0'])
    const stranger = await ask([{ name: 'a', rules: [{ category: '*', method: { by: 'direct', party: 'muu' } }] }])
    expect(stranger.problem().problems?.[0]?.pointer).toBe('/variants/0/rules/0/method/party')
    expect((await ask([{ name: 'a', key: 'area' }], kunta, ['2026-04', '2026-03'])).status).toBe(400)
    expect((await ask([{ name: 'a', key: 'area' }], kunta, ['2020-01', '2026-03'])).status).toBe(400)
    expect((await ask([])).status).toBe(400)
    expect((await ask(Array.from({ length: 6 }, () => ({ name: 'a', key: 'area' as const })))).status).toBe(400)
  })
})
