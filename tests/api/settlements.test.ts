// The life of a settlement through the API: draft, issue, answers, close, force, races, explanation, chain and proof.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { Chain, SettlementDetails, SettlementSummaries } from '#contract/settlements.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { verifyProof } from '#verify/verify.mjs'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let kunta: string
let virasto: string
const DAY_MS = 86_400_000
const MARCH = '/premises/talo/settlements/2026-03'

beforeEach(async () => {
  api = await startApi()
  operator = await api.token(null, ['admin'])
  kunta = await api.token('kunta', ['controller', 'signatory'])
  virasto = await api.token('virasto', ['controller', 'signatory'])
  await api.fill(twoHouses)
})
afterEach(async () => {
  await api.close()
})
const get = (path: string, token = kunta): Promise<Answer> => api.request(token, 'GET', path)
const post = (token: string, path: string, body: unknown = {}): Promise<Answer> =>
  api.request(token, 'POST', path, body)
const code = (answer: Answer): [number, string] => [answer.status, answer.problem().code]
const answerFor = (
  token: string,
  party: string,
  answer: string,
  item: string | null = null,
  text = '',
): Promise<Answer> => post(token, `${MARCH}/responses`, { party, item, answer, text })
const force = { force: true, reason: 'tilinpäätös' }

describe('draft', () => {
  test('a recurring cost has its name, or its category and a number; an invoice its number and supplier', async () => {
    const { id: _id, serviceFrom: _from, serviceTo: _to, net: _net, ...common } = twoHouses.invoices![0]!
    const cost = { ...common, amount: '10.00', from: '2026-03-01', to: null }
    const answer = await post(operator, '/import', {
      recurringCosts: [
        { ...cost, id: 'a-2', from: '2026-03-02' },
        { ...cost, id: 'b-1' },
        { ...cost, id: 'c-3', name: { sv: 'Fönstertvätt' } },
      ],
      invoices: [{ ...twoHouses.invoices![0], number: '17', supplier: 'Siivous Oy' }],
    })
    expect(answer.status).toBe(200)
    expect((await get(`${MARCH}/details`)).json<SettlementDetails>().itemNames).toMatchObject({
      'recurring:b-1': { fi: 'Siivous 1', sv: 'Städning 1', en: 'Cleaning 1' },
      'recurring:a-2': { fi: 'Siivous 2' },
      'recurring:c-3': { sv: 'Fönstertvätt' },
      'invoice:siivous': { fi: 'Lasku: 17, Siivous Oy', sv: 'Faktura: 17, Siivous Oy' },
    })
  })

  test('is exactly the form of the page, and follows the facts', async () => {
    const settlement = (await get(MARCH)).json<Settlement>()
    expect(Object.keys(settlement)).toEqual([
      'premises',
      'period',
      'status',
      'items',
      'statements',
      'transfers',
      'blocked',
      'digest',
    ])
    // 1000 kWh × 0.10 = 100.00 and cleaning 100.00, 60 : 40, VAT 25.5 %.
    expect(settlement.statements).toEqual([
      { party: 'kunta', net: '120.00', vat: '30.60', gross: '150.60' },
      { party: 'virasto', net: '80.00', vat: '20.40', gross: '100.40' },
    ])
    expect(settlement.transfers).toEqual([{ from: 'virasto', to: 'kunta', net: '80.00', gross: '100.40' }])
    await post(operator, '/import', {
      readings: [{ device: 'mittari', point: 'energy', values: [['2026-04-01T00:00:00+03:00', '2000.2']] }],
    })
    expect((await get(MARCH)).json<Settlement>().statements[0]).toEqual({
      party: 'kunta',
      net: '120.01',
      vat: '30.60',
      gross: '150.61',
    })
  })

  test('a list of months shows each, with nothing in those before the first cost', async () => {
    const { items } = (await get('/premises/talo/settlements?from=2026-02&to=2026-04')).json<SettlementSummaries>()
    expect(items.map(({ period, status, net, blocked }) => [period, status, net, blocked])).toEqual([
      ['2026-02', 'draft', null, 1],
      ['2026-03', 'draft', '200.00', 0],
      ['2026-04', 'draft', null, 1],
    ])
    expect(items[1]?.byCategory).toEqual([
      { category: 'cleaning', net: '100.00' },
      { category: 'electricity', net: '100.00' },
    ])
  })

  test.each(['2026-3', '2026-13', '26-03', '2026-03-01', 'x'])('the month %s does not exist', async (month) => {
    expect((await get(`/premises/talo/settlements/${month}`)).status).toBe(404)
  })

  test('too many months, and months the wrong way round, are refused', async () => {
    expect(code(await get('/premises/talo/settlements?from=2020-01&to=2026-03'))).toEqual([400, 'bad-request'])
    expect(code(await get('/premises/talo/settlements?from=2026-03&to=2026-02'))).toEqual([400, 'bad-request'])
  })
})

