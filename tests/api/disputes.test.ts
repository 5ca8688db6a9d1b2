// The life of a dispute through the API: opened, taken, answered, asked on, ended; whose turn and until when; what stays payable meanwhile.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DisputePage, DisputeShown } from '#contract/disputes.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

const DAY_MS = 86_400_000
const MARCH = '/premises/talo/settlements/2026-03'
const CLEANING = 'invoice:siivous'
let api: TestApi
let operator = ''
let kunta = ''
let virasto = ''
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-02T06:00:00Z') })
  await api.fill(twoHouses)
  operator = await api.token(null, ['admin', 'controller'])
  kunta = await api.token('kunta', ['controller'])
  virasto = await api.token('virasto', ['controller', 'signatory'])
})
afterEach(() => api.close())
const get = (token: string, path: string): Promise<Answer> => api.request(token, 'GET', path)
const post = (token: string, path: string, body: unknown = {}): Promise<Answer> =>
  api.request(token, 'POST', path, body)
const code = (answer: Answer): [number, string] => [answer.status, answer.problem().code]
const wanted = { party: 'virasto', item: CLEANING, reason: 'amount', text: 'Ei siivottu viikolla 12' }
const open = async (over: object = {}): Promise<DisputeShown> => {
  const answer = await post(virasto, `${MARCH}/disputes`, { ...wanted, ...over })
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([201, expect.anything()])
  return answer.json<DisputeShown>()
}
const step = (token: string, { id }: DisputeShown, body: object): Promise<Answer> =>
  post(token, `/disputes/${id}/steps`, body)
const details = async (): Promise<SettlementDetails> => (await get(kunta, `${MARCH}/details`)).json<SettlementDetails>()
const issue = async (): Promise<void> => {
  api.clock.now += 1000
  expect((await post(kunta, `${MARCH}/issue`)).status).toBe(200)
}
const accept = (token: string, party: string, item: string | null = null): Promise<Answer> =>
  post(token, `${MARCH}/responses`, { party, item, answer: 'accepted' })
const cents = (text: string): number => Math.round(Number(text) * 100)

