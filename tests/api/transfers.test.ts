// A device changes hands only with the receiver's word: ownership, roles and money pass on the day; a loan comes back by itself.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { TransferShown } from '#contract/transfers.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let giver: string
let receiver: string
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  await api.fill({
    devices: [
      {
        id: 'koppi',
        premises: 'talo',
        ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '2', virasto: '1' } }],
        roles: [
          { role: 'holder', organisation: 'virasto', from: '2026-01-01', to: null },
          { role: 'maintainer', organisation: 'virasto', from: '2026-01-01', to: null },
        ],
        acquisition: {
          cost: '1200.00',
          date: '2025-12-15',
          usefulLifeMonths: 12,
          payer: 'virasto',
          vat: { category: 'S', rate: '25.5' },
        },
        funding: [{ by: 'Valtiokonttori', amount: '100.00', encumberedUntil: '2027-01-01' }],
      },
    ],
  })
  giver = await api.token('virasto', ['manager'])
  receiver = await api.token('muu', ['signatory'])
})
afterEach(async () => api.close())

const wanted = { kind: 'transfer', receiver: 'muu', from: '2026-05-01' }
const offer = async (given: object = wanted, apply = true, token = giver) =>
  api.request(token, 'POST', '/transfers', { device: 'koppi', wanted: given, apply })
const act = async (token: string, id: string, what: string, body: object = {}) =>
  api.request(token, 'POST', `/transfers/${id}/${what}`, body)
const deviceAt = async (at: string) =>
  (await api.request(giver, 'GET', `/devices/koppi?at=${at}`)).json<DeviceRecorded>()
const holders = (device: DeviceRecorded, role: string) =>
  device.rolesAt.filter((one) => one.role === role).map(({ organisation }) => organisation)

test('is previewed with book value, price and encumbrance, and writes nothing until it is offered', async () => {
  const shown = (await offer(wanted, false)).json<TransferShown>()
  expect(shown).toMatchObject({
    id: null,
    state: 'preview',
    figures: { share: '1/3', bookValue: '800.00', shareValue: '266.67', price: '800.00', financed: true },
  })
  expect(shown.figures.encumbering.map(({ by }) => by)).toEqual(['Valtiokonttori'])
  expect((await api.request(receiver, 'GET', '/transfers')).json<{ items: unknown[] }>().items).toEqual([])
})

test('passes part, holder and financing on the day, once the receiver’s signatory accepts', async () => {
  const { id } = (await offer()).json<{ id: string }>()
  expect((await api.request(receiver, 'GET', '/devices/koppi')).status).toBe(404)
  const waiting = (await api.request(receiver, 'GET', '/waiting')).json<WaitingList>().items
  expect(waiting).toMatchObject([{ kind: 'transfer-to-answer', subject: id, waitsFor: 'muu', overdue: false }])
  for (const token of [await api.token('kunta', ['signatory']), await api.token('virasto', ['signatory'])])
    expect((await act(token, id, 'acceptance')).status).toBe(403)
  expect((await act(await api.token(null, ['admin', 'signatory']), id, 'acceptance')).status).toBe(403)
  const accepted = await act(receiver, id, 'acceptance')
  expect(accepted.json<TransferShown>()).toMatchObject({ state: 'accepted', may: [] })
  expect((await act(receiver, id, 'acceptance')).status).toBe(409)
  const [before, after] = [await deviceAt('2026-04-30'), await deviceAt('2026-05-01')]
  expect(holders(before, 'owner')).toEqual(['kunta', 'virasto'])
  expect(holders(after, 'owner').sort()).toEqual(['kunta', 'muu'])
  expect([holders(before, 'holder'), holders(after, 'holder')]).toEqual([['virasto'], ['muu']])
  expect(holders(after, 'maintainer')).toEqual(['virasto'])
  expect(after.acquisition?.payer).toBe('muu')
  expect((await api.request(receiver, 'GET', '/devices/koppi/lifecycle')).status).toBe(200)
})

