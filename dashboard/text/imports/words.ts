// Words of imports: files, their columns, the problems of their rows, readings by hand, missing prices.
import { createWords } from '#dashboard/text/words.ts'

export const importWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
