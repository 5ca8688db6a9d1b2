// An explanation as sentences: where the amount comes from, how it is split, and one party's share to the cent. Pure.
import type { AdjustmentExplanation, Explanation, ItemExplanation } from '#contract/explanation.ts'
import { amountSentences } from './explain-amount.ts'
import { centsText } from './exact.ts'
import { partsOfParty, splitSentences } from './explain-split.ts'
import type { ExplainWords } from './words.ts'

export type Sentence = { text: string; depth: number }
export type Section = { key: 'amount' | 'split' | 'share'; sentences: Sentence[] }

export const isAdjustment = (explanation: Explanation): explanation is AdjustmentExplanation => 'of' in explanation

/** The whole way to one party's share, in sections. A blocked item has only what could be found out. */
export const explainShare = (explanation: Explanation, party: string, words: ExplainWords): Section[] =>
  (isAdjustment(explanation)
    ? adjustmentSections(explanation, party, words)
    : itemSections(explanation, party, words)
  ).filter(({ sentences }) => sentences.length > 0)

const itemSections = (item: ItemExplanation, party: string, words: ExplainWords): Section[] => [
  { key: 'amount', sentences: amountSentences(item, words) },
  { key: 'split', sentences: splitSentences(item, party, words) },
  { key: 'share', sentences: resultSentences(item, party, words) },
]

const resultSentences = ({ shares, split }: ItemExplanation, party: string, words: ExplainWords): Sentence[] => {
  const { text } = words
  const cents = shares.find((share) => share.party === party)?.cents
  if (cents === undefined) return []
  const amount = centsText(cents, words)
  const parts = split === null ? [] : partsOfParty(split, party).filter((part) => part !== '0')
  const sentence =
    parts.length < 2
      ? text.result(words.party(party), amount)
      : text.resultParts(words.party(party), amount, parts.map((part) => centsText(part, words)).join(' + '))
  return [{ text: sentence, depth: 0 }]
}

const adjustmentSections = (adjustment: AdjustmentExplanation, party: string, words: ExplainWords): Section[] => {
  const { text, month } = words
  const of = (shares: readonly { party: string; cents: string }[]) =>
    centsText(shares.find((share) => share.party === party)?.cents ?? '0', words)
  const recomputed = adjustment.recomputed
  return [
    ...(recomputed === null ? [] : itemSections(recomputed, party, words).filter(({ key }) => key !== 'share')),
    {
      key: 'share',
      sentences: [
        { text: text.closed(month(adjustment.month), of(adjustment.closed)), depth: 0 },
        ...adjustment.adjusted.map(({ period, shares }) => ({
          text: text.adjusted(month(period), of(shares)),
          depth: 0,
        })),
        ...(recomputed === null ? [] : [{ text: text.recomputed(of(recomputed.shares)), depth: 0 }]),
        { text: text.difference(of(adjustment.shares)), depth: 0 },
      ],
    },
  ]
}
