// An explanation as sentences: where the amount comes from, why it is adjusted, and for each party how it is split, to the cent. Pure.
import type { Id } from '#domain/registry/bundle.ts'
import type { Causes } from '#domain/settlement/causes.ts'
import type { AdjustmentExplanation, Explanation, ItemExplanation } from '#domain/settlement/explanation.ts'
import { amountSentences } from './explain-amount.ts'
import { causeSentences } from './explain-causes.ts'
import { partsOfParty, splitSentences } from './explain-split.ts'
import { centsText } from './exact.ts'
import type { Writer } from './writer.ts'

/** `depth` counts how far a sentence is nested: facts below what they support. */
export type Sentence = { text: string; depth: number }
/** A part of an explanation; `party` is null for what is the same for every party. */
export type Section = {
  key: 'amount' | 'causes' | 'split' | 'share'
  party: Id | null
  title: string
  sentences: Sentence[]
}

/** All sections of an item, parties in the order of its shares. A blocked item has only what could be found out, and why not more. */
export function explainItem(explanation: Explanation, causes: Causes | null, writer: Writer): Section[] {
  const { text } = writer
  const item = 'of' in explanation ? explanation.recomputed : explanation
  const section = (key: Section['key'], party: Id | null, title: string, sentences: Sentence[]): Section => ({
    key,
    party,
    title,
    sentences,
  })
  return [
    section('amount', null, text.amount, [
      ...(item === null ? [plain(text.gone)] : amountSentences(item, writer)),
      ...(explanation.blocked === null ? [] : [plain(text.blocked(writer.costs.reasons[explanation.blocked]))]),
    ]),
    section('causes', null, text.causes.title, causes === null ? [] : causeSentences(causes, writer)),
    ...explanation.shares.flatMap(({ party }) => [
      section('split', party, text.split, item === null ? [] : splitSentences(item, party, writer)),
      section('share', party, text.share(writer.named('organisations', party)), [
        ...('of' in explanation
          ? differenceSentences(explanation, party, writer)
          : resultSentences(explanation, party, writer)),
      ]),
    ]),
  ].filter(({ sentences }) => sentences.length > 0)
}

const plain = (text: string): Sentence => ({ text, depth: 0 })
type Shares = readonly { party: Id; cents: string }[]
const centsOf = (shares: Shares, party: Id): string => shares.find((share) => share.party === party)?.cents ?? '0'

function resultSentences({ shares, split }: ItemExplanation, party: Id, writer: Writer): Sentence[] {
  const { text } = writer
  const amount = centsText(centsOf(shares, party), writer)
  const parts = split === null ? [] : partsOfParty(split, party).filter((part) => part !== '0')
  const name = writer.named('organisations', party)
  return [
    plain(
      parts.length < 2
        ? text.result(name, amount)
        : text.resultParts(name, amount, parts.map((part) => centsText(part, writer)).join(' + ')),
    ),
  ]
}

function differenceSentences(adjustment: AdjustmentExplanation, party: Id, writer: Writer): Sentence[] {
  const { text, month } = writer
  const of = (shares: Shares): string => centsText(centsOf(shares, party), writer)
  const { recomputed } = adjustment
  return [
    plain(text.closed(month(adjustment.month), of(adjustment.closed))),
    ...adjustment.adjusted.map(({ period, shares }) => plain(text.adjusted(month(period), of(shares)))),
    ...(recomputed === null ? [] : [plain(text.recomputed(of(recomputed.shares)))]),
    plain(text.difference(of(adjustment.shares))),
  ]
}
