// Closed months are kept as they come out today: a draft is the same whether they are kept or computed anew, whatever changes in between.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM, startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

const CLOSED = ['2026-03', '2026-04', '2026-05']
const OPEN = '2026-06'
const counter: [string, string][] = [
  ['2026-02-28T23:00:00Z', '900'],
  ['2026-03-20T10:00:00Z', '1400'],
  ['2026-04-05T12:00:00Z', '2000.5'],
  ['2026-04-25T07:00:00Z', '2600'],
  ['2026-05-10T07:00:00Z', '3100'],
  ['2026-06-02T07:00:00Z', '3500'],
  ['2026-06-29T07:00:00Z', '4100'],
  ['2026-07-02T07:00:00Z', '4200'],
]

let api: TestApi
let operator: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-07-05T09:00:00Z') })
  operator = await api.token(null, ['admin', 'controller'])
  const { readings: _, ...facts } = twoHouses
  await api.fill({
    ...facts,
    recurringCosts: [
      {
        id: 'vartiointi',
        premises: 'talo',
        category: 'security',
        amount: '200.00',
        vat: { category: 'S', rate: '25.5' },
        payer: 'virasto',
        from: '2026-01-01',
        to: null,
      },
    ],
    readings: [{ device: 'mittari', point: 'energy', values: counter }],
  })
  const mustBeDone = async (path: string, body: object): Promise<void> => {
    const { status, text } = await api.request(operator, 'POST', `/premises/talo/settlements/${path}`, body)
    if (status !== 200) throw new Error(text)
  }
  for (const month of CLOSED) {
    await mustBeDone(`${month}/issue`, {})
    await mustBeDone(`${month}/close`, { force: true, reason: 'test' })
  }
})
afterEach(async () => {
  await api.close()
})

const draft = async (of: TestApi = api, token = operator): Promise<Settlement> =>
  (await of.request(token, 'GET', `/premises/talo/settlements/${OPEN}`)).json<Settlement>()
/** What a program without anything kept says of the same stores. */
async function afresh(): Promise<Settlement> {
  const { records, telemetry, clock } = api
  const cold = await startApi({ stores: { records, telemetry }, now: clock.now })
  try {
    return await draft(cold, await cold.token(null, ['admin', 'controller']))
  } finally {
    await cold.close()
  }
}
const adjusted = ({ items }: Settlement): string[] =>
  items.map(({ id }) => id).filter((id) => id.startsWith('adjustment:'))

describe('a draft after closed months were kept', () => {
  it('is what it would be computed anew, after each of many changes', async () => {
    expect(adjusted(await draft())).toEqual([])
    const reading = (at: string, value: string) => ({
      device: 'mittari',
      point: 'energy',
      values: [[at, value]] as [string, string][],
    })
    const [invoice] = twoHouses.invoices!
    const steps: [string, () => Promise<void>, string[]][] = [
      ['a live reading', () => api.fill({ readings: [reading('2026-07-05T08:00:00Z', '4300')] }), []],
      [
        'a late reading',
        () => api.fill({ readings: [reading('2026-04-28T07:00:00Z', '2750')] }),
        ['2026-04', '2026-05'],
      ],
      [
        'one that reaches over a month end',
        () => api.fill({ readings: [reading('2026-05-31T20:00:00Z', '3110')] }),
        ['2026-04', '2026-05'],
      ],
      [
        'a replaced value',
        () => api.fill({ readings: [reading('2026-03-20T10:00:00Z', '1000')] }),
        ['2026-03', '2026-04', '2026-05'],
      ],
      [
        'a late invoice',
        () =>
          api.fill({
            invoices: [
              {
                ...invoice!,
                id: 'myöhäinen'.replace('ö', 'o').replaceAll('ä', 'a'),
                serviceFrom: '2026-04-10',
                serviceTo: '2026-05-03',
              },
            ],
          }),
        ['2026-03', '2026-04', '2026-05'],
      ],
      [
        'an invoice of the open month',
        () => api.fill({ invoices: [{ ...invoice!, id: 'kesa', serviceFrom: '2026-06-01', serviceTo: '2026-07-01' }] }),
        ['2026-03', '2026-04', '2026-05'],
      ],
      [
        'a tariff',
        () =>
          api.fill({
            tariffs: twoHouses.tariffs!.map((tariff) => ({
              ...tariff,
              versions: tariff.versions.map((version) => ({
                ...version,
                components: [{ id: 'energy', kind: 'energy' as const, price: '0.11' }],
              })),
            })),
          }),
        ['2026-03', '2026-04', '2026-05'],
      ],
    ]
    for (const [what, change, months] of steps) {
      api.clock.now += 60_000
      await change()
      const kept = await draft()
      expect(kept, what).toEqual(await afresh())
      expect([...new Set(adjusted(kept).map((id) => id.slice(11, 18)))], what).toEqual(months)
      expect(await draft(), what).toEqual(kept)
    }
  })

  it('follows usage records that come late and are withdrawn again', async () => {
    const [agreement] = twoHouses.agreements!
    const [version] = agreement!.versions
    await api.fill({
      agreements: [
        {
          ...agreement!,
          versions: [
            {
              ...version!,
              rules: [{ category: 'cleaning', method: { by: 'usage', devices: ['mittari'] } }, ...version!.rules],
            },
          ],
        },
      ],
    })
    const record = {
      device: 'mittari',
      organisation: 'virasto',
      from: '2026-03-10T09:00:00+02:00',
      to: '2026-03-10T11:00:00+02:00',
    }
    const blocked = await draft()
    expect(blocked.blocked.map(({ code }) => code)).toEqual(['no-weight'])
    await api.fill({ usage: [record] })
    const settled = await draft()
    expect(settled).toEqual(await afresh())
    expect(settled.blocked).toEqual([])
    expect(settled.items.find(({ id }) => id === 'adjustment:2026-03:invoice:siivous')?.shares).toEqual([
      { party: 'kunta', net: '-60.00' },
      { party: 'virasto', net: '60.00' },
    ])
    await api.records.change({ withdrawn: { usage: [record] } }, SYSTEM, 'test')
    expect(await draft()).toEqual(blocked)
  })

  it('explains an adjustment of a kept month in full, and of a frozen month the same each time', async () => {
    await draft()
    api.clock.now += 60_000
    await api.fill({ readings: [{ device: 'mittari', point: 'energy', values: [['2026-04-28T07:00:00Z', '2750']] }] })
    await draft()
    const of = async (month: string, item: string): Promise<unknown> => {
      const answer = await api.request(
        operator,
        'GET',
        `/premises/talo/settlements/${month}/explanations/${encodeURIComponent(item)}`,
      )
      expect(answer.status).toBe(200)
      return answer.json()
    }
    expect(await of(OPEN, 'adjustment:2026-04:metered:sahko')).toMatchObject({
      recomputed: { item: 'metered:sahko', net: { kind: 'metered' } },
      causes: { counts: { reading: 1 } },
    })
    const frozen = await of('2026-04', 'metered:sahko')
    await api.fill({ readings: [{ device: 'mittari', point: 'energy', values: [['2026-04-29T07:00:00Z', '2800']] }] })
    expect(await of('2026-04', 'metered:sahko')).toEqual(frozen)
  })
})
