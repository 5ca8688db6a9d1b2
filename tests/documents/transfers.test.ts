// Random settlements with both directions, negative shares and every VAT category: documents add up to the transfers to the cent.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWriter } from '#domain/explain/writer.ts'
import { creditOf, numberOf, referenceOf, vatReason, type IssuedDocument } from '#domain/documents/document.ts'
import { ledgerLines } from '#domain/documents/ledger.ts'
import { centsOf, sumOf, transferParts, type TransferPart } from '#domain/documents/transfer-parts.ts'
import { DOCUMENTS_WORDS } from '#domain/documents/words/documents-words.ts'
import { formatCents } from '#domain/quantity/money.ts'
import { statementsOf, transfersOf } from '#domain/settlement/statements.ts'
import type { Item, Settlement } from '#domain/settlement/settlement.ts'
import { vatGroups } from '#domain/settlement/vat.ts'
import { invoiceContent } from '#domain/documents/invoice-content.ts'
import { finvoiceXml } from '#api/documents/finvoice.ts'
import type { SellerDetails } from '#api/documents/parties.ts'
import { ublXml } from '#api/documents/ubl.ts'
import { finvoiceProblems, needRules, ublProblems } from './validators.ts'

const PARTIES = ['a', 'b', 'c']
const anyCents = fc.integer({ min: -99_999, max: 999_999 })
/** The XPath engine's decimals are binary floats: its sums of quarters of a euro are exact. */
const quarters = fc.integer({ min: -999, max: 9_999 }).map((quarter) => quarter * 25)
const vat = fc.oneof(
  fc.constantFrom('25.5', '13.5', '10').map((rate) => ({ category: 'S' as const, rate })),
  fc.constantFrom('Z', 'E', 'O', 'AE').map((category) => ({ category, rate: '0' })),
)
const settlementsOf = (cents: fc.Arbitrary<number>): fc.Arbitrary<Settlement> =>
  fc
    .array(fc.record({ payer: fc.constantFrom(...PARTIES), vat, shares: fc.tuple(cents, cents, cents) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((rows): Settlement => {
      const items = rows.map(({ payer, vat: treatment, shares }, i): Item => ({
        id: `invoice:i${i}`,
        category: 'cleaning',
        source: 'invoice',
        payer,
        net: formatCents(shares.reduce((sum, one) => sum + BigInt(one), 0n)),
        vat: treatment as Item['vat'],
        estimated: '0',
        shares: PARTIES.map((party, at) => ({ party, net: formatCents(BigInt(shares[at] ?? 0)) })),
        blocked: null,
      }))
      const groups = vatGroups(
        items.map((item) => ({
          ...item,
          shares: item.shares.map(({ party, net }) => ({ party, cents: centsOf(net) })),
        })),
      )
      return {
        premises: 'talo',
        period: '2026-03',
        status: 'closed',
        items,
        statements: statementsOf(PARTIES, groups),
        transfers: transfersOf(groups),
        blocked: [],
        digest: `sha256:${'0'.repeat(64)}`,
      }
    })

const settlements = settlementsOf(anyCents)

const details: SellerDetails = {
  address: { street: 'Katu 1', postCode: '00100', town: 'Helsinki', country: 'FI' },
  ovt: '003799900016',
  operator: 'DABAFIHH',
  iban: 'FI2112345600000785',
  bic: 'NDEAFIHH',
  vatRegistered: true,
}
const documentOf = (part: TransferPart, count: number): IssuedDocument => {
  const number = numberOf('2026', count, '', 'invoice')
  return {
    type: part.gross.startsWith('-') ? 'credit-note' : 'invoice',
    number,
    date: '2026-04-20',
    dueDate: '2026-05-11',
    language: 'fi',
    seller: { id: part.seller, name: 'Myyjä <&>', businessId: '9990001-6', details },
    buyer: { id: part.buyer, name: 'Ostaja', businessId: '9990002-4', details: { ...details, ovt: '003799900024' } },
    wishes: { buyerReference: 'viite', contractNumber: 'S-1' },
    premises: { id: 'talo', name: 'Talo' },
    period: '2026-03',
    days: { first: '2026-03-01', last: '2026-03-31' },
    settlementDigest: 'sha256:0',
    reference: referenceOf(number),
    lines: part.lines.map((line) => ({ ...line, text: 'Siivous "]]>', link: 'https://x.example/?a=1&b=2' })),
    breakdown: part.breakdown.map((one) => ({
      ...one,
      ...vatReason(one.category, undefined, DOCUMENTS_WORDS.fi.reasons),
    })),
    net: part.net,
    vat: part.vat,
    gross: part.gross,
    credits: null,
    demonstration: true,
    simulated: false,
  }
}

describe('documents of random settlements', () => {
  test('lines, breakdowns and documents add up to the transfers', () => {
    fc.assert(
      fc.property(settlements, (settlement) => {
        for (const transfer of settlement.transfers) {
          for (const memo of [false, true]) {
            const parts = transferParts(settlement, transfer, memo)
            const sign = parts[0]?.seller === transfer.to ? 1n : -1n
            expect(sign * sumOf(parts.map(({ gross }) => gross))).toBe(centsOf(transfer.gross))
            expect(sign * sumOf(parts.map(({ net }) => net))).toBe(centsOf(transfer.net))
            for (const part of parts) {
              expect(sumOf(part.lines.map(({ net }) => net))).toBe(centsOf(part.net))
              for (const { category, rate, net } of part.breakdown) {
                const lines = part.lines.filter(({ vat: of }) => of.category === category && of.rate === rate)
                expect(sumOf(lines.map((line) => line.net))).toBe(centsOf(net))
              }
              const credit = creditOf(documentOf(part, 1), 'x', {
                number: '2',
                date: '2026-05-01',
                dueDate: '2026-05-22',
              })
              expect(centsOf(credit.gross) + centsOf(part.gross)).toBe(0n)
              expect(credit.type).toBe(part.gross.startsWith('-') ? 'invoice' : 'credit-note')
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('every ledger is balanced, and what one owes is what the other is owed', () => {
    fc.assert(
      fc.property(settlements, (settlement) => {
        const ledgers = new Map(PARTIES.map((party) => [party, ledgerLines(settlement, party, [])]))
        const between = (own: string, other: string): bigint =>
          (ledgers.get(own) ?? [])
            .filter(
              ({ counterparty, entry }) => counterparty === other && (entry === 'receivable' || entry === 'payable'),
            )
            .reduce((sum, { debit, credit }) => sum + centsOf(debit) - centsOf(credit), 0n)
        for (const [party, lines] of ledgers) {
          expect(sumOf(lines.map(({ debit }) => debit))).toBe(sumOf(lines.map(({ credit }) => credit)))
          for (const other of PARTIES) expect(between(party, other)).toBe(-between(other, party))
        }
        for (const { from, to, gross } of settlement.transfers) expect(between(to, from)).toBe(centsOf(gross))
      }),
      { numRuns: 300 },
    )
  })

  test('XML of both forms carries exactly these amounts, and the schema accepts it', { timeout: 60_000 }, (context) => {
    needRules(context)
    fc.assert(
      fc.property(settlements, (settlement) => {
        for (const [i, part] of settlement.transfers.flatMap((one) => transferParts(settlement, one)).entries()) {
          const document = documentOf(part, i + 1)
          const finvoice = finvoiceXml(document, details, details, Date.UTC(2026, 3, 20))
          expect(finvoiceProblems(finvoice)).toEqual([])
          const amounts = (xml: string, name: string): bigint[] =>
            [...xml.matchAll(new RegExp(`<${name} [^>]*>([^<]*)<`, 'g'))].map(([, text]) =>
              centsOf((text ?? '').replace(',', '.')),
            )
          const total = (xml: string, name: string): bigint => amounts(xml, name).reduce((sum, one) => sum + one, 0n)
          expect(total(finvoice, 'RowVatExcludedAmount')).toBe(centsOf(part.net))
          expect(amounts(finvoice, 'EpiInstructedAmount')).toEqual([centsOf(part.gross)])
          const ubl = ublXml(document, details, details)
          const sign = document.type === 'credit-note' ? -1n : 1n
          expect(amounts(ubl, 'cbc:PayableAmount')).toEqual([sign * centsOf(part.gross)])
          expect(total(ubl.split('cac:LegalMonetaryTotal')[2] ?? '', 'cbc:LineExtensionAmount')).toBe(
            sign * centsOf(part.net),
          )
        }
      }),
      { numRuns: 25 },
    )
  })

  test('EN 16931 and Peppol accept them', { timeout: 240_000 }, (context) => {
    needRules(context)
    const some = fc
      .sample(settlementsOf(quarters), { numRuns: 40, seed: 7 })
      .flatMap((settlement) => settlement.transfers.flatMap((one) => transferParts(settlement, one)))
    const chosen = [
      some.find(({ gross }) => gross.startsWith('-')),
      ...some.filter(({ lines }) => lines.length < 8).slice(0, 4),
    ]
    for (const [i, part] of chosen.entries()) {
      if (part === undefined) throw new Error('no credit note among the random ones')
      expect([
        part,
        ublProblems(ublXml(documentOf(part, i + 1), details, { ...details, ovt: '003799900024' })),
      ]).toEqual([part, []])
    }
  })

  test('a text to read says all amounts in each language', () => {
    const [settlement] = fc.sample(settlements, { numRuns: 1, seed: 3 })
    const [part] = settlement!.transfers.flatMap((one) => transferParts(settlement!, one))
    for (const language of ['fi', 'sv', 'en'] as const) {
      const content = invoiceContent(
        { ...documentOf(part!, 1), language },
        createWriter(language, 'Europe/Helsinki', () => undefined),
      )
      expect(content.title).toContain('2026-00001')
      expect(JSON.stringify(content)).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})
