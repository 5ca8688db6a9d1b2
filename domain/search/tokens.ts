// How words stand in an index of whole tokens, so that any engine with prefix search finds exact words, beginnings and parts alike.
import type { Words } from './findable.ts'
import { askedWords, stemsOf } from './fold.ts'

/** Parts of a word begin at each of its letters while so many are left, for so many letters. */
const [PART_LENGTH, PARTS_LIMIT] = [3, 24]

/**
 * A letter for each kind, before all of its tokens: what is looked for in one kind never passes through the rows of another. One
 * letter, as engines index beginnings of a few lengths.
 */
const LETTERS: Readonly<Record<string, string>> = {
  devices: 'd',
  spaces: 's',
  premises: 'p',
  organisations: 'o',
  agreements: 'a',
  invoices: 'i',
  meteredCosts: 'm',
  recurringCosts: 'r',
  tariffs: 't',
  priceSeries: 'v',
  'device-document': 'f',
  document: 'b',
  fault: 'e',
  alarm: 'l',
  'alarm-rule': 'u',
}
const letterOf = (kind: string): string => LETTERS[kind] ?? 'x'

/** After the letter of the kind: `t` a word of the title, `w` any word, `s` any word from one of its letters on, `:` a facet. */
export const tokensOf = (kind: string, { title, words, facets }: Words): string[] => {
  const all = new Set([...title, ...words])
  const tokens = new Set(facets.map((facet) => `:${facet}`))
  for (const word of title) tokens.add(`t${word}`)
  for (const word of all) {
    tokens.add(`w${word}`)
    for (let from = 0; from < PARTS_LIMIT && (from === 0 || word.length - from >= PART_LENGTH); from++)
      tokens.add(`s${word.slice(from)}`)
  }
  const letter = letterOf(kind)
  return [...tokens].map((token) => letter + token)
}

/** A token, or all that begin with it. */
export type Wanted = { token: string; prefix: boolean }
/** All groups must be there, of each group one. */
export type TokenQuery = readonly (readonly Wanted[])[]
/** The same question, asked of one kind. */
export const ofKind = (kind: string, query: TokenQuery): TokenQuery =>
  query.map((group) => group.map(({ token, prefix }) => ({ token: letterOf(kind) + token, prefix })))
const whole = (token: string): Wanted => ({ token, prefix: false })
const begins = (token: string): Wanted => ({ token, prefix: true })

/** The most words of a question that count. */
const TERMS_LIMIT = 8
export const termsOf = (text: string): string[] => [...new Set(askedWords(text))].slice(0, TERMS_LIMIT)

/** A word shorter than a part is only found at the beginning of words. */
const somewhere = (term: string): Wanted[] =>
  term.length < PART_LENGTH
    ? [begins(`w${term}`)]
    : [begins(`s${term}`), ...stemsOf(term).map((stem) => begins(`s${stem}`))]

/** Each finds all that the one before it does: words of the title, their beginnings, beginnings of any word, parts and other forms of words. */
export const stagesOf = (terms: readonly string[]): TokenQuery[] => [
  terms.map((term) => [whole(`t${term}`)]),
  terms.map((term) => [begins(`t${term}`)]),
  terms.map((term) => [begins(`w${term}`)]),
  terms.map(somewhere),
]

/** Everything that the last stage finds, with these facets. */
export const anywhere = (terms: readonly string[], facets: readonly string[] = []): TokenQuery => [
  ...facets.map((facet) => [whole(`:${facet}`)]),
  ...terms.map(somewhere),
]
