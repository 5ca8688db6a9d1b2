// The form of a dictionary: Finnish is written first and gives the keys; a missing or extra key in another language is a type error.
import type { Language } from '#domain/writing/language.ts'
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export type Dictionary = Worded<typeof fi>

/** Loads one language; the others stay on the server. */
export const loadDictionary = async (language: Language): Promise<Dictionary> => {
  if (language === 'sv') return (await import('./sv.ts')).sv
  if (language === 'en') return (await import('./en.ts')).en
  return (await import('./fi.ts')).fi
}
