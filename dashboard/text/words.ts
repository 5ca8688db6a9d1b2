// Words of one area of the dashboard, loaded with the page that needs them: text/<area>/{fi,sv,en}.ts and one words.ts beside them.
import { use } from 'react'
import type { Language } from '#domain/writing/language.ts'
import type { Worded } from '#domain/writing/worded.ts'
import { whenSpoken } from './spoken.ts'
import { useText } from './TextProvider.tsx'

/** The words of an area by language; Finnish gives the keys, and a missing or extra key in another is a type error. */
export type Words<T> = (language: Language) => Promise<Worded<T>>

/** `createWords({ fi: async () => (await import('./fi.ts')).fi, … })`: each language is loaded once, when first asked for. */
export const createWords = <T>(
  load: { fi: () => Promise<T> } & Record<'sv' | 'en', () => Promise<Worded<T>>>,
): Words<T> => {
  const loaded = new Map<Language, Promise<Worded<T>>>()
  const words = (language: Language) => {
    const known = loaded.get(language)
    if (known !== undefined) return known
    const made: Promise<Worded<T>> = language === 'fi' ? (load.fi() as Promise<Worded<T>>) : load[language]()
    loaded.set(language, made)
    made.then(
      // So React knows without waiting that they are there, and shows no page in pieces.
      (value) => Object.assign(made, { status: 'fulfilled', value }),
      // Who draws with them hears of it; asked for again at once they would be asked for without end.
      () => undefined,
    )
    return made
  }
  // All words of a page are asked for when its code comes, not one area after the other while it is drawn.
  whenSpoken(words)
  return words
}

/** The words of an area in the page's language; the page waits in its Suspense until they are there. */
export const useWords = <T>(words: Words<T>): Worded<T> => use(words(useText().language))
