// Words of the public page of a premises.
import { createWords } from '#dashboard/text/words.ts'

export const publicWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
