// What is said of fields that have not the form that is asked: words for people, and never a pattern.
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { problemsOfShape } from '#api/schema-compilers.ts'
import { closed, LocalDate } from '#contract/common.ts'
import { InvoicingDetails } from '#contract/documents.ts'
import { Email } from '#contract/session.ts'
import { fi } from '#dashboard/text/refusals/fi.ts'
import { translate } from '#dashboard/text/refusals/translate.ts'

test('each field says what it asks, in words that the other languages have', () => {
  const details = {
    address: { street: '', postCode: 'a#1', town: 'x'.repeat(36), country: 'suomi' },
    ovt: '003799900016',
    operator: '003721291126',
    vatRegistered: 'yes',
    paymentDays: null,
    language: 'fi',
    asBuyer: { orderNumber: '' },
  }
  const problems = problemsOfShape(InvoicingDetails, details)
  expect(Object.fromEntries(problems.map(({ pointer, message }) => [pointer, message]))).toEqual({
    '/address/street': 'has fewer than 2 characters',
    '/address/postCode': 'must be a post code',
    '/address/town': 'has more than 35 characters',
    '/address/country': 'must be the two capitals of a country, such as FI',
    '/vatRegistered': 'is neither true nor false',
    '/paymentDays': 'is no whole number',
    '/asBuyer/orderNumber': 'is empty',
  })
  expect(problems.map(({ message }) => translate(fi, message))).not.toContain(null)
  expect(translate(fi, 'must be a post code')).toBe('kirjoita postinumero')
  expect(problemsOfShape(InvoicingDetails, { ...details, paymentDays: 366 })).toContainEqual({
    pointer: '/paymentDays',
    code: 'maximum',
    message: 'is more than 365',
  })
})

test('every kind of check has words', () => {
  const Every = closed({
    day: LocalDate,
    mail: Email,
    other: Type.String({ pattern: '^x$' }),
    page: Type.String({ format: 'uri' }),
    list: Type.Array(Type.Number(), { minItems: 1 }),
    few: Type.Array(Type.Number(), { minItems: 2, maxItems: 3, uniqueItems: true }),
    many: Type.Array(Type.Number(), { maxItems: 1 }),
    part: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
    more: Type.Number({ exclusiveMaximum: 1 }),
    step: Type.Integer({ multipleOf: 5, minimum: 10 }),
  })
  const value = {
    day: '23.11.2026',
    mail: 'aino',
    other: 'y',
    page: 'samtila',
    list: [],
    few: [1, 1, 2, 3],
    many: [1, 2],
    part: 0,
    more: 1,
    step: 7,
  }
  expect(problemsOfShape(Every, value).map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
    '/day must be a date such as 2026-11-23',
    '/mail must be an e-mail address',
    '/other has not the form that is asked',
    '/page is no address such as https://example.org',
    '/list is empty',
    '/few holds more than 3',
    '/few holds something twice',
    '/many holds more than 1',
    '/part is not more than 0',
    '/more is not less than 1',
    '/step is less than 10',
    '/step is no multiple of 5',
  ])
})
