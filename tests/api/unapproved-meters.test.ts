// Meters without approval: recorded for the device, told before a month is issued, a hindrance where the parties agreed on a list.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MonthChecks } from '#contract/checks.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let kunta = ''
let keeper = ''
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T06:00:00Z') })
  await api.fill(twoHouses)
  kunta = await api.token('kunta', ['controller'])
  keeper = await api.token('kunta', ['manager'])
})
afterEach(() => api.close())

const cost = twoHouses.meteredCosts![0]!
const month = '/premises/talo/settlements/2026-03'
const record = async (meter: unknown, token = keeper): Promise<number> =>
  (await api.request(token, 'POST', `/devices/${cost.meter.device}/meter`, { meter })).status
const found = async () =>
  (await api.request(kunta, 'GET', `${month}/checks`))
    .json<MonthChecks>()
    .findings.filter(({ code, items }) => code === 'unapproved-meter' && items.includes(`metered:${cost.id}`))
const hinders = async (): Promise<boolean> =>
  (await api.request(kunta, 'GET', `${month}/details`))
    .json<SettlementDetails>()
    .conditions.some(({ code, hinders: what }) => code === 'unapproved-meter' && what.includes('issue'))
const agree = (unapprovedMeters: object[]): Promise<void> => {
  const [agreement] = twoHouses.agreements!
  const versions = agreement!.versions.map((one) => ({ ...one, terms: { unapprovedMeters } }))
  return api.fill({ agreements: [{ ...agreement!, versions }] } as typeof twoHouses)
}

test('nothing recorded is a note, not approved or no longer verified a warning, approved nothing', async () => {
  expect(await found()).toMatchObject([{ severity: 'note', figures: { why: 'unknown' } }])
  expect(await record({ approved: false })).toBe(204)
  const [refused] = await found()
  expect(refused).toMatchObject({ severity: 'warn', figures: { why: 'not-approved', device: cost.meter.device } })
  expect(refused?.sentence.fi).toContain('ei ole hyväksytty laskutukseen')
  expect(await record({ approved: true, mid: 'B M16', verifiedUntil: '2026-03-31' })).toBe(204)
  expect(await found()).toMatchObject([
    { severity: 'warn', figures: { why: 'verification-over', until: '2026-03-31' } },
  ])
  expect(await record({ approved: true, verifiedUntil: '2026-04-01' })).toBe(204)
  expect(await found()).toEqual([])
  expect(await record(null)).toBe(204)
  expect(await found()).toMatchObject([{ severity: 'note' }])
})

test('with an agreed list only listed meters may decide: any other hinders the issue', async () => {
  await record({ approved: false })
  expect(await hinders()).toBe(false)
  await agree([{ meter: cost.meter, to: '2026-03-15' }])
  expect(await found()).toMatchObject([{ severity: 'hinders' }])
  expect(await hinders()).toBe(true)
  expect((await api.request(kunta, 'POST', `${month}/issue`, {})).status).toBe(409)
  await agree([{ meter: cost.meter }])
  expect(await found()).toEqual([])
  expect(await hinders()).toBe(false)
  expect((await api.request(kunta, 'POST', `${month}/issue`, {})).status).toBe(200)
})

test('a date that is none is refused with its place; another organisation does not see the device', async () => {
  const answer = await api.request(keeper, 'POST', `/devices/${cost.meter.device}/meter`, {
    meter: { approved: true, verifiedUntil: '2026-02-30' },
  })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('/meter/verifiedUntil')
  expect(await record({ approved: true }, await api.token('muu', ['manager']))).toBe(404)
})
