// Words of the audit log.
import { createWords } from '#dashboard/text/words.ts'

export const auditWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
