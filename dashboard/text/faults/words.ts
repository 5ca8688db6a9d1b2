// Words of faults for those who are signed in.
import { createWords } from '#dashboard/text/words.ts'

export const faultWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
