// Words of the forms of devices, premises and spaces, loaded with the pages that need them.
import { createWords } from '#dashboard/text/words.ts'

export const registryWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
