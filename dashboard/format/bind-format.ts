// All formats bound to one language: what pages, charts and sentences are given.
import {
  formatDate,
  formatDay,
  formatInstant,
  formatMonth,
  formatShortMonth,
  formatTime,
} from '#domain/writing/date.ts'
import { formatAge } from './age.ts'
import { LOCALES, type Language } from '#domain/writing/language.ts'
import {
  formatConsumption,
  formatDecimal,
  formatEuros,
  formatMoney,
  formatNumber,
  formatPercent,
  withUnit,
} from '#domain/writing/number.ts'

export const bindFormat = (language: Language) => ({
  money: (amount: string | null) => formatMoney(language, amount),
  euros: (euros: number) => formatEuros(language, euros),
  decimal: (decimal: string) => formatDecimal(language, decimal),
  consumption: (quantity: string, unit: string | null) =>
    withUnit(language, formatConsumption(language, quantity, unit), unit),
  number: (value: number, decimals?: number) => formatNumber(language, value, decimals),
  percent: (fraction: string | number, decimals?: number) => formatPercent(language, fraction, decimals),
  quantity: (value: number, unit: string | null | undefined) => withUnit(language, formatNumber(language, value), unit),
  /** A written number with its unit. */
  withUnit: (figure: string, unit: string | null | undefined) => withUnit(language, figure, unit),
  date: (date: string) => formatDate(language, date),
  day: (date: string) => formatDay(language, date),
  month: (month: string) => formatMonth(language, month),
  shortMonth: (month: string) => formatShortMonth(language, month),
  instant: (instant: string | number, timeZone: string, detail?: 'minute' | 'second' | 'day') =>
    formatInstant(language, instant, timeZone, detail),
  time: (ms: number, timeZone: string, detail?: 'minute' | 'second') => formatTime(language, ms, timeZone, detail),
  age: (ageMs: number) => formatAge(language, ageMs),
  list: (words: readonly string[]) => new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(words),
})
export type Format = ReturnType<typeof bindFormat>
