// Invoices: one row is one VAT group of an invoice; the same number of the same supplier is taken once.
import { formatDecimal, parseDecimal } from '#domain/quantity/decimal.ts'
import { monthDays, formatDay } from '#domain/quantity/local-date.ts'
import { parseCents } from '#domain/quantity/money.ts'
import type { Invoice, VatCategory } from '#domain/registry/bundle.ts'
import { amountHint, dayAfter, idOfText, isAmbiguousAmount, plainWord } from './cells.ts'
import { costCategoryOf, isCommonCategory } from './cost-category.ts'
import { PREMISES_FIELD, textField } from './fields.ts'
import type { ImportKnown } from './import.ts'
import { ROWS_PER_STEP, type ImportRules, type Sheet } from './rules.ts'
import type { RowReader } from './row-reader.ts'

const CATEGORIES: readonly VatCategory[] = ['S', 'Z', 'E', 'O', 'AE']

export const INVOICE_RULES: ImportRules = {
  fields: [
    textField(
      'supplier',
      ['toimittaja', 'myyjä', 'leverantör', 'säljare', 'seller', 'vendor', 'toimittajan nimi'],
      true,
    ),
    textField(
      'number',
      [
        'laskun numero',
        'laskunumero',
        'lasku',
        'fakturanummer',
        'faktura',
        'invoice number',
        'invoice',
        'invoice no',
        'numero',
      ],
      true,
    ),
    PREMISES_FIELD,
    textField(
      'category',
      [
        'kustannuslaji',
        'cost category',
        'kululaji',
        'laji',
        'kategoria',
        'kostnadsslag',
        'slag',
        'kategori',
        'cost type',
      ],
      true,
    ),
    { key: 'payer', form: 'organisation', required: true, words: ['maksaja', 'ostaja', 'betalare', 'köpare', 'buyer'] },
    {
      key: 'net',
      form: 'decimal',
      required: true,
      words: [
        'netto',
        'veroton',
        'veroton summa',
        'summa ilman alv',
        'ilman alv',
        'belopp utan moms',
        'utan moms',
        'exkl. moms',
        'alv 0',
        'summa alv 0',
        'skattefri',
        'net amount',
        'net',
        'excl. vat',
        'amount excluding vat',
        'amount',
      ],
    },
    {
      key: 'vatRate',
      form: 'decimal',
      required: true,
      words: [
        'alv',
        'alv prosentti',
        'verokanta',
        'alv %',
        'momsprocent',
        'moms',
        'momssats',
        'moms %',
        'vat',
        'vat rate',
        'vat %',
      ],
    },
    {
      key: 'vatCategory',
      form: 'choice',
      choices: CATEGORIES,
      words: ['verokoodi', 'alv-luokka', 'momskod', 'vat category', 'vat code'],
    },
    textField('vatBasis', [
      'veroperuste',
      'veron peruste',
      'grund för momsen',
      'ground of the vat',
      'peruste',
      'momsgrund',
      'exemption reason',
      'vat basis',
    ]),
    {
      key: 'gross',
      form: 'decimal',
      words: [
        'brutto',
        'verollinen',
        'verollinen summa',
        'belopp med moms',
        'yhteensä',
        'inklusive moms',
        'totalt',
        'gross amount',
        'total',
      ],
    },
    { key: 'month', form: 'text', words: ['kuukausi', 'kausi', 'månad', 'period', 'palvelukuukausi'] },
    {
      key: 'serviceFrom',
      form: 'date',
      words: [
        'alkaen',
        'ensimmäinen päivä',
        'första dag',
        'first day',
        'kauden alku',
        'ajalta',
        'alkupäivä',
        'alkaa',
        'börjar',
        'från',
        'periodstart',
        'from',
        'start',
        'period start',
        'service from',
      ],
    },
    {
      key: 'lastDay',
      form: 'date',
      words: [
        'asti',
        'kauden loppu',
        'loppupäivä',
        'viimeinen päivä',
        'päättyy',
        'slutar',
        'sista dag',
        'till',
        'periodslut',
        'to',
        'end',
        'period end',
        'service to',
        'last day',
      ],
    },
    {
      key: 'invoiceDate',
      form: 'date',
      words: [
        'laskun päiväys',
        'päiväys',
        'pvm',
        'laskupäivä',
        'fakturans datum',
        'fakturadatum',
        'datum',
        'invoice date',
        'date',
      ],
    },
    { ...textField('currency', ['valuutta', 'valuta']), default: 'EUR' },
    { key: 'device', form: 'device', words: ['laite', 'enhet', 'anordning', 'utrustning'] },
  ],
  *read(sheet) {
    const invoices: Invoice[] = []
    const groups = new Map<string, { id: string; row: number; supplier: string; number: string }[]>()
    const known = new Map<string, string>()
    for (const one of sheet.known.invoices)
      if (one.number !== undefined && one.supplier !== undefined) known.set(keyOf(one.supplier, one.number), one.id)
    let seen = 0
    for (const row of sheet.rows()) {
      seen += 1
      if (seen % ROWS_PER_STEP === 0) yield
      const invoice = invoiceOf(row, sheet.known)
      if (invoice === null) continue
      const key = keyOf(invoice.supplier, invoice.number)
      const stored = known.get(key)
      if (stored !== undefined) {
        row.tell(
          'number',
          'known-already',
          `The invoice ${invoice.number} of ${invoice.supplier} is in already, as ${stored}. Leave the row out, or change that invoice.`,
        )
        continue
      }
      const group = groups.getOrInsert(key, [])
      const twin = group.find(({ id }) => id === invoice.id)
      if (twin !== undefined) {
        row.tell(
          'number',
          'duplicate',
          `Row ${twin.row} is the same invoice with the same VAT and category. Leave one of them out.`,
        )
        continue
      }
      group.push({ id: invoice.id, row: row.row, supplier: invoice.supplier, number: invoice.number })
      sheet.origin.set(`/invoices/${invoices.length}`, row.row)
      invoices.push(invoice)
      tellLateDate(row, invoice, sheet)
      tellOtherCategory(row, invoice, sheet)
    }
    sheet.bundle.invoices = invoices
  },
}

