// Words of service: tasks, plans, inspections, the service book.
import { createWords } from '#dashboard/text/words.ts'

export const serviceWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
