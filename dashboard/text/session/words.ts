// Words of signing in and of one's own account, loaded with those pages.
import { createWords } from '#dashboard/text/words.ts'

export const sessionWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
