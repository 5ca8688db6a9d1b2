// Loads what the server says in the reader's language when something is refused, and not before: it is as much as all other words of a page.
import type { Language } from '#domain/writing/language.ts'
import type { Refusals } from './translate.ts'

/** The API speaks English, so that needs no words. */
export async function refusalWords(language: Language): Promise<Refusals> {
  switch (language) {
    case 'fi':
      return (await import('./fi.ts')).fi
    case 'sv':
      return (await import('./sv.ts')).sv
    case 'en':
      return {}
  }
}
