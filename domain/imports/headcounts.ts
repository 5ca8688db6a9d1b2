// Headcounts of the bodies in a premises: each row is a number of people from a day on; the open row before it ends there.
import type { Headcount, Premises } from '#domain/registry/bundle.ts'
import { dayAfter } from './cells.ts'
import { PREMISES_FIELD } from './fields.ts'
import type { ImportRules } from './rules.ts'

export const HEADCOUNT_RULES: ImportRules = {
  fields: [
    PREMISES_FIELD,
    {
      key: 'organisation',
      form: 'organisation',
      required: true,
      words: ['organisaatio', 'virasto', 'osapuoli', 'organisation', 'organisationen', 'part', 'party', 'agency'],
    },
    {
      key: 'people',
      form: 'decimal',
      required: true,
      words: ['henkilömäärä', 'henkilöt', 'htv', 'antal personer', 'personer', 'headcount', 'fte'],
    },
    {
      key: 'from',
      form: 'date',
      required: true,
      words: ['alkaen', 'alkaa', 'alkupäivä', 'från', 'börjar', 'startdatum', 'start', 'starts'],
    },
    {
      key: 'lastDay',
      form: 'date',
      words: ['asti', 'viimeinen päivä', 'loppupäivä', 'till', 'sista dag', 'slutdatum', 'end', 'to'],
    },
  ],
  *read(sheet) {
    const news = new Map<string, { row: number; premises: Premises; rows: { row: number; count: Headcount }[] }>()
    for (const row of sheet.rows()) {
      const premises = row.premises()
      const organisation = row.organisation('organisation')
      const people = row.decimal('people')
      const [from, last] = [row.date('from'), row.date('lastDay')]
      if (people?.startsWith('-') === true)
        row.tell('people', 'out-of-range', 'There cannot be fewer people than none.')
      if (row.failed() || premises === null || organisation === null || people === null || from === null) continue
      const count: Headcount = { organisation, people, from, to: last === null ? null : dayAfter(last) }
      news
        .getOrInsertComputed(premises.id, () => ({ row: row.row, premises, rows: [] }))
        .rows.push({ row: row.row, count })
    }
    yield
    sheet.bundle.premises = [...news.values()].map(({ row, premises, rows }, i) => {
      sheet.origin.set(`/premises/${i}`, row)
      return {
        ...premises,
        headcounts: withRows(
          premises.headcounts ?? [],
          rows.map(({ count }) => count),
        ),
      }
    })
  },
}

/** The new rows among the stored: a row of the same body and first day is replaced, an open one ends where the next begins. */
function withRows(stored: readonly Headcount[], news: readonly Headcount[]): Headcount[] {
  const key = (row: Headcount): string => `${row.organisation} ${row.from}`
  const replaced = new Set(news.map(key))
  const all = [...stored.filter((row) => !replaced.has(key(row))), ...news]
  return all
    .map((row) => {
      if (row.to !== null) return row
      const next = all
        .filter((one) => one.organisation === row.organisation && one.from > row.from)
        .map(({ from }) => from)
      return next.length === 0 ? row : { ...row, to: next.toSorted()[0]! }
    })
    .toSorted((a, b) => (a.organisation + a.from < b.organisation + b.from ? -1 : 1))
}
