// Words of the administration: people, tokens, identity providers, audit log.
import { createWords } from '#dashboard/text/words.ts'

export const adminWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
