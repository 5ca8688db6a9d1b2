// The three languages and how each is written: fi and sv as in Finland, en with day before month and 24 hours.

export const LANGUAGES = ['fi', 'sv', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const LOCALES: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }

/** The language of a tag like `sv-FI`, or null. */
export const parseLanguage = (tag: string | null | undefined): Language | null =>
  LANGUAGES.find((language) => language === tag?.slice(0, 2).toLowerCase()) ?? null
