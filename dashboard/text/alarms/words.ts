// Words of alarms and of the rules that raise them.
import { createWords } from '#dashboard/text/words.ts'

export const alarmWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
