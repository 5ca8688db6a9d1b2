// Words of agreements and their proposals.
import { createWords } from '#dashboard/text/words.ts'

export const agreementPages = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
