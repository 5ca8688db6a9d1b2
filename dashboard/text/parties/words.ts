// Words of a party joining, leaving or being succeeded, loaded with that page.
import { createWords } from '#dashboard/text/words.ts'

export const partyWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
