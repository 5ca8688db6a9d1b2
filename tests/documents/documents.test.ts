// Documents of a closed month: made once by the payer's own controller, with numbers without gaps, and XML that the public rules accept.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DocumentShown, MadeDocuments, MonthDocuments } from '#contract/documents.ts'
import { isReferenceNumber } from '#domain/documents/identifiers.ts'
import { sumOf } from '#domain/documents/transfer-parts.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { Answer } from '#tests/api/start-api.ts'
import { finvoiceProblems, needRules, ublProblems } from './validators.ts'
import { closedHouse, details, MARCH, type Documents } from './world.ts'

let world: Documents
const ask = (
  who: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  headers = {},
): Promise<Answer> => world.api.request(world.tokens[who] ?? who, method, path, body, headers)
const make = async (who: string): Promise<MadeDocuments> => {
  const answer = await ask(who, 'POST', `${MARCH}/documents`)
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, ''])
  return answer.json<MadeDocuments>()
}
const file = async (who: string, { id }: DocumentShown, name: string): Promise<string> => {
  const answer = await ask(who, 'GET', `/documents/${id}/files/${name}`)
  expect(answer.status).toBe(200)
  return answer.text
}

beforeAll(async () => {
  world = await closedHouse()
})
afterAll(() => world.close())

