// Words of help, search and the first screen of each role.
import { createWords } from '#dashboard/text/words.ts'

export const helpWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
