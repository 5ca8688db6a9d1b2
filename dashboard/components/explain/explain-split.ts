// How an item's cents are split, as one party sees it: method, facts, weights, exact share and rounding, nested as agreed. Pure.
import type { ItemExplanation } from '#contract/explanation.ts'
import { centsText, exactCentsText, fractionText, isWhole } from './exact.ts'
import { quantityText } from './explain-amount.ts'
import type { Sentence } from './explain.ts'
import type { ExplainWords } from './words.ts'

type Split = NonNullable<ItemExplanation['split']>
type Weighed = Exclude<Split, { by: 'metered' } | { by: 'mix' }>
type Metered = Extract<Split, { by: 'metered' }>
type Mixed = Extract<Split, { by: 'mix' }>
type Part = Split['parts'][number]
type Fact = Weighed['facts'][number]

/** More facts than these would bury the rest; how many more there are is said. */
const FACTS_MAX = 12
const REMAINDER = 'remainder'

export const splitSentences = (item: ItemExplanation, party: string, words: ExplainWords): Sentence[] => {
  if (item.split === null || item.agreement === null) return []
  return [
    { text: words.text.agreement(item.agreement.version), depth: 0 },
    ...methodSentences(item.split, party, words, 0),
  ]
}

const methodSentences = (split: Split, party: string, words: ExplainWords, depth: number): Sentence[] => {
  const opening: Sentence = { text: words.text.by[split.by], depth }
  if (split.by === 'metered') return [opening, ...meteredSentences(split, party, words, depth)]
  if (split.by === 'mix') return [opening, ...mixSentences(split, party, words, depth)]
  return [opening, ...weighedSentences(split, party, words, depth)]
}

const weighedSentences = (split: Weighed, party: string, words: ExplainWords, depth: number): Sentence[] => {
  const { text } = words
  const own = split.facts.filter((fact) => fact.party === party)
  const shown = own.slice(0, FACTS_MAX).flatMap((fact) => factSentences(fact, words))
  if (own.length === 0) shown.push(text.noFacts)
  if (own.length > FACTS_MAX) shown.push(text.factsMore(own.length - FACTS_MAX))
  return [
    ...shown.map((sentence) => ({ text: sentence, depth: depth + 1 })),
    ...divisionSentences(split.parts, party, split.cents, words, depth, (key) => words.party(key)),
  ]
}

const factSentences = (fact: Fact, words: ExplainWords): string[] => {
  const { facts } = words.text
  switch (fact.fact) {
    case 'number':
      return [facts.number(fractionText(fact.number, words))]
    case 'party':
      return [facts.party]
    case 'space':
      return [
        facts.space(
          words.space(fact.space),
          `${fractionText(fact.areaM2, words)}\u00A0m²`,
          fact.days,
          fractionText(fact.useWeight, words),
        ),
        ...(fact.vacant ? [facts.vacant(words.space(fact.space))] : []),
      ]
    case 'headcount':
      return [facts.headcount(fractionText(fact.people, words), fact.days)]
    case 'usage':
      return [facts.usage(words.device(fact.device), fractionText(fact.hours, words))]
    case 'ownership':
      return [facts.ownership(fractionText(fact.number, words), fractionText(fact.rowSum, words), fact.days)]
  }
}

/** Weights of all, exact share of one, and how it became cents. */
const divisionSentences = (
  parts: readonly Part[],
  key: string,
  cents: string,
  words: ExplainWords,
  depth: number,
  nameOf: (key: string) => string,
): Sentence[] => {
  const { text } = words
  const part = parts.find((one) => one.key === key)
  if (part === undefined) return []
  const weights = words.list(parts.map((one) => text.weight(nameOf(one.key), fractionText(one.weight, words))))
  const sentences = [text.weights(weights)]
  if (isWhole(part.exact)) sentences.push(text.even(centsText(part.cents, words)))
  else {
    sentences.push(
      text.exactShare(centsText(cents, words), exactCentsText(part.exact, words)),
      text.roundedDown(centsText(part.base, words)),
    )
    if (part.rank !== null) sentences.push(text.gotCent(part.rank, centsText(part.cents, words)))
  }
  return sentences.map((sentence) => ({ text: sentence, depth }))
}

const meteredSentences = (split: Metered, party: string, words: ExplainWords, depth: number): Sentence[] => {
  const { text } = words
  const nameOf = (key: string) => (key === REMAINDER ? text.remainderName : words.party(key))
  const remainder = split.parts.find(({ key }) => key === REMAINDER)
  const meters = [
    ...(split.main === null
      ? []
      : [text.meter(words.device(split.main.device), quantityText(split.main.quantity, split.main.unit, words))]),
    ...split.subMeters.flatMap((sub) =>
      sub.meters.map((meter) =>
        text.subMeter(
          words.party(sub.party),
          words.device(meter.device),
          quantityText(meter.quantity, meter.unit, words),
        ),
      ),
    ),
  ]
  return [
    ...meters.map((sentence) => ({ text: sentence, depth: depth + 1 })),
    { text: text.remainderCase[split.case], depth },
    ...divisionSentences(split.parts, party, split.cents, words, depth, nameOf),
    ...(remainder === undefined || remainder.cents === '0'
      ? []
      : [
          { text: text.remainder(centsText(remainder.cents, words)), depth },
          ...methodSentences(split.remainder, party, words, depth + 1),
        ]),
  ]
}

const mixSentences = (split: Mixed, party: string, words: ExplainWords, depth: number): Sentence[] =>
  split.splits.flatMap((part, i) => [
    { text: words.text.mixPart(i + 1, centsText(split.parts[i]?.cents ?? '0', words)), depth },
    ...methodSentences(part, party, words, depth + 1),
  ])

/** The cents that a party got in each division of a nested split, in the order of the explanation. */
export const partsOfParty = (split: Split, party: string): string[] => {
  if (split.by === 'mix') return split.splits.flatMap((part) => partsOfParty(part, party))
  const own = split.parts.filter(({ key }) => key === party).map(({ cents }) => cents)
  return split.by === 'metered' ? [...own, ...partsOfParty(split.remainder, party)] : own
}
