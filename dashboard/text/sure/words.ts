// What happens when something is ended that cannot be taken back, in three languages.
import { createWords } from '#dashboard/text/words.ts'

export const sureWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
