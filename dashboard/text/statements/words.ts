// Words of the accessibility statement, the privacy statement and the feedback form.
import { createWords } from '#dashboard/text/words.ts'

export const statementWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