describe('issue and answers', () => {
  test('an issued month is frozen: what comes in later does not change it until it is issued anew', async () => {
    const issued = (await post(kunta, `${MARCH}/issue`)).json<Settlement>()
    expect([issued.status, issued.digest]).toEqual(['issued', null])
    await post(operator, '/import', { invoices: [{ ...twoHouses.invoices?.[0], net: '300.00' }] })
    expect((await get(MARCH)).json()).toEqual(issued)
    const again = (await post(kunta, `${MARCH}/issue`)).json<Settlement>()
    expect(again.statements[0]?.net).toBe('240.00')
    expect((await get(`${MARCH}/details`)).json<SettlementDetails>()).toMatchObject({
      issue: 2,
      acceptances: [
        { party: 'kunta', accepted: false },
        { party: 'virasto', accepted: false },
      ],
    })
  })

  test('closes when every party has accepted, not before; the reason is told', async () => {
    expect(code(await post(kunta, `${MARCH}/close`))).toEqual([409, 'settlement-state'])
    expect(code(await answerFor(virasto, 'virasto', 'accepted'))).toEqual([409, 'settlement-state'])
    await post(kunta, `${MARCH}/issue`)
    expect((await answerFor(kunta, 'kunta', 'accepted')).status).toBe(201)
    const early = await post(kunta, `${MARCH}/close`)
    expect(code(early)).toEqual([409, 'settlement-state'])
    expect(early.problem().detail).toContain('virasto')
    expect((await answerFor(virasto, 'virasto', 'accepted')).status).toBe(201)
    const closed = (await post(kunta, `${MARCH}/close`)).json<Settlement>()
    expect(closed.status).toBe('closed')
    expect(closed.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect((await get(MARCH)).json()).toEqual(closed)
  })

  test('accepting every line is accepting; a dispute stays open until it is withdrawn', async () => {
    const { items } = (await post(kunta, `${MARCH}/issue`)).json<Settlement>()
    await answerFor(kunta, 'kunta', 'accepted')
    for (const { id } of items) await answerFor(virasto, 'virasto', 'accepted', id)
    expect(code(await answerFor(virasto, 'virasto', 'disputed', 'invoice:siivous'))).toEqual([400, 'invalid-body'])
    expect((await answerFor(virasto, 'virasto', 'disputed', 'invoice:siivous', 'Ei siivottu')).status).toBe(201)
    api.clock.now += 30 * DAY_MS
    const hindered = await post(kunta, `${MARCH}/close`)
    expect(code(hindered)).toEqual([409, 'settlement-state'])
    const details = (await get(`${MARCH}/details`)).json<SettlementDetails>()
    expect(details.conditions).toMatchObject([{ code: 'disputed', parties: ['virasto'], items: ['invoice:siivous'] }])
    await answerFor(virasto, 'virasto', 'withdrawn', 'invoice:siivous')
    expect((await post(kunta, `${MARCH}/close`)).status).toBe(200)
  })

  test('silence is acceptance after the comment days, to the millisecond', async () => {
    await post(kunta, `${MARCH}/issue`)
    const { commentsUntil } = (await get(`${MARCH}/details`)).json<SettlementDetails>()
    api.clock.now = Date.parse(commentsUntil ?? '') - 1
    expect(code(await post(kunta, `${MARCH}/close`))).toEqual([409, 'settlement-state'])
    api.clock.now += 1
    expect((await post(kunta, `${MARCH}/close`)).status).toBe(200)
  })

  test('answers to an issue that was replaced do not count', async () => {
    await post(kunta, `${MARCH}/issue`)
    await answerFor(kunta, 'kunta', 'accepted')
    await answerFor(virasto, 'virasto', 'accepted')
    await post(kunta, `${MARCH}/issue`)
    expect(code(await post(kunta, `${MARCH}/close`))).toEqual([409, 'settlement-state'])
  })

  test('everyone answers for themselves, on items that exist; a stranger does nothing', async () => {
    await post(kunta, `${MARCH}/issue`)
    expect(code(await answerFor(kunta, 'virasto', 'accepted'))).toEqual([403, 'not-allowed'])
    expect(code(await answerFor(operator, 'virasto', 'accepted'))).toEqual([403, 'not-allowed'])
    expect(code(await answerFor(virasto, 'virasto', 'accepted', 'invoice:ei-ole'))).toEqual([400, 'invalid-body'])
    const stranger = await api.token('muu', ['controller', 'signatory', 'admin'])
    expect((await answerFor(stranger, 'muu', 'accepted')).status).toBe(404)
    expect((await post(stranger, `${MARCH}/issue`)).status).toBe(404)
    expect((await post(stranger, `${MARCH}/close`, force)).status).toBe(404)
  })

  test('an owner of a device there who shares no cost sees the premises, and not its money', async () => {
    await post(operator, '/import', {
      devices: [
        { id: 'robotti', premises: 'talo', ownership: [{ from: '2026-01-01', to: null, shares: { muu: '1' } }] },
      ],
    })
    const owner = await api.token('muu', ['viewer', 'controller'])
    expect((await get('/premises/talo', owner)).status).toBe(200)
    api.clock.now = Date.parse('2026-04-10T00:00:00Z')
    await get(MARCH, virasto) // a summary does not wait long for what was never computed
    for (const [token, month] of [
      [owner, false],
      [virasto, true],
    ] as const)
      expect((await get('/premises/talo', token)).json<PremisesRecorded>().summary.month !== null).toBe(month)
    expect(code(await get(MARCH, owner))).toEqual([403, 'not-allowed'])
    expect(code(await post(owner, `${MARCH}/issue`))).toEqual([403, 'not-allowed'])
  })
})

describe('close', () => {
  test('by force: an administrator with a reason that every party sees; it waives the acceptances only', async () => {
    expect(code(await post(kunta, `${MARCH}/close`, force))).toEqual([403, 'not-allowed'])
    expect(code(await post(operator, `${MARCH}/close`, { force: true }))).toEqual([400, 'invalid-body'])
    expect(code(await post(operator, '/premises/talo/settlements/2026-04/close', force))).toEqual([
      409,
      'settlement-blocked',
    ])
    expect(code(await post(operator, '/premises/talo/settlements/2026-04/issue'))).toEqual([409, 'settlement-blocked'])
    expect((await post(operator, `${MARCH}/close`, force)).status).toBe(200)
    const details = (await get(`${MARCH}/details`, virasto)).json<SettlementDetails>()
    expect(details.force).toMatchObject({ reason: 'tilinpäätös' })
    expect(details.conditions.map((condition) => condition.code)).toEqual(['already-closed'])
    const audit = (await api.request(operator, 'GET', '/audit')).text
    expect(audit).toContain('tilinpäätös')
  })

  test('a closed month never changes; what comes to light is adjusted in the next', async () => {
    const closed = (await post(operator, `${MARCH}/close`, force)).json<Settlement>()
    await post(operator, '/import', {
      invoices: [{ ...twoHouses.invoices?.[0], net: '110.00' }],
      readings: [{ device: 'mittari', point: 'energy', values: [['2026-05-01T00:00:00+03:00', '2100']] }],
    })
    expect((await get(MARCH)).json()).toEqual(closed)
    for (const path of ['issue', 'close'])
      expect(code(await post(operator, `${MARCH}/${path}`, force))).toEqual([409, 'settlement-state'])
    const april = (await get('/premises/talo/settlements/2026-04')).json<Settlement>()
    expect(april.items.map(({ id, net }) => [id, net])).toEqual([
      ['adjustment:2026-03:invoice:siivous', '10.00'],
      ['metered:sahko', '10.00'],
    ])
  })

  test('F23: of fifty closers at once one wins, the others are told, and the chain has one link', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(operator, `${MARCH}/close`, force)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49)
    expect((await get('/premises/talo/chain')).json<Chain>().links).toHaveLength(1)
  })

  test('fifty with one Idempotency-Key all get the same answer, once done', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        api.request(operator, 'POST', `${MARCH}/close`, force, { 'idempotency-key': 'sama' }),
      ),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(200)
    expect((await get('/premises/talo/chain')).json<Chain>().links).toHaveLength(1)
    const other = await api.request(
      operator,
      'POST',
      `${MARCH}/close`,
      { ...force, reason: 'muu' },
      { 'idempotency-key': 'sama' },
    )
    expect(code(other)).toEqual([409, 'conflict'])
  })

  test('simulated readings: may be issued, not closed, unless the premises is a demonstration', async () => {
    const device = { ...twoHouses.devices?.[0], simulated: true }
    await post(operator, '/import', { devices: [device] })
    expect(code(await post(operator, `${MARCH}/close`, force))).toEqual([409, 'settlement-simulated'])
    expect((await post(kunta, `${MARCH}/issue`)).status).toBe(200)
    expect(code(await post(operator, `${MARCH}/close`, force))).toEqual([409, 'settlement-simulated'])
    expect((await get(`${MARCH}/details`)).json<SettlementDetails>()).toMatchObject({
      simulated: true,
      demonstration: false,
    })
    const mark = (demonstration: boolean): Promise<Answer> =>
      post(operator, '/import', { premises: [{ ...twoHouses.premises?.[0], demonstration }] })
    // A flag that is switched on afterwards does not make a demonstration of what was issued as real.
    await mark(true)
    const late = await post(operator, `${MARCH}/close`, force)
    expect(code(late)).toEqual([409, 'settlement-simulated'])
    expect(late.text).toContain('issue it anew')
    api.clock.now += 1000
    expect((await post(kunta, `${MARCH}/issue`)).status).toBe(200)
    api.clock.now += 1000
    await mark(false)
    expect(code(await post(operator, `${MARCH}/close`, force))).toEqual([409, 'settlement-simulated'])
    await mark(true)
    expect((await post(operator, `${MARCH}/close`, force)).status).toBe(200)
    // What it rests on stays what it was, whatever is said of device and premises later.
    await mark(false)
    await post(operator, '/import', { devices: [{ ...device, simulated: false }] })
    expect((await get(`${MARCH}/details`)).json<SettlementDetails>()).toMatchObject({
      simulated: true,
      demonstration: true,
    })
    expect(verifyProof(JSON.parse((await get(`${MARCH}/proof`)).text))).toMatchObject({ ok: true, demonstration: true })
    // Of a row from before this was kept it is looked up as it was known then.
    const ledger = api.records.ledger
    api.records.ledger = async (premises) => (await ledger(premises)).map((entry) => ({ ...entry, grounds: null }))
    expect((await get(`${MARCH}/details`)).json<SettlementDetails>()).toMatchObject({
      simulated: true,
      demonstration: true,
    })
  })
})

