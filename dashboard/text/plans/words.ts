// Words of storey plans, loaded with the page that needs them.
import { createWords } from '#dashboard/text/words.ts'

export const planWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