const keyOf = (supplier: string, number: string): string => `${plainWord(supplier)}/${plainWord(number)}`

function invoiceOf(
  row: RowReader,
  { costTypes }: ImportKnown,
): (Invoice & { supplier: string; number: string }) | null {
  const [supplier, number, costType] = [row.text('supplier'), row.text('number'), row.text('category')]
  const premises = row.premises()
  const payer = row.organisation('payer')
  const [net, rate, gross] = [row.decimal('net'), row.decimal('vatRate'), row.decimal('gross')]
  const vatCategory = row.choice('vatCategory') ?? (rate === '0' ? null : 'S')
  const basis = row.text('vatBasis')
  const period = periodOf(row)
  const device = row.device('device')
  if (rate === '0' && vatCategory === null)
    row.tell(
      'vatCategory',
      'missing',
      'With a rate of 0 % the reason counts: Z zero-rated, E exempt, O outside the scope, AE reverse charge.',
    )
  for (const key of ['net', 'gross'] as const)
    if (isAmbiguousAmount(row.raw(key))) row.tell(key, 'ambiguous-amount', amountHint(row.raw(key)))
  if (net !== null && !isAmbiguousAmount(row.raw('net')) && parseCents(net) === null)
    row.tell('net', 'not-whole-cents', `${net} is not in whole cents.`)
  if (net !== null && rate !== null && gross !== null) checkGross(row, net, rate, gross)
  if (row.raw('currency').toUpperCase() !== 'EUR')
    row.tell('currency', 'invalid-choice', 'Only invoices in euros are taken. Write the amounts in euros.')
  if (row.failed() || supplier === null || number === null || costType === null || premises === null) return null
  if (payer === null || net === null || rate === null || vatCategory === null || period === null) return null
  // What an agreement calls it itself comes first.
  const category = costTypes.get(premises.id)?.has(costType) === true ? costType : costCategoryOf(costType)
  const id = idOfText(`${supplier.slice(0, 20)}-${number}`, 44)
  const parts = [
    id === '' ? 'lasku' : id,
    rate.replace('.', '-'),
    ...(vatCategory === 'S' ? [] : [vatCategory.toLowerCase()]),
  ]
  return {
    id: `${parts.join('-')}-${shortWord(`${keyOf(supplier, number)}/${category}`)}`,
    premises: premises.id,
    category,
    net,
    vat: { category: vatCategory as VatCategory, rate, ...(basis === null ? {} : { basis }) },
    payer,
    serviceFrom: period.from,
    serviceTo: period.to,
    ...(device === null ? {} : { device: device.id }),
    number,
    supplier,
  }
}

