// Words of what else stands on a chart.
import { createWords } from '#dashboard/text/words.ts'

export const chartWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
