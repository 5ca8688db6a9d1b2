// Words of what is free text (categories, types): common ones have one.

/** The word of a free text that is known, or the text itself. */
export const wordOf = (words: Readonly<Record<string, string>>, text: string, otherwise = text): string =>
  Object.hasOwn(words, text) ? (words[text] ?? otherwise) : otherwise
