// Words of documents of a month, invoicing details and retention.
import { createWords } from '#dashboard/text/words.ts'

export const documentsWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
