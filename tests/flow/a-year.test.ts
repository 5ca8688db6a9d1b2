// One year of a building that four public bodies share, through the API and as its people: agreed, metered, split, disputed, corrected,
// invoiced, verified. Every step is first tried by those who must not take it. The arithmetic of all totals is the test's own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProposalShown } from '#contract/proposals.ts'
import type { Settlement, SettlementDetails } from '#contract/settlements.ts'
import type { ReadingRows } from '#domain/registry/bundle.ts'
import { verifyProof, type Proof } from '#verify/verify.mjs'
import { openCast, type Step } from './year/actors.ts'
import { checkLedgers, checkPapers, makeDocuments, pathOf } from './year/documents.ts'
import * as house from './year/house.ts'
import * as money from './year/money.ts'
import * as meters from './year/readings.ts'

let cast: Awaited<ReturnType<typeof openCast>>
/** Prices that no cost uses yet are anybody's to enter. */
const ANYBODYS = { 'muu.everything': null }
/** Of each month as it was closed. */
const closed = new Map<string, Settlement>()

beforeAll(async () => {
  cast = await openCast(Date.parse('2025-12-08T07:00:00Z'))
  await cast.step({
    by: 'operator',
    method: 'PUT',
    path: '/organisations/muu',
    body: house.ORGANISATIONS.at(-1),
    again: true,
  })
  await cast.enrol('muu')
})
afterAll(() => cast.close())

/** A chapter of the year rests on all before it. */
let broken = false
const chapter = (name: string, work: () => Promise<void>): void =>
  test(name, async ({ skip }) => {
    skip(broken, 'a chapter before it failed')
    broken = true
    await work()
    broken = false
  })
const put = (by: string, path: string, value: { id: string }, refused: Step['refused'] = {}): Promise<unknown> =>
  cast.step({ by, method: 'PUT', path: `${path}/${value.id}`, body: value, refused })

/** From a draft to in force: proposed by the landlord, approved by each party's signatory with its decision. */
async function agree(draft: ReturnType<typeof house.agreement>, parties: string[]): Promise<ProposalShown> {
  const by = 'tilapalvelu.controller'
  const post = (path: string, body?: unknown, refused = {}) =>
    cast.step<ProposalShown>({ by, method: 'POST', path: `/proposals${path}`, body, refused })
  const made = await post('', draft, { 'tilapalvelu.signatory': 403, operator: 403 })
  // A draft is its own organisation's business: the parties don't know of it.
  const hidden = Object.fromEntries([...parties.map((party) => [`${party}.controller`, 404]), ['operator', 404]])
  const proposed = await post(`/${made.id}/propose`, undefined, { ...hidden, 'tilapalvelu.signatory': 403 })
  expect(proposed.missing).toEqual(parties)
  await approve(proposed, parties)
  return proposed
}
async function approve({ id, text }: ProposalShown, parties: string[]): Promise<void> {
  for (const [i, party] of parties.entries()) {
    const other = parties[(i + 1) % parties.length]!
    await cast.step({
      by: `${party}.signatory`,
      method: 'POST',
      path: `/proposals/${id}/approvals`,
      body: { party, decision: `${party.toUpperCase()}/${i + 12}/2026 § ${i + 7}`, text },
      refused: {
        [`${other}.signatory`]: 403,
        [`${party}.controller`]: 403,
        'tilapalvelu.signatory': 403,
        operator: 403,
      },
    })
  }
}

/** The clock goes on to the fifth of the next month; readings, prices and invoices of the month come in. */
async function live(month: string): Promise<void> {
  const [from, to] = meters.spanOf(month)
  cast.clock.now = to + 4 * 86_400_000
  const post = (by: string, body: unknown, refused: Record<string, number>) =>
    cast.step({ by, method: 'POST', path: '/import', body, refused })
  const readings: ReadingRows[] = meters.readingsOf(month)
  await post('tilapalvelu.manager', { readings }, { 'kuusamo.manager': 403 })
  await post(
    'tilapalvelu.controller',
    { priceSeries: [{ id: 'fi-spot', unit: 'EUR/MWh', values: meters.pricesOf(month) }] },
    { 'tilapalvelu.manager': 403, 'poliisi.controller': 403 },
  )
  for (const at of month === `${house.YEAR}-01` ? [from, to] : [to])
    await cast.step({
      by: 'tilapalvelu.manager',
      method: 'POST',
      path: '/devices/water/readings',
      body: {
        point: 'volume',
        at: new Date(at + 8 * 3_600_000).toISOString(),
        value: meters.shown('water', at + 8 * 3_600_000),
      },
      refused: { 'kuusamo.manager': 403, 'tilapalvelu.signatory': 403 },
    })
  for (const invoice of house.invoicesOf(month))
    await put(`${invoice.payer}.controller`, '/invoices', invoice, {
      'kuusamo.controller': 403,
      [`${invoice.payer}.manager`]: 403,
    })
}

const issue = (month: string): Promise<Settlement> =>
  cast.step<Settlement>({
    by: 'tilapalvelu.controller',
    method: 'POST',
    path: `${pathOf(month)}/issue`,
    body: {},
    refused: { 'tilapalvelu.manager': 403, 'poliisi.signatory': 403 },
  })
