// Words of trying other rules over months gone by, loaded with that page.
import { createWords } from '#dashboard/text/words.ts'

export const whatIfWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
