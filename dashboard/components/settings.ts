// What a browser remembers of a person's wishes: language before sign-in, and light or dark.
import { parseLanguage, type Language } from '#domain/writing/language.ts'
import type { Scheme } from '#dashboard/ui/theme.ts'

export type SchemeWish = Scheme | 'system'
const LANGUAGE_KEY = 'samtila-language'
const SCHEME_KEY = 'samtila-scheme'

/** Storage can be switched off; then nothing is remembered. */
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const write = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Not remembered; the page works all the same.
  }
}

/** The language remembered, or the browser's, or Finnish. */
export const rememberedLanguage = (): Language =>
  parseLanguage(read(LANGUAGE_KEY)) ??
  navigator.languages.map(parseLanguage).find((language) => language !== null) ??
  'fi'
export const rememberLanguage = (language: Language) => write(LANGUAGE_KEY, language)

export const rememberedScheme = (): SchemeWish => {
  const wish = read(SCHEME_KEY)
  return wish === 'light' || wish === 'dark' ? wish : 'system'
}
export const rememberScheme = (wish: SchemeWish) => write(SCHEME_KEY, wish)