async function accept(month: string, parties = house.partiesOf(month)): Promise<void> {
  for (const [i, party] of parties.entries())
    await cast.step({
      by: `${party}.${i === 0 ? 'signatory' : 'controller'}`,
      method: 'POST',
      path: `${pathOf(month)}/responses`,
      body: { party, item: null, answer: 'accepted' },
      refused: {
        [`${house.partiesOf(month).find((one) => one !== party)}.controller`]: 403,
        [`${party}.manager`]: 403,
        operator: 403,
      },
    })
}
/** Closes a month that all have accepted, and holds everything that follows from it against its figures. */
async function close(month: string): Promise<Settlement> {
  const settlement = await cast.step<Settlement>({
    by: 'tilapalvelu.controller',
    method: 'POST',
    path: `${pathOf(month)}/close`,
    body: {},
    refused: { 'tilapalvelu.manager': 403, 'kuusamo.signatory': 403 },
  })
  closed.set(month, settlement)
  money.tieOut(settlement)
  const proof = await cast.step<Proof>({ by: 'poliisi.viewer', path: `${pathOf(month)}/proof` })
  expect(verifyProof(proof)).toMatchObject({
    ok: true,
    period: month,
    status: 'closed',
    differences: [],
    digest: settlement.digest,
  })
  await makeDocuments(cast, month, settlement)
  await checkLedgers(cast, month, settlement)
  return settlement
}
async function play(month: string): Promise<Settlement> {
  await live(month)
  const issued = await issue(month)
  await accept(month)
  const settlement = await close(month)
  expect(settlement.items).toEqual(issued.items)
  return settlement
}
const details = (month: string): Promise<SettlementDetails> =>
  cast.read('tilapalvelu.viewer', `${pathOf(month)}/details`)
/** What a month's figures must be by the meters' truth and the key of the month. */
function checkFigures(month: string, settlement: Settlement): void {
  const electricity = money.electricityNet(month)
  const heat = money.heatNet(month)
  const { invoices } = { invoices: house.invoicesOf(month) }
  const cleaning = money.cents(invoices[0]!.net)
  const changed = `${month}-01` >= house.KEY_CHANGE
  const [byArea, byPeople] = changed ? money.divide(heat, [70n, 30n]) : [heat, 0n]
  const heatShares = money.byArea(byArea!).map((cents, i) => cents + money.byPeople(byPeople!)[i]!)
  for (const [id, shares] of [
    ['metered:sahko', money.electricityShares(electricity, month)],
    ['metered:lampo', heatShares],
    [`invoice:siivous-${month}`, changed ? money.byPeople(cleaning) : money.byArea(cleaning)],
    ['recurring:vartiointi', money.divide(82_001n, [1n, 1n, 1n])],
    ['recurring:vakuutus', money.byArea(21_111n)],
  ] as const) {
    const item = money.itemOf(settlement, id)
    const parties = item.shares.map(({ party }) => party)
    expect([month, id, parties, money.sharesOf(item)]).toEqual([month, id, house.partiesOf(month), shares])
  }
}

chapter('December: the building, its tariffs, costs and agreement are entered by those whose they are', async () => {
  for (const organisation of house.ORGANISATIONS.slice(0, -1))
    await put('operator', '/organisations', organisation, { 'muu.everything': 403 })
  await cast.enrol('tilapalvelu', ...house.PARTIES, 'elinvoima')
  for (const one of house.building.premises!)
    await put('tilapalvelu.manager', '/premises', one, { 'tilapalvelu.controller': 403, 'muu.everything': 403 })
  for (const one of house.building.devices!)
    await put('tilapalvelu.manager', '/devices', one, {
      'tilapalvelu.signatory': 403,
      // A device is also its owners' to enter: the town is one of the kiosk's.
      [one.id === 'kioski' ? 'elinvoima.manager' : 'kuusamo.manager']: one.id === 'kioski' ? 404 : 403,
    })
  for (const one of house.costs.priceSeries!)
    await put('tilapalvelu.controller', '/price-series', one, { ...ANYBODYS, 'tilapalvelu.manager': 403 })
  for (const one of house.costs.tariffs!)
    await put('tilapalvelu.controller', '/tariffs', one, { ...ANYBODYS, 'tilapalvelu.manager': 403 })
  for (const one of house.costs.meteredCosts!)
    await put('tilapalvelu.controller', '/metered-costs', one, { 'poliisi.controller': 403 })
  for (const one of house.costs.recurringCosts!)
    await put('tilapalvelu.controller', '/recurring-costs', one, { 'poliisi.controller': 403 })
  await put('poliisi.controller', '/recurring-costs', house.guarding, { 'kuusamo.controller': 403 })
  for (const [id, body] of Object.entries(house.invoicing))
    await cast.step({ by: `${id}.controller`, method: 'PUT', path: `/organisations/${id}/invoicing-details`, body })
  await agree(house.agreement('2026-01-01', false), house.PARTIES)
})

chapter('January: an ordinary month, every figure by hand', async () => {
  const january = await play('2026-01')
  checkFigures('2026-01', january)
  await checkPapers(cast, '2026-01', january)
})

chapter('February to April', async () => {
  for (const month of ['2026-02', '2026-03', '2026-04']) checkFigures(month, await play(month))
  expect((await details('2026-04')).acceptances.every(({ accepted }) => accepted)).toBe(true)
})
