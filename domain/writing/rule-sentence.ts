// A split method as a sentence, in the reader's language. Pure: words and names come in.
import type { SplitMethod } from '#domain/registry/bundle.ts'
import type { AgreementWords } from './words/agreement-words.ts'

export type RuleWords = {
  rules: AgreementWords['rules']
  spaceTypes: Readonly<Record<string, string>>
  party: (id: string) => string
  device: (id: string) => string
  decimal: (text: string) => string
  list: (words: readonly string[]) => string
}

/** What follows "Cost category X …": how it is split, with what is nested in it. */
export const methodSentence = (method: SplitMethod, words: RuleWords): string => {
  const { rules, party, decimal, list } = words
  const quoted = (device: string) => rules.quoted(words.device(device))
  switch (method.by) {
    case 'fixed':
      return rules.fixed(
        list(Object.entries(method.shares).map(([id, share]) => rules.share(party(id), decimal(share)))),
      )
    case 'equal':
      return rules.equal
    case 'area': {
      const weights = Object.entries(method.useWeights ?? {})
      if (weights.length === 0) return rules.area
      return rules.areaWeights(
        list(weights.map(([type, weight]) => rules.share(words.spaceTypes[type] ?? type, decimal(weight)))),
      )
    }
    case 'headcount':
      return rules.headcount
    case 'usage':
      return method.devices === undefined ? rules.usage : rules.usageOf(list(method.devices.map(quoted)))
    case 'ownership':
      return rules.ownership
    case 'direct':
      return rules.direct(party(method.party))
    case 'metered':
      return rules.metered(
        Object.entries(method.meters)
          .map(([id, meters]) => rules.meters(party(id), list(meters.map((meter) => quoted(meter.device)))))
          .join('; '),
        (method.main === undefined ? '' : rules.main(quoted(method.main.device))) +
          (method.allowEstimated === true ? rules.estimated : ''),
        methodSentence(method.remainder, words),
      )
    case 'mix':
      return rules.mix(
        method.parts
          .map(({ weight, method: part }) => rules.part(decimal(weight), methodSentence(part, words)))
          .join(' '),
      )
  }
}
