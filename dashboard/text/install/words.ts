// Words of putting devices into use on the spot.
import { createWords } from '#dashboard/text/words.ts'

export const installWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
