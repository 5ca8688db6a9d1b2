// A cost type is written as people call it, in three languages; one that no agreement names is told, as it would be split as all others are.
import { expect, test } from 'vitest'
import { costCategoryOf } from '#domain/imports/cost-category.ts'
import { evaluateTable } from '#domain/imports/evaluate.ts'
import type { ImportKnown } from '#domain/imports/import.ts'
import { costWords as en } from '#domain/writing/words/en.ts'
import { costWords as fi } from '#domain/writing/words/fi.ts'
import { costWords as sv } from '#domain/writing/words/sv.ts'

test.each([['fi', fi] as const, ['sv', sv] as const, ['en', en] as const])(
  '%s: each name means its own type',
  (_, words) => {
    const wrong = Object.entries(words.categories).filter(([category, name]) => costCategoryOf(name) !== category)
    expect(wrong).toEqual([])
    expect(costCategoryOf(words.categories['ev-charging'].toUpperCase())).toBe('ev-charging')
  },
)

const known = {
  premises: new Map([['talo', { id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }]]),
  organisations: new Map([['kunta', { id: 'kunta', name: { fi: 'Kunta' } }]]),
  devices: new Map(),
  invoices: [],
  costTypes: new Map([['talo', new Set(['electricity', 'sauna', 'Vesi', '*'])]]),
  today: '2026-04-10',
} as unknown as ImportKnown
const header = ['number', 'supplier', 'premises', 'category', 'payer', 'net', 'vatRate', 'month']
const evaluated = (types: string[]) => {
  const rows = types.map((type, i) => [`n-${i}`, 'Toimittaja Oy', 'talo', type, 'kunta', '100', '25.5', '2026-03'])
  const columns = Object.fromEntries(header.map((key, i) => [key, i]))
  const work = { columns, defaults: {}, values: {}, mends: {}, leftOut: [] }
  const steps = evaluateTable('invoices', { header, rows } as never, work as never, known)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

test('an invoice of “Sähkö” is one of electricity; a type of nobody is told, one of the agreement is not', () => {
  const { bundle, problems } = evaluated(['Sähkö', 'El', 'Lumityöt', 'sauna', 'Kukat', 'Vesi'])
  expect(bundle.invoices?.map(({ category }) => category)).toEqual([
    'electricity',
    'electricity',
    'snow',
    'sauna',
    'Kukat',
    'Vesi',
  ])
  expect(problems).toMatchObject([{ row: 5, field: 'category', code: 'other-cost-type', severity: 'warning' }])
})
