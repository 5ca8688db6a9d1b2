// Where an item's amount comes from: invoice, recurring cost, depreciation, or meter × tariff. Pure.
import type { ItemExplanation } from '#contract/explanation.ts'
import { formatRounded, parseFraction } from '#domain/quantity/fraction.ts'
import { centsText, exactCentsText, exactEurosText, fractionText } from './exact.ts'
import type { Sentence } from './explain.ts'
import type { ExplainWords } from './words.ts'

type Net = NonNullable<ItemExplanation['net']>
type Metered = Extract<Net, { kind: 'metered' }>
export type Meter = Metered['meter']
type Component = Metered['pieces'][number]['components'][number]

export const amountSentences = (item: ItemExplanation, words: ExplainWords): Sentence[] => {
  const { net, segments } = item
  if (net === null) return []
  const sentences = netSentences(net, words)
  if (segments.length > 1 && item.cents !== null)
    sentences.push({
      text: words.text.segments(
        segments.length,
        words.date(item.from),
        words.lastDay(item.to),
        centsText(item.cents, words),
      ),
      depth: 0,
    })
  return sentences
}

const netSentences = (net: Net, words: ExplainWords): Sentence[] => {
  const { text } = words
  const plain = (sentence: string): Sentence => ({ text: sentence, depth: 0 })
  switch (net.kind) {
    case 'invoice': {
      const total = centsText(net.totalCents, words)
      const month = net.months.find(({ key }) => key === net.month)
      if (net.months.length === 1 || month === undefined) return [plain(text.invoiceWhole(total))]
      return [
        plain(text.invoicePart(total, net.months.length)),
        plain(text.invoiceMonth(month.days, centsText(net.cents, words))),
      ]
    }
    case 'recurring':
      return [
        plain(text.recurring(exactEurosText(net.monthly, words), net.days, net.monthDays)),
        plain(text.rounded(exactCentsText(net.exact, words), centsText(net.cents, words))),
      ]
    case 'depreciation':
      return [
        plain(
          text.depreciation(
            centsText(net.costCents, words),
            centsText(net.residualCents, words),
            net.usefulLifeMonths,
            net.number,
          ),
        ),
        plain(text.rounded(exactCentsText(net.exact, words), centsText(net.cents, words))),
      ]
    case 'metered':
      return [
        ...meterSentences(net.meter, words, 0),
        ...net.pieces.flatMap(({ from, to, components }) => [
          plain(text.piece(words.date(from), words.lastDay(to))),
          ...components.map((component) => ({
            text: componentSentence(component, net.meter.unit, words).replace('= ≈', '≈'),
            depth: 1,
          })),
        ]),
        plain(text.rounded(exactCentsText(net.exact, words), centsText(net.cents, words))),
      ]
  }
}

/** A quantity with its unit. */
export const quantityText = (quantity: string, unit: string, words: ExplainWords): string =>
  `${fractionText(quantity, words)}\u00A0${words.unit(unit)}`

export const meterSentences = (meter: Meter, words: ExplainWords, depth: number): Sentence[] => {
  const { text } = words
  const { first, last, count, meterChanges } = meter.readings
  const at = (sentence: string): Sentence => ({ text: sentence, depth })
  const value = (reading: { value: string }) =>
    `${fractionText(reading.value, words)}\u00A0${words.unit(meter.meterUnit)}`
  return [
    at(text.meter(words.device(meter.device), quantityText(meter.quantity, meter.unit, words))),
    ...(first === null || last === null
      ? []
      : [at(text.readings(count, value(first), words.instant(first.at), value(last), words.instant(last.at)))]),
    ...(meter.multiplier === '1' ? [] : [at(text.multiplier(fractionText(meter.multiplier, words)))]),
    ...(meterChanges === 0 ? [] : [at(text.meterChanges(meterChanges))]),
    ...(meter.estimated === '0' ? [] : [at(text.estimated(words.percent(percentDecimal(meter.estimated))))]),
    ...(meter.simulated ? [at(text.simulated)] : []),
  ]
}
const percentDecimal = (share: string): string => {
  const value = parseFraction(share)
  return value === null ? share : formatRounded(value, 4)
}

const componentSentence = ({ id, figures, amount }: Component, unit: string, words: ExplainWords): string => {
  const { text } = words
  const euros = exactEurosText(amount, words)
  const price = (value: string) => `${exactEurosText(value, words)}/${words.unit(unit)}`
  const quantity = (value: string) => quantityText(value, unit, words)
  switch (figures.kind) {
    case 'energy':
      return text.energy(id, quantity(figures.quantity), price(figures.price), euros)
    case 'spot':
      return text.spot(
        id,
        quantity(figures.quantity),
        exactEurosText(figures.priced, words),
        fractionText(figures.factor, words),
        price(figures.margin),
        euros,
      )
    case 'stepped':
      return text.stepped(
        id,
        words.list(
          figures.steps
            .filter((step) => step.quantity !== '0')
            .map((step) => text.step(quantity(step.quantity), price(step.price))),
        ),
        euros,
      )
    case 'peak':
      return text.peak(
        id,
        `${fractionText(figures.highest, words)}\u00A0kW`,
        words.instant(figures.hourFrom),
        `${fractionText(figures.minimum, words)}\u00A0kW`,
        `${exactEurosText(figures.price, words)}/kW`,
        figures.days,
        figures.monthDays,
        euros,
      )
    case 'fixed':
      return text.fixed(id, exactEurosText(figures.monthly, words), figures.days, figures.monthDays, euros)
  }
}
