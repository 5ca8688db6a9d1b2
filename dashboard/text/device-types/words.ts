// Words of choosing a device type.
import { createWords } from '#dashboard/text/words.ts'

export const deviceTypeWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
