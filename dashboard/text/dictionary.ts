// The form of a dictionary: Finnish is written first and gives the keys; a missing or extra key in another language is a type error.
import type { Language } from '#domain/writing/language.ts'
import type { fi } from './fi.ts'

/** Every leaf of `T` with its text open: same keys, same parameters, other words. */
type Worded<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : Worded<T[K]>
}
export type Dictionary = Worded<typeof fi>

/** Loads one language; the others stay on the server. */
export const loadDictionary = async (language: Language): Promise<Dictionary> => {
  if (language === 'sv') return (await import('./sv.ts')).sv
  if (language === 'en') return (await import('./en.ts')).en
  return (await import('./fi.ts')).fi
}

/** The word of a free text that is known, or the text itself: categories and types are free, common ones have words. */
export const wordOf = (words: Readonly<Record<string, string>>, text: string, otherwise = text): string =>
  Object.hasOwn(words, text) ? (words[text] ?? otherwise) : otherwise
