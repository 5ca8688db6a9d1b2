// Words of the year: budget, accruals, advance payments.
import { createWords } from '#dashboard/text/words.ts'

export const yearWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
