// Words of the organisations page and of the groups of settings, loaded with the administration.
import { createWords } from '#dashboard/text/words.ts'

export const organisationsWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
