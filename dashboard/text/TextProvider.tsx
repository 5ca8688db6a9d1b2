// The chosen language for everything below: its dictionary, and formatting bound to it.
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import {
  formatAge,
  formatDate,
  formatDay,
  formatInstant,
  formatMonth,
  formatShortMonth,
  formatTime,
} from '#dashboard/format/date.ts'
import type { Language } from '#dashboard/format/language.ts'
import { formatDecimal, formatMoney, formatNumber, formatPercent, withUnit } from '#dashboard/format/number.ts'
import type { Dictionary } from './dictionary.ts'

const bind = (language: Language) => ({
  money: (amount: string | null) => formatMoney(language, amount),
  decimal: (decimal: string) => formatDecimal(language, decimal),
  number: (value: number, decimals?: number) => formatNumber(language, value, decimals),
  percent: (fraction: string | number, decimals?: number) => formatPercent(language, fraction, decimals),
  quantity: (value: number, unit: string | null | undefined) => withUnit(formatNumber(language, value), unit),
  date: (date: string) => formatDate(language, date),
  day: (date: string) => formatDay(language, date),
  month: (month: string) => formatMonth(language, month),
  shortMonth: (month: string) => formatShortMonth(language, month),
  instant: (instant: string | number, timeZone: string, detail?: 'minute' | 'second' | 'day') =>
    formatInstant(language, instant, timeZone, detail),
  time: (ms: number, timeZone: string, detail?: 'minute' | 'second') => formatTime(language, ms, timeZone, detail),
  age: (ageMs: number) => formatAge(language, ageMs),
  list: (words: readonly string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(words),
})
export type Format = ReturnType<typeof bind>

type Spoken = { language: Language; text: Dictionary; format: Format }
const TextContext = createContext<Spoken | null>(null)

type Props = { language: Language; dictionary: Dictionary; children: ReactNode }
export const TextProvider = ({ language, dictionary, children }: Props) => {
  const spoken = useMemo(() => ({ language, text: dictionary, format: bind(language) }), [language, dictionary])
  return <TextContext value={spoken}>{children}</TextContext>
}

/** Language, dictionary and formats of this page. */
export const useText = (): Spoken => {
  const spoken = useContext(TextContext)
  if (spoken === null) throw new Error('useText outside of TextProvider')
  return spoken
}
