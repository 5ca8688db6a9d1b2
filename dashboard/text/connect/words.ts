// Words of connecting devices: inbox, connectors, bridges, quarantine, credentials.
import { createWords } from '#dashboard/text/words.ts'

export const connectWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
