// Words of what people are told, who is on call, and webhooks, loaded with those pages.
import { createWords } from '#dashboard/text/words.ts'
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export type NotificationWords = Worded<typeof fi>

export const notificationWords = createWords({
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
})