/** Two invoices whose names shorten to the same id must still differ: seven letters of a plain hash (FNV-1a). */
function shortWord(text: string): string {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0
  return hash.toString(36).padStart(7, '0')
}

/** From the first day (in) to the last (in the file also in, here out); a month; or the month of the invoice date. */
function periodOf(row: RowReader): { from: string; to: string } | null {
  const [month, from, last, dated] = [
    row.text('month'),
    row.date('serviceFrom'),
    row.date('lastDay'),
    row.date('invoiceDate'),
  ]
  if (from !== null && last !== null) {
    if (last >= from) return { from, to: dayAfter(last) }
    row.tell('lastDay', 'dates-reversed', `The last day ${last} is before the first ${from}.`)
    return null
  }
  const named =
    month === null ? null : (/^(\d{4})-(\d{2})$/.exec(month) ?? /^(?<m>\d{1,2})[./](?<y>\d{4})$/.exec(month))
  if (month !== null && named !== null) {
    const text = named.groups === undefined ? month : `${named.groups['y']}-${named.groups['m']!.padStart(2, '0')}`
    if (/-(0[1-9]|1[0-2])$/.test(text)) return wholeMonth(text)
  }
  if (month !== null) {
    row.tell('month', 'invalid-month', `“${month.slice(0, 40)}” is no month. Write it as 2026-03 or 3/2026.`)
    return null
  }
  if (from !== null || last !== null) {
    const day = from ?? last!
    row.tell(
      from === null ? 'serviceFrom' : 'lastDay',
      'missing',
      `Only one day (${day}) is given: write the first and the last day of the service, or its month.`,
    )
    return null
  }
  if (dated !== null) {
    row.tell(
      'month',
      'period-from-date',
      `The invoice names no period of service: the month of its date ${dated} is taken. Change it if that is wrong.`,
      'warning',
    )
    return wholeMonth(dated.slice(0, 7))
  }
  row.tell('month', 'missing', 'The time of the service is missing: write its month, or its first and last day.')
  return null
}
function wholeMonth(month: string): { from: string; to: string } {
  const { first, end } = monthDays(month)
  return { from: formatDay(first), to: formatDay(end) }
}

/** Net and VAT against the gross amount: a cent of rounding is nothing. */
function checkGross(row: RowReader, net: string, rate: string, gross: string): void {
  const [n, r, g] = [parseDecimal(net)!, parseDecimal(rate)!, parseDecimal(gross)!]
  const scale = n.scale + r.scale + 2 + g.scale
  const at = ({ digits, scale: own }: { digits: bigint; scale: number }): bigint => digits * 10n ** BigInt(scale - own)
  const expected = at(n) + n.digits * r.digits * 10n ** BigInt(scale - n.scale - r.scale - 2)
  const off = expected - at(g)
  if ((off < 0n ? -off : off) > 10n ** BigInt(scale - 2))
    row.tell(
      'gross',
      'does-not-add-up',
      `${net} and ${rate} % make ${formatDecimal({ digits: expected, scale })}, not ${gross}. Mend the one that is wrong.`,
    )
}

/** A cost type that nobody has named before is more often a slip of the pen than a new one. */
function tellOtherCategory(row: RowReader, { category, premises }: Invoice, { known }: Sheet): void {
  const named = known.costTypes.get(premises)
  if (named === undefined || named.has(category) || isCommonCategory(category)) return
  row.tell(
    'category',
    'other-cost-type',
    `No rule of the agreement names “${category.slice(0, 80)}”: it would be split as all other costs are.`,
    'warning',
  )
}
function tellLateDate(row: RowReader, invoice: Invoice, { known }: Sheet): void {
  if (invoice.serviceFrom > known.today)
    row.tell('month', 'in-the-future', `The service begins on ${invoice.serviceFrom}, after today.`, 'warning')
}
