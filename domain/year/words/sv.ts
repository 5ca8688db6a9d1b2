// Words of budgets, accruals and advances in files and documents, in Finland-Swedish.
import type { YearWords } from './year-words.ts'

export const year: YearWords = {
  lines: {
    advance: (month) => `Förskottsbetalning, ${month}`,
    transfer: (month) => `Utfall av andelen, ${month}`,
    paid: (number) => `Fakturerat förskott, faktura ${number}`,
  },
  accrual: {
    title: 'Periodiseringsverifikat',
    reversalTitle: 'Upplösning av periodisering',
    voucher: 'Verifikat',
    date: 'Datum',
    entry: 'Slag',
    account: 'Konto',
    costCentre: 'Kostnadsställe',
    counterparty: 'Motpart',
    supplier: 'Leverantör',
    month: 'Månad',
    category: 'Kostnadsslag',
    ground: 'Grund',
    debit: 'Debet',
    credit: 'Kredit',
    total: 'Totalt',
    entries: {
      cost: 'Kostnad',
      recovered: 'Kostnad som återkrävs (minskar kostnaden)',
      'accrued-liability': 'Resultatregleringsskuld',
      'accrued-receivable': 'Resultatregleringsfordran',
    },
    draft: (month) => `Månaden ${month} är ett utkast och inte stängd. Beloppet är andelen i utkastet.`,
    issued: (month) => `Månaden ${month} har skickats till parterna men är inte stängd.`,
    missing: (months) =>
      `Fakturan har kommit varje månad men inte för den här. Uppskattningen är medeltalet för ${months}.`,
  },
  budget: {
    category: 'Kostnadsslag',
    yearSum: 'År',
    closed: 'Stängt',
    open: 'Skickat eller utkast',
    soFar: 'Den här månaden hittills',
    lastYear: 'I fjol',
    forecast: 'Prognos',
    difference: 'Prognos minus budget',
    total: 'Totalt',
    budget: 'Budget',
    actual: 'Utfall',
  },
}
