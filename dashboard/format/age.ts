// How long ago something was, in words.
import { LOCALES, type Language } from '#domain/writing/language.ts'

const AGE_STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 365],
  ['year', Number.POSITIVE_INFINITY],
]
/** How long ago in words: 4 min sitten, för 4 min sedan, 4 min ago. Times ahead count as now. */
export const formatAge = (language: Language, ageMs: number): string => {
  let amount = Math.max(0, Math.round(ageMs / 1000))
  for (const [unit, next] of AGE_STEPS) {
    if (amount < next || unit === 'year') return relative(language, amount, unit)
    amount = Math.floor(amount / next)
  }
  return ''
}
const relative = (language: Language, amount: number, unit: Intl.RelativeTimeFormatUnit): string => {
  // Swedish short form ends in "sen", which is speech; an authority writes "sedan".
  const words = new Intl.RelativeTimeFormat(LOCALES[language], { style: 'short' }).format(-amount, unit)
  return language === 'sv' ? words.replace(/\bsen$/u, 'sedan').replace(/-/u, '') : words
}
