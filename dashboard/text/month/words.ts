// Words of the life of a month: checks, who waits for whom, answers, disputes, corrections.
import { createWords } from '#dashboard/text/words.ts'

export const monthWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