describe('a dispute', () => {
  beforeEach(issue)

  test('goes to who paid the line, with a clock; each side has its turn, and only its party ends it', async () => {
    const dispute = await open()
    const opened = api.clock.now
    expect(dispute).toMatchObject({
      state: 'open',
      owner: { organisation: 'kunta', person: null },
      turn: 'kunta',
      net: '40.00',
      dueAt: new Date(opened + 14 * DAY_MS).toISOString(),
      overdue: false,
      entries: [{ kind: 'opened', text: 'Ei siivottu viikolla 12', organisation: 'virasto' }],
    })
    expect((await step(kunta, dispute, { step: 'take' })).json<DisputeShown>().owner.person).toBe('token-2')
    expect(code(await step(virasto, dispute, { step: 'reopen', text: 'Milloin?' }))).toEqual([409, 'conflict'])
    api.clock.now += 3 * DAY_MS
    const answered = await step(kunta, dispute, { step: 'answer', answer: 'reject', text: 'Kuittaus liitteenä' })
    expect(answered.json()).toMatchObject({
      state: 'answered',
      turn: 'virasto',
      dueAt: new Date(opened + 17 * DAY_MS).toISOString(),
    })
    const again = await step(virasto, dispute, { step: 'reopen', text: 'Kuittaus on väärästä viikosta' })
    expect(again.json()).toMatchObject({ state: 'open', turn: 'kunta', answer: null })
    api.clock.now += 14 * DAY_MS - 1
    expect((await get(virasto, `/disputes/${dispute.id}`)).json()).toMatchObject({ overdue: false })
    api.clock.now += 1
    expect((await get(virasto, `/disputes/${dispute.id}`)).json()).toMatchObject({ overdue: true })
    expect(code(await step(kunta, dispute, { step: 'resolve', outcome: 'withdrawn' }))).toEqual([403, 'not-allowed'])
    const ended = await step(virasto, dispute, { step: 'resolve', outcome: 'withdrawn', text: 'Selvä' })
    expect(ended.json()).toMatchObject({ state: 'resolved', outcome: 'withdrawn', turn: null, dueAt: null })
    expect(ended.json<DisputeShown>().entries.map(({ kind }) => kind)).toEqual([
      'opened',
      'taken',
      'answered',
      'reopened',
      'resolved',
    ])
    expect((await details()).responses.map(({ answer, item }) => [answer, item])).toEqual([
      ['disputed', CLEANING],
      ['withdrawn', CLEANING],
    ])
    expect(code(await step(kunta, dispute, { step: 'message', text: 'Kiitos' }))).toEqual([409, 'conflict'])
  })

  test('an attached file is read by those concerned and by nobody else', async () => {
    const sent = await api.request(virasto, 'POST', '/files?name=kuva.png', Buffer.from('PNG'), {
      'content-type': 'image/png',
    })
    const { digest } = sent.json<{ digest: string }>()
    const dispute = await open({ files: [{ digest, name: 'kuva.png' }] })
    expect(dispute.entries[0]?.files).toEqual([{ digest, name: 'kuva.png' }])
    expect((await get(kunta, `/files/${digest}`)).text).toBe('PNG')
    const stranger = await api.token('muu', ['controller', 'admin', 'signatory'])
    expect((await get(stranger, `/files/${digest}`)).status).toBe(404)
    expect((await step(kunta, dispute, { step: 'message', text: 'Nähty' })).status).toBe(200)
    expect((await get(virasto, `/files/${digest}`)).status).toBe(200)
    const unknown = { ...wanted, item: null, files: [{ digest: `sha256:${'0'.repeat(64)}`, name: 'x' }] }
    expect((await post(virasto, `${MARCH}/disputes`, unknown)).status).toBeGreaterThanOrEqual(400)
    expect((await details()).acceptances[1]?.disputedItems).toEqual([CLEANING])
  })

  test('the undisputed rest is payable: both add up to the settlement, to the cent', async () => {
    await open()
    const { payable, settlement } = await details()
    expect(payable.statements).toEqual([
      {
        party: 'kunta',
        payable: { net: '120.00', vat: '30.60', gross: '150.60' },
        disputed: { net: '0.00', vat: '0.00', gross: '0.00' },
      },
      {
        party: 'virasto',
        payable: { net: '40.00', vat: '10.20', gross: '50.20' },
        disputed: { net: '40.00', vat: '10.20', gross: '50.20' },
      },
    ])
    expect(payable.transfers).toEqual([
      {
        from: 'virasto',
        to: 'kunta',
        payable: { net: '40.00', gross: '50.20' },
        disputed: { net: '40.00', gross: '50.20' },
      },
    ])
    await open({ item: null, reason: 'other' })
    const whole = (await details()).payable
    for (const [index, { payable: now, disputed }] of whole.statements.entries())
      for (const key of ['net', 'vat', 'gross'] as const)
        expect(cents(now[key]) + cents(disputed[key])).toBe(cents(settlement.statements[index]![key]))
    expect(whole.transfers[0]).toMatchObject({ payable: { gross: '0.00' }, disputed: { gross: '100.40' } })
  })

  test('hinders the closing, also by force; the outcome adjustment lets it close and its correction comes later', async () => {
    await accept(kunta, 'kunta')
    const dispute = await open()
    api.clock.now += 60 * DAY_MS
    const force = { force: true, reason: 'tilinpäätös' }
    expect(code(await post(operator, `${MARCH}/close`, force))).toEqual([409, 'settlement-state'])
    expect((await details()).conditions).toMatchObject([{ code: 'disputed', parties: ['virasto'], items: [CLEANING] }])
    await step(kunta, dispute, { step: 'answer', answer: 'adjust', text: 'Hyvitetään 20 euroa' })
    expect((await step(virasto, dispute, { step: 'resolve', outcome: 'adjustment' })).status).toBe(200)
    expect((await post(kunta, `${MARCH}/close`)).status).toBe(200)
    await post(operator, '/import', { invoices: [{ ...twoHouses.invoices?.[0], net: '80.00' }] })
    const april = (await get(virasto, '/premises/talo/settlements/2026-04')).json<{
      items: { id: string; net: string }[]
    }>()
    expect(april.items.find(({ id }) => id === `adjustment:2026-03:${CLEANING}`)?.net).toBe('-20.00')
  })

  test('carries over when the month is issued anew, until its own party accepts the mended line or withdraws', async () => {
    const dispute = await open()
    expect(code(await step(virasto, dispute, { step: 'resolve', outcome: 'rectified' }))).toEqual([409, 'conflict'])
    await post(operator, '/import', { invoices: [{ ...twoHouses.invoices?.[0], net: '80.00' }] })
    await issue()
    expect((await details()).acceptances).toMatchObject([
      { party: 'kunta', disputedItems: [] },
      { party: 'virasto', accepted: false, disputedItems: [CLEANING] },
    ])
    expect((await details()).payable.statements[1]).toMatchObject({ disputed: { net: '32.00' } })
    await accept(kunta, 'kunta')
    api.clock.now += 30 * DAY_MS
    expect(code(await post(kunta, `${MARCH}/close`))).toEqual([409, 'settlement-state'])
    await accept(virasto, 'virasto', CLEANING)
    expect((await get(virasto, `/disputes/${dispute.id}`)).json()).toMatchObject({
      state: 'resolved',
      outcome: 'rectified',
    })
    expect((await post(kunta, `${MARCH}/close`)).status).toBe(200)
  })

  test('of a line that is gone since is ended by its party too', async () => {
    const dispute = await open()
    const { digest: _digest, ...moved } = { ...twoHouses.invoices![0]!, digest: '' }
    await post(operator, '/import', { invoices: [{ ...moved, serviceFrom: '2026-02-01', serviceTo: '2026-03-01' }] })
    await issue()
    expect((await details()).acceptances[1]).toMatchObject({ disputedItems: [CLEANING] })
    expect((await step(virasto, dispute, { step: 'resolve', outcome: 'rectified' })).status).toBe(200)
    expect((await details()).acceptances[1]).toMatchObject({ disputedItems: [] })
  })

  test('the ledger of words and disputes go together, whichever way it is said', async () => {
    await post(virasto, `${MARCH}/responses`, { party: 'virasto', item: CLEANING, answer: 'disputed', text: 'Väärin' })
    const list = async (query = ''): Promise<DisputeShown[]> =>
      (await get(virasto, `/disputes?premises=talo&period=2026-03${query}`)).json<DisputePage>().items
    expect(await list()).toMatchObject([{ state: 'open', reason: 'other', item: CLEANING }])
    expect(code(await post(virasto, `${MARCH}/disputes`, wanted))).toEqual([409, 'conflict'])
    await accept(virasto, 'virasto')
    expect(await list('&state=open')).toEqual([])
    expect(await list()).toMatchObject([{ state: 'resolved', outcome: 'withdrawn' }])
    expect((await open()).id).not.toBe((await list('&state=resolved'))[0]?.id)
  })
})

