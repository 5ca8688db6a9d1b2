// Words of finding: tables to keep, saved views, and changing many devices at once.
import { createWords } from '#dashboard/text/words.ts'

export const findWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
