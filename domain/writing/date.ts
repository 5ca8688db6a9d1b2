// Dates, months and instants as each language writes them. Instants are shown in the time zone they are given.
import { LOCALES, type Language } from './language.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()
const formatter = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = language + JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options)
  formatters.set(key, known)
  return known
}
const noon = (date: string): Date => new Date(`${date}T12:00:00Z`)

/** A local date YYYY-MM-DD: 5.3.2026, 5.3.2026, 5 Mar 2026. */
export const formatDate = (language: Language, date: string): string =>
  language === 'en'
    ? formatter('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(noon(date))
    : formatter('fi', { day: 'numeric', month: 'numeric', year: 'numeric', timeZone: 'UTC' }).format(noon(date))

/** A month YYYY-MM: maaliskuu 2026, mars 2026, March 2026. */
export const formatMonth = (language: Language, month: string): string =>
  formatter(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(noon(`${month}-15`))

/** A month without its year, short: maalis, mars, Mar. */
export const formatShortMonth = (language: Language, month: string): string =>
  formatter(language, { month: 'short', timeZone: 'UTC' })
    .format(noon(`${month}-15`))
    .replace(/kuu$/u, '')
    .replace(/\.$/u, '')

/** A day within a year: 5.3., 5.3., 5 Mar. */
export const formatDay = (language: Language, date: string): string =>
  language === 'en'
    ? formatter('en', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(noon(date))
    : `${Number(date.slice(8))}.${Number(date.slice(5, 7))}.`

export type InstantDetail = 'minute' | 'second' | 'day'
/** An instant: 5.3.2026 klo 14.05, 5.3.2026 kl. 14.05, 5 Mar 2026, 14:05. */
export const formatInstant = (
  language: Language,
  instant: string | number,
  timeZone: string,
  detail: InstantDetail = 'minute',
): string => {
  const date = new Date(instant)
  const day = formatDate(language, localDate(date.getTime(), timeZone))
  if (detail === 'day') return day
  const time = formatTime(language, date.getTime(), timeZone, detail)
  if (language === 'fi') return `${day} klo\u00A0${time}`
  return language === 'sv' ? `${day} kl.\u00A0${time}` : `${day}, ${time}`
}

/** The time of day: 14.05 in Finnish and Swedish, 14:05 in English. */
export const formatTime = (
  language: Language,
  ms: number,
  timeZone: string,
  detail: 'minute' | 'second' = 'minute',
): string => {
  const text = formatter('en', {
    hour: '2-digit',
    minute: '2-digit',
    ...(detail === 'second' ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
    timeZone,
  }).format(ms)
  return language === 'en' ? text : text.replaceAll(':', '.')
}

/** The local date YYYY-MM-DD of an instant in a time zone. */
export const localDate = (ms: number, timeZone: string): string => {
  const parts = formatter('en', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).formatToParts(ms)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}