describe('who may', () => {
  test('everyone disputes for themselves, with the right role, in an issued month, against one who is concerned', async () => {
    expect(code(await post(virasto, `${MARCH}/disputes`, wanted))).toEqual([409, 'settlement-state'])
    await issue()
    expect(code(await post(kunta, `${MARCH}/disputes`, wanted))).toEqual([403, 'not-allowed'])
    expect(code(await post(operator, `${MARCH}/disputes`, wanted))).toEqual([403, 'not-allowed'])
    for (const roles of [['viewer'], ['technician'], ['manager'], ['admin']] as const)
      expect(code(await post(await api.token('virasto', [...roles]), `${MARCH}/disputes`, wanted))).toEqual([
        403,
        'not-allowed',
      ])
    const stranger = await api.token('muu', ['controller', 'signatory', 'admin'])
    expect((await post(stranger, `${MARCH}/disputes`, { ...wanted, party: 'muu' })).status).toBe(404)
    for (const owner of ['muu', 'virasto'])
      expect(code(await post(virasto, `${MARCH}/disputes`, { ...wanted, owner }))).toEqual([400, 'invalid-body'])
    expect(code(await post(virasto, `${MARCH}/disputes`, { ...wanted, item: 'invoice:ei-ole' }))).toEqual([
      400,
      'invalid-body',
    ])
    const dispute = await open()
    expect((await get(stranger, `/disputes/${dispute.id}`)).status).toBe(404)
    expect((await step(stranger, dispute, { step: 'message', text: 'x' })).status).toBe(404)
    expect((await get(stranger, '/disputes')).json<DisputePage>().items).toEqual([])
    for (const body of [{ step: 'take' }, { step: 'answer', answer: 'reject', text: 'x' }])
      for (const token of [virasto, operator])
        expect(code(await step(token, dispute, body))).toEqual([403, 'not-allowed'])
    for (const outcome of ['withdrawn', 'adjustment'])
      expect(code(await step(operator, dispute, { step: 'resolve', outcome }))).toEqual([403, 'not-allowed'])
  })

  test('a month that is not over is neither issued nor closed, by nobody, until its last local instant has passed', async () => {
    api.clock.now = Date.parse('2026-03-31T20:59:59.999Z')
    for (const [token, path, body] of [
      [kunta, 'issue', {}],
      [kunta, 'close', {}],
      [operator, 'close', { force: true, reason: 'kiire' }],
    ] as const) {
      const answer = await post(token, `${MARCH}/${path}`, body)
      expect(code(answer)).toEqual([409, 'settlement-state'])
      expect(answer.problem().detail).toContain('not over before 2026-03-31T21:00:00.000Z')
    }
    expect((await details()).conditions[0]).toMatchObject({ code: 'not-over', hinders: ['issue', 'close'] })
    api.clock.now += 1
    expect((await post(kunta, `${MARCH}/issue`)).status).toBe(200)
  })
})

