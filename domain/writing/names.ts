// Names of content in the reader's language, or in the next best one, which is then told to screen readers.
import type { Names } from '#domain/registry/bundle.ts'
import type { Language } from './language.ts'

/** In which order other languages stand in for a missing one. */
const FALLBACKS: Record<Language, Language[]> = {
  fi: ['fi', 'sv', 'en'],
  sv: ['sv', 'fi', 'en'],
  en: ['en', 'fi', 'sv'],
}

export type Named = { text: string; language: Language | null }

/** The name to show and the language it is in; the id where there is no name. */
export const pickName = (names: Names | null | undefined, language: Language, id: string): Named => {
  for (const candidate of FALLBACKS[language]) {
    const text = names?.[candidate]
    if (text !== undefined) return { text, language: candidate }
  }
  return { text: id, language: null }
}