describe('documents of a closed month', () => {
  test('what is missing is named; nothing is made and no number is taken', async () => {
    const refused = await ask('kunta', 'POST', `${MARCH}/documents`)
    expect(refused.status).toBe(409)
    expect(refused.problem().problems?.map(({ pointer }) => pointer)).toEqual(['/kunta/details', '/virasto/details'])
    expect(await world.api.records.lastNumber('invoice:kunta:2026')).toBe(0)
  })

  test('invoicing details are checked, and are the organisation’s own', async () => {
    const put = (who: string, of: string, change: object): Promise<Answer> =>
      ask(who, 'PUT', `/organisations/${of}/invoicing-details`, { ...details['kunta'], ...change })
    for (const [change, pointer] of [
      [{ ovt: '003799900017' }, '/ovt'],
      [{ ovt: '003799900024' }, '/ovt'],
      [{ iban: 'FI2112345600000786' }, '/iban'],
      [{ bic: 'nope' }, '/bic'],
      [{ numberPrefix: 'Ä' }, '/numberPrefix'],
    ] as const) {
      const refused = await put('kunta', 'kunta', change)
      expect([refused.status, refused.problem().problems?.map((one) => one.pointer)]).toEqual([400, [pointer]])
    }
    expect((await put('virasto', 'kunta', {})).status).toBe(404)
    expect((await put('viewer', 'kunta', {})).status).toBe(403)
    expect((await ask('virasto', 'GET', '/organisations/kunta/invoicing-details')).status).toBe(404)
    await world.say()
    expect((await put('kunta', 'kunta', {})).status).toBe(428)
    const own = await ask('kunta', 'GET', '/organisations/kunta/invoicing-details')
    expect(own.json()).toMatchObject({ details: { ovt: '003799900016100', iban: 'FI2112345600000785' }, version: 1 })
  })

  test('only the payer’s own controller makes them', async () => {
    expect((await ask('viewer', 'POST', `${MARCH}/documents`)).status).toBe(403)
    expect((await ask('operator', 'POST', `${MARCH}/documents`)).status).toBe(403)
    expect((await ask('muu', 'POST', `${MARCH}/documents`)).status).toBe(404)
    expect((await ask('kunta', 'POST', '/premises/talo/settlements/2026-04/documents')).problem().code).toBe(
      'settlement-state',
    )
  })

  test('made once: the same again, and two at a time, give the same documents', async () => {
    const [one, two] = await Promise.all([make('kunta'), make('kunta')])
    const again = await make('kunta')
    expect(one!.items.map(({ number }) => number)).toEqual(['A7M2026-00001', 'A72026-00001', 'A72026-00002'])
    expect(two!.items).toEqual(one!.items)
    expect(again).toEqual({ items: one!.items, made: 0 })
    expect(await world.api.records.lastNumber('invoice:kunta:2026')).toBe(2)
  })

  test('their gross adds up to the transfers, and their VAT to the cent', async () => {
    const { transfers } = (await ask('kunta', 'GET', MARCH)).json<Settlement>()
    const { items } = (await ask('kunta', 'GET', `${MARCH}/documents`)).json<MonthDocuments>()
    for (const { from, to, net, gross } of transfers) {
      const of = items.filter(({ seller, buyer }) => seller === to && buyer === from)
      if (to !== 'kunta') continue
      expect([sumOf(of.map((one) => one.net)), sumOf(of.map((one) => one.gross))]).toEqual([
        sumOf([net]),
        sumOf([gross]),
      ])
    }
    for (const { number, reference } of items) {
      expect(number.length).toBeLessThanOrEqual(20)
      expect(isReferenceNumber(reference)).toBe(true)
    }
    expect(items.map(({ type }) => type)).toEqual(['memo', 'invoice', 'invoice'])
    const outside = items.find(
      ({ type, breakdown }) => type === 'invoice' && breakdown.some(({ category }) => category === 'O'),
    )
    expect(outside?.breakdown).toHaveLength(1)
  })

  test('seen by seller and buyer, not by a third party or a stranger', async () => {
    const { items } = (await ask('kunta', 'GET', `${MARCH}/documents`)).json<MonthDocuments>()
    const invoice = items.find(({ type }) => type === 'invoice')!
    const sees = async (who: string): Promise<number> => (await ask(who, 'GET', `/documents/${invoice.id}`)).status
    expect(await Promise.all(['kunta', 'virasto', 'osasto', 'muu', 'operator'].map(sees))).toEqual([
      200, 200, 404, 404, 200,
    ])
    expect((await ask('osasto', 'GET', `/documents/${invoice.id}/files/pdf`)).status).toBe(404)
    const own = (await ask('osasto', 'GET', `${MARCH}/documents`)).json<MonthDocuments>()
    expect(own.items.map(({ type }) => type)).toEqual(['memo'])
    expect((await ask('virasto', 'POST', `/documents/${invoice.id}/credit`)).status).toBe(403)
    expect((await ask('muu', 'GET', `${MARCH}/documents`)).status).toBe(404)
  })

  test('Finvoice says what Finnish public buyers need', async () => {
    const { items } = (await ask('virasto', 'GET', `${MARCH}/documents`)).json<MonthDocuments>()
    const xml = await file('virasto', items[0]!, 'finvoice')
    for (const part of [
      '<FromIdentifier SchemeID="0216">003799900016100</FromIdentifier>',
      '<ToIdentifier SchemeID="0216">003799900024017</ToIdentifier>',
      '<ToIntermediator>DABAFIHH</ToIntermediator>',
      '<OrderIdentifier>V19-4711</OrderIdentifier>',
      '<AgreementIdentifier>VIR/12/2026</AgreementIdentifier>',
      'Esimerkkikunta &amp; kumpp. &lt;oy&gt;',
      '<EpiAccountID IdentificationSchemeName="IBAN">FI2112345600000785</EpiAccountID>',
      `<EpiRemittanceInfoIdentifier IdentificationSchemeName="SPY">${items[0]!.reference}</EpiRemittanceInfoIdentifier>`,
      `<EpiInstructedAmount AmountCurrencyIdentifier="EUR">${items[0]!.gross.replace('.', ',')}</EpiInstructedAmount>`,
      '<InvoiceDueDate Format="CCYYMMDD">20260511</InvoiceDueDate>',
      '<VatFreeText>AVL 27 §</VatFreeText>',
      '<VatExemptionReasonCode>VATEX-EU-AE</VatExemptionReasonCode>',
      '/costs/talo/2026-03/items/invoice/siivous</ArticleInfoUrlText>',
    ])
      expect(xml).toContain(part)
  })

  test('the public rules accept every XML, credit notes included', { timeout: 120_000 }, async (context) => {
    needRules(context)
    const { items } = (await ask('kunta', 'GET', `${MARCH}/documents`)).json<MonthDocuments>()
    const credits: DocumentShown[] = []
    for (const one of items.filter(({ type }) => type === 'invoice')) {
      const credit = await ask('kunta', 'POST', `/documents/${one.id}/credit`)
      expect(credit.status).toBe(200)
      credits.push(credit.json<DocumentShown>())
      expect(credits.at(-1)).toMatchObject({ type: 'credit-note', gross: `-${one.gross}`, credits: one.id })
      expect((await ask('kunta', 'POST', `/documents/${one.id}/credit`)).json<DocumentShown>().number).toBe(
        credits.at(-1)?.number,
      )
    }
    expect((await ask('kunta', 'POST', `/documents/${credits[0]!.id}/credit`)).status).toBe(409)
    for (const one of [...items.filter(({ type }) => type === 'invoice'), ...credits]) {
      expect([one.number, finvoiceProblems(await file('kunta', one, 'finvoice'))]).toEqual([one.number, []])
      expect([one.number, ublProblems(await file('kunta', one, 'ubl'))]).toEqual([one.number, []])
    }
  })

  test('what was credited is made anew under the next number, and every file given is in the audit log', async () => {
    const before = await world.api.records.lastNumber('invoice:kunta:2026')
    const made = await make('kunta')
    expect(made.made).toBe(before > 2 ? 2 : 0)
    const admin = await world.api.token('kunta', ['admin'])
    const { items } = (await ask(admin, 'GET', '/audit?premises=talo&limit=200')).json<{
      items: { action: string; actor: object }[]
    }>()
    const actions = items.map(({ action }) => action)
    expect(actions).toContain('document.make')
    expect(actions).toContain('export.document.finvoice')
  })

  test('the ledger of each party is balanced, has its accounts, and is its own', async () => {
    for (const party of ['kunta', 'virasto', 'osasto']) {
      const answer = await ask(party, 'GET', `${MARCH}/ledger?party=${party}`)
      const { items } = answer.json<{
        items: { debit: string; credit: string; account: string | null; entry: string }[]
      }>()
      expect(items.length).toBeGreaterThan(3)
      expect(sumOf(items.map(({ debit }) => debit))).toBe(sumOf(items.map(({ credit }) => credit)))
      if (party === 'virasto') expect(items.find(({ entry }) => entry === 'cost')?.account).toBe('4300')
    }
    expect((await ask('virasto', 'GET', `${MARCH}/ledger?party=kunta`)).status).toBe(404)
    const csv = (await ask('virasto', 'GET', `${MARCH}/ledger?party=virasto&format=csv`)).text
    expect(csv.startsWith('\uFEFFPäiväys;Laji;Tili;')).toBe(true)
    expect(csv).toContain("4300;'=9;")
    expect(csv).toContain("'=cmd()")
  })
})
