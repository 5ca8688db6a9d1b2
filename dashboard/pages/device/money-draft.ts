// The money facts of a device as they are written in a form. What is left empty goes.
import type { MoneyFacts } from '#contract/device-money.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'

export const COVERS = ['warranty', 'serviceContract', 'insurance'] as const
export type Fields = Readonly<Record<string, string>>
export type MoneyDraft = {
  supplier: string
  grants: readonly Fields[]
  covers: readonly Fields[]
  months: string
  replacement: Fields
}

const fieldsOf = (given: object): Fields =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]))
const filled = (fields: Fields, amounts: readonly string[] = []): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value.trim() === '' ? [] : [[key, amounts.includes(key) ? typedAmount(value) : value.trim()]],
    ),
  )
const isEmpty = (fields: Fields): boolean => Object.keys(filled(fields)).length === 0

export const moneyDraftOf = (facts: MoneyFacts): MoneyDraft => ({
  supplier: facts.supplier ?? '',
  grants: (facts.funding ?? []).map(fieldsOf),
  covers: COVERS.map((name) => fieldsOf(facts[name] ?? {})),
  months: facts.expectedLifeMonths?.toString() ?? '',
  replacement: fieldsOf(facts.replacement ?? {}),
})

/** As the API takes it: the server says what is missing or wrong in what is half filled. @throws RequestError for a sum that is none */
export const moneyOf = ({ supplier, grants, covers, months, replacement }: MoneyDraft): Record<string, unknown> => ({
  ...(supplier.trim() === '' ? {} : { supplier: supplier.trim() }),
  ...(grants.every(isEmpty)
    ? {}
    : { funding: grants.filter((one) => !isEmpty(one)).map((one) => filled(one, ['amount'])) }),
  ...Object.fromEntries(
    COVERS.flatMap((name, i) => (isEmpty(covers[i] ?? {}) ? [] : [[name, filled(covers[i] ?? {})]])),
  ),
  ...(months.trim() === '' ? {} : { expectedLifeMonths: Number(months) }),
  ...(isEmpty(replacement) ? {} : { replacement: filled(replacement, ['cost']) }),
})
