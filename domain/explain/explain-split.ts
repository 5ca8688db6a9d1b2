// How an item's cents are split, as one party sees it: method, facts, weights, exact share and rounding, nested as agreed. Pure.
import type { ItemExplanation } from '#domain/settlement/explanation.ts'
import { centsText, exactCentsText, fractionText, isWhole } from './exact.ts'
import { meterSentences, partSentences, quantityText } from './explain-amount.ts'
import type { Sentence } from './sentences.ts'
import type { Writer } from './writer.ts'

type Split = NonNullable<ItemExplanation['split']>
type Weighed = Exclude<Split, { by: 'metered' } | { by: 'mix' }>
type Metered = Extract<Split, { by: 'metered' }>
type Mixed = Extract<Split, { by: 'mix' }>
type Part = Split['parts'][number]
type Fact = Weighed['facts'][number]

/** More facts than these would bury the rest; how many more there are is said. */
const FACTS_MAX = 12
const REMAINDER = 'remainder'

export const splitSentences = (item: ItemExplanation, party: string, writer: Writer): Sentence[] => {
  if (item.split === null || item.agreement === null) return []
  const { text } = writer
  const { id, version } = item.agreement
  const agreement = writer.named('agreements', id)
  const rule =
    item.rule === null || item.rule.category === '*'
      ? text.ruleOfOthers(agreement, version)
      : text.rule(writer.category(item.rule.category), agreement, version)
  return [
    { text: rule, depth: 0 },
    { text: text.days(writer.span(item.from, item.to)), depth: 0 },
    ...methodSentences(item.split, { party, ownMeter: ownMeterOf(item) }, writer, 0),
  ]
}

/** Whose share is told, and the item's own meter, whose readings have been told before. */
type Told = { party: string; ownMeter: string | null }
const ownMeterOf = ({ net }: ItemExplanation): string | null =>
  net?.kind === 'metered' ? `${net.meter.device}/${net.meter.point}` : null

const methodSentences = (split: Split, told: Told, writer: Writer, depth: number): Sentence[] => {
  const opening: Sentence = { text: writer.text.by[split.by], depth }
  if (split.by === 'metered') return [opening, ...meteredSentences(split, told, writer, depth)]
  if (split.by === 'mix') return [opening, ...mixSentences(split, told, writer, depth)]
  return [opening, ...weighedSentences(split, told, writer, depth)]
}

const weighedSentences = (split: Weighed, { party }: Told, writer: Writer, depth: number): Sentence[] => {
  const { text } = writer
  const own = split.facts.filter((fact) => fact.party === party)
  const shown = own.slice(0, FACTS_MAX).flatMap((fact) => factSentences(fact, writer))
  if (own.length === 0) shown.push(text.noFacts)
  if (own.length > FACTS_MAX) shown.push(text.factsMore(own.length - FACTS_MAX))
  return [
    ...shown.map((sentence) => ({ text: sentence, depth: depth + 1 })),
    ...divisionSentences(split.parts, party, split.cents, writer, depth, (key) => writer.named('organisations', key)),
  ]
}

const factSentences = (fact: Fact, writer: Writer): string[] => {
  const { facts } = writer.text
  switch (fact.fact) {
    case 'number':
      return [facts.number(fractionText(fact.number, writer))]
    case 'party':
      return [facts.party]
    case 'space':
      return [
        facts.space(
          writer.named('spaces', fact.space),
          `${fractionText(fact.areaM2, writer)}\u00A0m²`,
          writer.span(fact.from, fact.to),
          fact.days,
          fractionText(fact.useWeight, writer),
        ),
        ...(fact.vacant ? [facts.vacant(writer.named('spaces', fact.space))] : []),
      ]
    case 'headcount':
      return [facts.headcount(fractionText(fact.people, writer), writer.span(fact.from, fact.to), fact.days)]
    case 'usage':
      return [
        facts.usage(
          writer.named('devices', fact.device),
          writer.instant(fact.from),
          writer.instant(fact.to),
          fractionText(fact.hours, writer),
        ),
      ]
    case 'ownership':
      return [
        facts.ownership(
          fractionText(fact.number, writer),
          fractionText(fact.rowSum, writer),
          writer.span(fact.from, fact.to),
          fact.days,
        ),
      ]
  }
}

