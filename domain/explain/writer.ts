// What sentences of an explanation are made of in one language: its words, names of things, and how numbers and dates are written.
import type { Id, Language, LocalDate, Names } from '#domain/registry/bundle.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import { formatDate, formatInstant, formatMonth } from '#domain/writing/date.ts'
import { LOCALES } from '#domain/writing/language.ts'
import { pickName } from '#domain/writing/names.ts'
import { formatDecimal, formatMoney, formatPercent, unitSign } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { CostWords } from '#domain/writing/words/cost-words.ts'
import { costWords as en } from '#domain/writing/words/en.ts'
import { costWords as fi } from '#domain/writing/words/fi.ts'
import { costWords as sv } from '#domain/writing/words/sv.ts'
import { SENTENCES, type Sentences } from './words/sentences.ts'

/** Names by list of the bundle and id; what has none is called by its id. Spaces are in the list `spaces`. */
export type NameOf = (kind: string, id: Id) => Names | undefined

export type Writer = {
  language: Language
  text: Sentences
  costs: CostWords
  named: (kind: string, id: Id) => string
  category: (category: string) => string
  unit: (unit: string) => string
  decimal: (decimal: string) => string
  money: (amount: string) => string
  /** The sign of the euro to a number in writing. */
  euros: (figure: string) => string
  percent: (fraction: string) => string
  date: (date: LocalDate) => string
  /** Days from a first one up to, not including, an end. */
  span: (from: LocalDate, to: LocalDate) => string
  month: (month: string) => string
  instant: (instant: string) => string
  /** A local clock time hh:mm. */
  clock: (time: string) => string
  /** Days from Monday as 1; a run of three or more by its ends. */
  weekdays: (days: readonly number[]) => string
  months: (months: readonly number[]) => string
  list: (words: readonly string[]) => string
}

export const COST_WORDS: Record<Language, CostWords> = { fi, sv, en }

/** Instants are written in the time zone of the premises. */
export function createWriter(language: Language, timeZone: string, nameOf: NameOf): Writer {
  const text = SENTENCES[language]
  const costs = COST_WORDS[language]
  const locale = LOCALES[language]
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const list = (words: readonly string[]): string => lists.format(words)
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  const date = (day: LocalDate): string => formatDate(language, day)
  return {
    language,
    text,
    costs,
    named: (kind, id) => pickName(nameOf(kind, id), language, id).text,
    category: (category) => wordOf(costs.categories, category),
    unit: unitSign,
    decimal: (decimal) => formatDecimal(language, decimal),
    money: (amount) => formatMoney(language, amount),
    euros: (figure) => (language === 'en' ? `€${figure}` : `${figure}\u00A0€`),
    percent: (fraction) => formatPercent(language, fraction),
    date,
    span: (from, to) => text.span(date(from), date(formatDay(dayNumber(to) - 1))),
    month: (one) => formatMonth(language, one),
    instant: (instant) => formatInstant(language, instant, timeZone),
    clock: (time) => (language === 'en' ? time : time.replace(':', '.')),
    // 1 January 2024 was a Monday.
    weekdays: (days) =>
      list(runsOf(days, 3).map((run) => run.map((day) => weekday.format(Date.UTC(2024, 0, day))).join('–'))),
    months: (months) => list(months.map((one) => month.format(Date.UTC(2024, one - 1, 15)))),
    list,
  }
}

/** Numbers in order, each alone, or two as the ends of a run that is long enough. */
function runsOf(numbers: readonly number[], length: number): number[][] {
  const runs: number[][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.at(-1) === number - 1) last.push(number)
    else runs.push([number])
  }
  return runs.flatMap((run) => (run.length < length ? run.map((one) => [one]) : [[run[0]!, run.at(-1)!]]))
}
