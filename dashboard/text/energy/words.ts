// Words of energy by use, loaded with the page that needs them.
import { createWords } from '#dashboard/text/words.ts'

export const energyWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