/** Weights of all, exact share of one, and how it became cents. */
const divisionSentences = (
  parts: readonly Part[],
  key: string,
  cents: string,
  writer: Writer,
  depth: number,
  nameOf: (key: string) => string,
): Sentence[] => {
  const { text } = writer
  const part = parts.find((one) => one.key === key)
  if (part === undefined) return []
  const weights = writer.list(parts.map((one) => text.weight(nameOf(one.key), fractionText(one.weight, writer))))
  const sentences = [text.weights(weights)]
  if (isWhole(part.exact)) sentences.push(text.even(centsText(part.cents, writer)))
  else {
    sentences.push(
      text.exactShare(centsText(cents, writer), exactCentsText(part.exact, writer)),
      text.roundedDown(centsText(part.base, writer)),
    )
    if (part.rank !== null) sentences.push(text.gotCent(part.rank, centsText(part.cents, writer)))
  }
  return sentences.map((sentence) => ({ text: sentence, depth }))
}

const meteredSentences = (split: Metered, told: Told, writer: Writer, depth: number): Sentence[] => {
  const { text } = writer
  const { party, ownMeter } = told
  const nameOf = (key: string) => (key === REMAINDER ? text.remainderName : writer.named('organisations', key))
  const remainder = split.parts.find(({ key }) => key === REMAINDER)
  const mainSentences = split.main === null ? [] : meterSentences(split.main, writer, depth + 1)
  const isOwn = split.main !== null && ownMeter === `${split.main.device}/${split.main.point}`
  const meters: Sentence[] = [
    ...(isOwn ? mainSentences.slice(0, 1) : mainSentences),
    ...split.subMeters.flatMap((sub) =>
      sub.meters.flatMap((meter) => [
        {
          text: text.subMeter(
            writer.named('organisations', sub.party),
            writer.named('devices', meter.device),
            quantityText(meter.quantity, meter.unit, writer),
          ),
          depth: depth + 1,
        },
        // The readings behind a sub-meter are told where they make the party's own share.
        ...(sub.party === party ? meterSentences(meter, writer, depth + 2).slice(1) : []),
      ]),
    ),
  ]
  return [
    ...meters,
    { text: text.remainderCase[split.case], depth },
    ...divisionSentences(split.parts, party, split.cents, writer, depth, nameOf),
    ...(remainder === undefined || remainder.cents === '0'
      ? []
      : [
          { text: text.remainder(centsText(remainder.cents, writer)), depth },
          ...partSentences(remainder, text.partOfSegment, writer, depth + 1),
          ...methodSentences(split.remainder, told, writer, depth + 1),
        ]),
  ]
}

const mixSentences = (split: Mixed, told: Told, writer: Writer, depth: number): Sentence[] =>
  split.splits.flatMap((inner, i) => {
    const part = split.parts[i]!
    const { text } = writer
    return [
      { text: text.mixPart(i + 1, fractionText(part.weight, writer), centsText(part.cents, writer)), depth },
      ...partSentences(part, text.partOfSegment, writer, depth + 1),
      ...methodSentences(inner, told, writer, depth + 1),
    ]
  })

/** The cents that a party got in each division of a nested split, in the order of the explanation. */
export const partsOfParty = (split: Split, party: string): string[] => {
  if (split.by === 'mix') return split.splits.flatMap((part) => partsOfParty(part, party))
  const own = split.parts.filter(({ key }) => key === party).map(({ cents }) => cents)
  return split.by === 'metered' ? [...own, ...partsOfParty(split.remainder, party)] : own
}
