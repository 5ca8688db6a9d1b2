// Words of building models, loaded with the page that needs them.
import { createWords } from '#dashboard/text/words.ts'

export const modelWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
