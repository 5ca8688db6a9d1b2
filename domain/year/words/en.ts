// Words of budgets, accruals and advances in files and documents, in English.
import type { YearWords } from './year-words.ts'

export const year: YearWords = {
  lines: {
    advance: (month) => `Advance payment, ${month}`,
    transfer: (month) => `Actual share, ${month}`,
    paid: (number) => `Advance invoiced, invoice ${number}`,
  },
  accrual: {
    title: 'Accrual voucher',
    reversalTitle: 'Reversal of the accrual',
    voucher: 'Voucher',
    date: 'Date',
    entry: 'Entry',
    account: 'Account',
    costCentre: 'Cost centre',
    counterparty: 'Counterparty',
    supplier: 'Supplier',
    month: 'Month',
    category: 'Cost type',
    ground: 'Ground',
    debit: 'Debit',
    credit: 'Credit',
    total: 'Total',
    entries: {
      cost: 'Cost',
      recovered: 'Cost to be recovered (less cost)',
      'accrued-liability': 'Accrued liability',
      'accrued-receivable': 'Accrued receivable',
    },
    draft: (month) => `${month} is a draft and not closed. The amount is the share in the draft.`,
    issued: (month) => `${month} was sent to the parties and is not closed.`,
    missing: (months) => `The invoice came every month, but not for this one. The estimate is the mean of ${months}.`,
  },
  budget: {
    category: 'Cost type',
    yearSum: 'Year',
    closed: 'Closed',
    open: 'Sent or draft',
    soFar: 'This month so far',
    lastYear: 'Last year',
    forecast: 'Forecast',
    difference: 'Forecast less budget',
    total: 'Total',
    budget: 'Budget',
    actual: 'Actual',
  },
}
