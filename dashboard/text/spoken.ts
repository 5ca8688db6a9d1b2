// The language that was last asked for: words of the pages at hand, and of those that are opened from now on, are loaded in it.
import type { Language } from '#domain/writing/language.ts'

let spoken: Language | null = null
const areas = new Set<(language: Language) => Promise<unknown>>()

/** All areas are asked for at once: a page that waited for one after the other would be drawn in as many pieces. */
export const speak = (language: Language): void => {
  if (spoken === language) return
  spoken = language
  for (const load of areas) void load(language)
}
/** `load` gets words in what is spoken, now and whenever that changes. */
export const whenSpoken = (load: (language: Language) => Promise<unknown>): void => {
  areas.add(load)
  if (spoken !== null) void load(spoken)
}
/** When the words of the pages at hand are there, or could not be had. */
export const wordsAtHand = async (): Promise<void> => {
  if (spoken === null) return
  const language = spoken
  await Promise.allSettled([...areas].map((load) => load(language)))
}
