// The form of a dictionary: Finnish is written first and gives the keys; a missing or extra key in another language is a type error.
import type { Language } from '#domain/writing/language.ts'
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'
import { speak } from './spoken.ts'

export type Dictionary = Worded<typeof fi>

const loaded = new Map<Language, Dictionary>()
/** The words of a language that has come already, or null. */
export const loadedDictionary = (language: Language): Dictionary | null => loaded.get(language) ?? null

/** Loads one language; the others stay on the server. */
export const loadDictionary = async (language: Language): Promise<Dictionary> => {
  speak(language)
  const dictionary = await importDictionary(language)
  loaded.set(language, dictionary)
  return dictionary
}
const importDictionary = async (language: Language): Promise<Dictionary> => {
  if (language === 'sv') return (await import('./sv.ts')).sv
  if (language === 'en') return (await import('./en.ts')).en
  return (await import('./fi.ts')).fi
}
