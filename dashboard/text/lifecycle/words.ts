// Words of a device's life from plan to scrap, loaded with the pages that need them.
import { createWords } from '#dashboard/text/words.ts'

export const lifecycleWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
