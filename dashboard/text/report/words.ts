// Words of the public page: reporting a fault and following it; and what can be chosen.
import { createWords } from '#dashboard/text/words.ts'

export const reportWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