test('is declined with a reason, or taken back; a stranger sees nothing of it', async () => {
  const { id } = (await offer()).json<{ id: string }>()
  const declined = await act(receiver, id, 'refusal', { reason: 'Ei tilaa' })
  expect(declined.json<TransferShown>()).toMatchObject({ state: 'declined', reason: 'Ei tilaa' })
  const second = (await offer({ ...wanted, receiver: 'kunta' })).json<{ id: string }>()
  expect((await api.request(receiver, 'GET', `/transfers/${second.id}`)).status).toBe(404)
  expect((await act(giver, second.id, 'withdrawal')).json<TransferShown>().state).toBe('withdrawn')
  expect(holders(await deviceAt('2026-05-01'), 'owner')).toEqual(['kunta', 'virasto'])
})

test('is refused when it is not theirs, in the past, or when the books changed since', async () => {
  expect((await offer(wanted, true, await api.token('muu', ['manager']))).status).toBe(404)
  expect((await offer({ ...wanted, from: '2026-04-01' })).problem().problems).toMatchObject([{ code: 'past' }])
  expect((await offer({ ...wanted, receiver: 'virasto' })).problem().problems).toMatchObject([{ code: 'same' }])
  const { id } = (await offer()).json<{ id: string }>()
  const stored = await api.records.getObject({ organisation: null }, 'devices', 'koppi')
  await api.fill({
    devices: [
      { ...stored!.value, ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1', virasto: '1' } }] },
    ],
  })
  expect((await act(receiver, id, 'acceptance')).status).toBe(409)
  const late = (await offer()).json<{ id: string }>()
  api.clock.now = Date.parse('2026-05-02T09:00:00Z')
  expect((await act(receiver, late.id, 'acceptance')).status).toBe(409)
})

test('a loan passes the holder and gives it back by itself; what is overdue is told until it is back', async () => {
  const loan = { kind: 'loan', receiver: 'muu', from: '2026-05-01', to: '2026-06-01' }
  const { id } = (await offer(loan)).json<{ id: string }>()
  await act(receiver, id, 'acceptance')
  expect(holders(await deviceAt('2026-04-30'), 'holder')).toEqual(['virasto'])
  expect(holders(await deviceAt('2026-05-31'), 'holder')).toEqual(['muu'])
  expect(holders(await deviceAt('2026-06-01'), 'holder')).toEqual(['virasto'])
  expect(holders(await deviceAt('2026-05-31'), 'owner')).toEqual(['kunta', 'virasto'])
  api.clock.now = Date.parse('2026-06-02T09:00:00Z')
  const waiting = async () => (await api.request(receiver, 'GET', '/waiting')).json<WaitingList>().items
  expect(await waiting()).toMatchObject([{ kind: 'loan-to-return', overdue: true, waitsFor: 'muu' }])
  expect((await act(giver, id, 'return')).json<TransferShown>().state).toBe('returned')
  expect(await waiting()).toEqual([])
})

test('a co-owner does not lend what another holds', async () => {
  const loan = { kind: 'loan', receiver: 'muu', from: '2026-05-01', to: '2026-06-01' }
  const refused = await offer(loan, true, await api.token('kunta', ['manager']))
  expect([refused.status, refused.problem().problems]).toMatchObject([400, [{ code: 'held-by-another' }]])
  expect((await offer(loan)).status).toBe(201)
})

test('a loan that is back early gives the holder back today', async () => {
  const loan = { kind: 'loan', receiver: 'muu', from: '2026-05-01', to: '2026-06-01' }
  const { id } = (await offer(loan)).json<{ id: string }>()
  await act(receiver, id, 'acceptance')
  api.clock.now = Date.parse('2026-05-10T09:00:00Z')
  await act(giver, id, 'return')
  expect(holders(await deviceAt('2026-05-09'), 'holder')).toEqual(['muu'])
  expect(holders(await deviceAt('2026-05-10'), 'holder')).toEqual(['virasto'])
})
