// Words as a search compares them: without case and marks (ä as a, ö as o), and cut where Finnish, Swedish or English bends them.

/** Letters that no decomposition turns into their plain form. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ł: 'l', þ: 'th', ı: 'i' }
/** The most words that are kept of one text. */
const WORDS_LIMIT = 400
/** Longer words are cut: nobody types them whole. */
const WORD_LENGTH = 40

/** In lower case, without marks: `Lämpömittari` is `lampomittari`. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[øæœßđłþı]/g, (letter) => PLAIN[letter] ?? letter)

/** The folded words of a text, in their order. */
export const foldedWords = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_LIMIT).map((word) => word.slice(0, WORD_LENGTH))

const DIGIT = /\d/
/** `words` in their order, and each that has a digit once more behind the word before it: `anturi 1` is found as `anturi1` too. */
export const withNumbers = (words: readonly string[]): string[] =>
  words.flatMap((word, i) => (i > 0 && DIGIT.test(word) ? [word, behind(words[i - 1]!, word)] : [word]))
/** The words that are looked for: where a sign joins a number to the word before it, both are one word: `anturi-1` is `anturi1`. */
export const askedWords = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .flatMap((part) =>
      foldedWords(part).map((word, i, words) => (i > 0 && DIGIT.test(word) ? behind(words[i - 1]!, word) : word)),
    )
const behind = (before: string, word: string): string => (before + word).slice(0, WORD_LENGTH)

/** Case endings, plurals and possessives, the longest first; written as folded. */
const ENDINGS = (
  'eissa eista eilla eilta eille oissa oista oilla oilta oille eiden oiden kset ksen ksia issa ista illa ilta ille iden ' +
  'seen siin eita oita arna erna orna ssa sta lla lta lle ksi iin ien jen ten den ita tta ens ets in an en on un yn et ' +
  'ar er or es ia ja ta n t a s'
).split(' ')
/** A word shorter than this is taken as it is, and none is cut to less than the second. */
const [BENT_LENGTH, STEM_LENGTH] = [5, 4]
/** Finnish softens a doubled consonant in its bent forms: pumppu, pumpun; laite, laitteet. */
const DOUBLED = /(kk|pp|tt)(?=[aeiouy]?$)/

/** What a bent word may begin with in its other forms, the word itself not among them: `mittarin` gives `mittar`. */
export const stemsOf = (word: string): string[] => {
  if (word.length < BENT_LENGTH || /\d/.test(word)) return []
  const ending = ENDINGS.find((one) => word.endsWith(one) && word.length - one.length >= STEM_LENGTH)
  if (ending === undefined) return []
  const stem = word.slice(0, -ending.length)
  const short = stem.replace(/[aeiouy]$/, '')
  const softened = stem.replace(DOUBLED, ([letter]) => letter ?? '')
  return [...new Set([short, softened])].filter((one) => one.length >= STEM_LENGTH)
}
