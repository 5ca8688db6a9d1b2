// Loads what the server says in the reader's language, for a refusal.
import { createWords } from '#dashboard/text/words.ts'
import type { Refusals } from './translate.ts'

export const refusalWords = createWords<Refusals>({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
