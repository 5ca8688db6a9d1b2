// That the public rules are really run: Peppol's own examples pass, and a copy with one fault is refused by the rule that it breaks.
import { describe, expect, test } from 'vitest'
import { examples, needRules, schematronProblems, ublProblems } from './validators.ts'

describe('the rules of e-invoices are run', () => {
  test('Peppol’s own examples break none', { timeout: 120_000 }, (context) => {
    needRules(context)
    for (const [name, xml] of Object.entries(examples())) {
      expect([name, ublProblems(xml)]).toEqual([name, []])
    }
  })

  test.for([
    ['CEN-EN16931-UBL.sch', 'BR-02', /<cbc:ID>[^<]*<\/cbc:ID>/, ''],
    [
      'CEN-EN16931-UBL.sch',
      'BR-CO-15',
      /<cbc:TaxInclusiveAmount currencyID="EUR">[\d.]+/,
      '<cbc:TaxInclusiveAmount currencyID="EUR">1.00',
    ],
    ['PEPPOL-EN16931-UBL.sch', 'PEPPOL-EN16931-R003', /<cbc:BuyerReference>[^<]*<\/cbc:BuyerReference>/, ''],
    [
      'PEPPOL-EN16931-UBL.sch',
      'PEPPOL-EN16931-R120',
      /<cbc:PriceAmount currencyID="EUR">[\d.]+/,
      '<cbc:PriceAmount currencyID="EUR">99999',
    ],
    ['CEN-EN16931-UBL.sch', 'BR-CL-23', /unitCode="[^"]*"/, 'unitCode="NOPE"'],
    ['CEN-EN16931-UBL.sch', 'BR-CL-03', /currencyID="EUR"/, 'currencyID="XXX9"'],
  ] as const)('%s finds %s', { timeout: 60_000 }, ([rules, id, part, instead], context) => {
    needRules(context)
    const xml = examples()['base-example.xml'] ?? ''
    expect(xml).toMatch(part)
    expect(schematronProblems(rules, xml.replace(part, instead))).toContain(id)
  })
})