describe('explanation', () => {
  test('tells the way from readings to cents, of a frozen month by what was known then', async () => {
    const path = `${MARCH}/explanations/${encodeURIComponent('metered:sahko')}`
    const draft = await get(path)
    expect(draft.json()).toMatchObject({
      item: 'metered:sahko',
      net: { kind: 'metered', meter: { quantity: '1000', readings: { count: 3 } } },
      shares: [
        { party: 'kunta', cents: '6000' },
        { party: 'virasto', cents: '4000' },
      ],
    })
    await post(kunta, `${MARCH}/issue`)
    api.clock.now += 1000
    await post(operator, '/import', {
      readings: [
        {
          device: 'mittari',
          point: 'energy',
          values: [
            ['2026-03-20T00:00:00+02:00', '1600'],
            ['2026-04-01T00:00:00+03:00', '2500'],
          ],
        },
      ],
    })
    expect((await get(path)).text).toBe(draft.text)
    expect((await get(`${MARCH}/explanations/${encodeURIComponent('metered:ei-ole')}`)).status).toBe(404)
  })
})

describe('chain and proof', () => {
  test('the verifier recomputes the closed month from the proof file alone, also after later changes, and names a changed reading', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'samtila-proof-'))
    const verify = (file: string): { code: number; text: string } => {
      try {
        return {
          code: 0,
          text: execFileSync(process.execPath, ['verify/verify.mjs', file], { encoding: 'utf8', stdio: 'pipe' }),
        }
      } catch (error) {
        const { status, stdout } = error as { status: number; stdout: string }
        return { code: status, text: stdout }
      }
    }
    try {
      expect(code(await get(`${MARCH}/proof`))).toEqual([409, 'settlement-state'])
      await post(kunta, `${MARCH}/issue`)
      api.clock.now += 1000
      // Facts and readings that come after the issue are not what the figures rest on.
      await post(operator, '/import', {
        invoices: [{ ...twoHouses.invoices?.[0], net: '999.00' }],
        readings: [
          {
            device: 'mittari',
            point: 'energy',
            values: [
              ['2026-03-20T00:00:00+02:00', '1600'],
              ['2026-04-01T00:00:00+03:00', '2500'],
            ],
          },
        ],
      })
      api.clock.now += 20 * DAY_MS
      const closed = (await post(kunta, `${MARCH}/close`)).json<Settlement>()
      expect(closed.statements[0]?.net).toBe('120.00')
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const wanted = {
        party: 'virasto',
        publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        signature: sign(null, Buffer.from(closed.digest ?? ''), privateKey).toString('base64'),
      }
      expect(
        code(
          await post(virasto, `${MARCH}/countersignatures`, {
            ...wanted,
            signature: sign(null, Buffer.from('other'), privateKey).toString('base64'),
          }),
        ),
      ).toEqual([400, 'invalid-body'])
      expect(code(await post(kunta, `${MARCH}/countersignatures`, wanted))).toEqual([403, 'not-allowed'])
      expect((await post(virasto, `${MARCH}/countersignatures`, wanted)).status).toBe(201)

      const proof = (await get(`${MARCH}/proof`, virasto)).text
      const file = join(folder, 'proof.json')
      writeFileSync(file, proof)
      const good = verify(file)
      expect([good.code, good.text]).toEqual([0, expect.stringContaining('OK: talo 2026-03')])
      expect(good.text).toContain('countersigned by: virasto; not by: kunta')
      writeFileSync(file, proof.replace('"1500.5"', '"1501.5"'))
      const changed = verify(file)
      expect([changed.code, changed.text]).toEqual([1, expect.stringContaining('readings/mittari/energy')])

      const chain = (await get('/premises/talo/chain')).json<Chain>()
      expect(chain).toMatchObject({
        holds: true,
        links: [{ period: '2026-03', digest: closed.digest, holds: true, countersignatures: [{ party: 'virasto' }] }],
      })
      writeFileSync(file, (await get('/premises/talo/chain/file')).text)
      expect(
        execFileSync(process.execPath, ['verify/verify.mjs', '--chain', file, file], { encoding: 'utf8' }),
      ).toContain('OK')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