test('who waits for whom: from the issue over the answers and a dispute to the closing', async () => {
  const waiting = async (token: string, query = ''): Promise<string[]> =>
    (await get(token, `/waiting${query}`))
      .json<WaitingList>()
      .items.map(({ kind, waitsFor, overdue }) => `${kind} ${waitsFor}${overdue ? ' overdue' : ''}`)
  await get(kunta, MARCH) // a glance does not wait long for what was never computed
  expect(await waiting(kunta)).toEqual(['month-to-issue kunta'])
  expect(await waiting(virasto)).toEqual([])
  await issue()
  expect(await waiting(virasto)).toEqual(['month-to-accept virasto'])
  expect(await waiting(virasto, '?for=all')).toEqual(['month-to-accept kunta', 'month-to-accept virasto'])
  await accept(kunta, 'kunta')
  const dispute = await open()
  expect(await waiting(kunta)).toEqual(['dispute-to-answer kunta'])
  expect(await waiting(virasto)).toEqual([])
  await step(kunta, dispute, { step: 'answer', answer: 'reject', text: 'Ei' })
  expect(await waiting(virasto)).toEqual(['dispute-to-settle virasto'])
  api.clock.now += 15 * DAY_MS
  expect(await waiting(virasto)).toEqual(['dispute-to-settle virasto overdue'])
  await step(virasto, dispute, { step: 'resolve', outcome: 'withdrawn' })
  expect(await waiting(kunta)).toEqual(['month-to-close kunta'])
  const stranger = await api.token('muu', ['controller'])
  expect(await waiting(stranger, '?for=all')).toEqual([])
  expect((await get(stranger, '/waiting?premises=talo')).status).toBe(404)
})
