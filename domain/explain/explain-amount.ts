// Where an item's amount comes from: invoice, recurring cost, depreciation, or meter × tariff. Pure.
import type { When } from '#domain/registry/bundle.ts'
import type { ItemExplanation } from '#domain/settlement/explanation.ts'
import { formatRounded, parseFraction } from '#domain/quantity/fraction.ts'
import { centsText, exactCentsText, exactEurosText, fractionText, isWhole } from './exact.ts'
import type { Sentence } from './sentences.ts'
import type { Writer } from './writer.ts'

type Net = NonNullable<ItemExplanation['net']>
type Metered = Extract<Net, { kind: 'metered' }>
export type Meter = Metered['meter']
type Component = Metered['pieces'][number]['components'][number]

export const amountSentences = (item: ItemExplanation, writer: Writer): Sentence[] => {
  const { net, segments } = item
  if (net === null) return []
  const sentences = netSentences(net, writer)
  const own = segments.find(({ key }) => key === item.segment.from)
  if (segments.length > 1 && own !== undefined)
    sentences.push(
      {
        text: writer.text.segments(segments.length, writer.span(item.from, item.to), centsText(own.cents, writer)),
        depth: 0,
      },
      ...partSentences(own, writer.text.partOfSegment, writer, 1),
    )
  return sentences
}

type Part = ItemExplanation['segments'][number] | NonNullable<ItemExplanation['split']>['parts'][number]
/** How a part of some cents came about: its exact amount, rounded down, and a cent left over. Nothing where it is even. */
export const partSentences = (
  part: Part,
  words: (exact: string, down: string) => string,
  writer: Writer,
  depth: number,
): Sentence[] => {
  if (isWhole(part.exact)) return []
  const down = words(exactCentsText(part.exact, writer), centsText(part.base, writer))
  return [
    { text: down, depth },
    ...(part.rank === null ? [] : [{ text: writer.text.partCent(part.rank, centsText(part.cents, writer)), depth }]),
  ]
}

const netSentences = (net: Net, writer: Writer): Sentence[] => {
  const { text } = writer
  const plain = (sentence: string): Sentence => ({ text: sentence, depth: 0 })
  switch (net.kind) {
    case 'invoice': {
      const total = centsText(net.totalCents, writer)
      const month = net.months.find(({ key }) => key === net.month)
      if (net.months.length === 1 || month === undefined) return [plain(text.invoiceWhole(total))]
      return [
        plain(text.invoicePart(total, net.months.length)),
        plain(text.invoiceMonth(month.days, centsText(net.cents, writer))),
        ...partSentences(month, text.partOfMonth, writer, 1),
      ]
    }
    case 'recurring':
      return [
        plain(text.recurring(exactEurosText(net.monthly, writer), net.days, net.monthDays)),
        plain(text.rounded(exactCentsText(net.exact, writer), centsText(net.cents, writer))),
      ]
    case 'depreciation':
      return [
        plain(
          text.depreciation(
            centsText(net.costCents, writer),
            centsText(net.residualCents, writer),
            net.usefulLifeMonths,
            net.number,
          ),
        ),
        ...(isWhole(net.exact)
          ? []
          : [
              plain(text.partOfMonth(exactCentsText(net.exact, writer), centsText(net.base, writer))),
              plain(text.oddCents(Number(net.oddCents.replace('-', '')), centsText(net.cents, writer))),
            ]),
      ]
    case 'metered':
      return [
        ...meterSentences(net.meter, writer, 0),
        ...net.pieces.flatMap(({ from, to, versionFrom, components }) => [
          plain(text.piece(writer.named('tariffs', net.tariff), writer.date(versionFrom), writer.span(from, to))),
          ...components.map((component) => ({
            text: componentSentence(component, net.meter.unit, writer).replace('= ≈', '≈'),
            depth: 1,
          })),
        ]),
        plain(text.rounded(exactCentsText(net.exact, writer), centsText(net.cents, writer))),
      ]
  }
}

/** A quantity with its unit. */
export const quantityText = (quantity: string, unit: string, writer: Writer): string =>
  `${fractionText(quantity, writer)}\u00A0${writer.unit(unit)}`

export const meterSentences = (meter: Meter, writer: Writer, depth: number): Sentence[] => {
  const { text } = writer
  const { first, last, count, meterChanges, digest } = meter.readings
  const at = (sentence: string): Sentence => ({ text: sentence, depth })
  const value = (reading: { value: string }) =>
    `${fractionText(reading.value, writer)}\u00A0${writer.unit(meter.meterUnit)}`
  return [
    at(text.meter(writer.named('devices', meter.device), quantityText(meter.quantity, meter.unit, writer))),
    ...(first === null || last === null
      ? []
      : [at(text.readings(count, value(first), writer.instant(first.at), value(last), writer.instant(last.at)))]),
    ...(meter.multiplier === '1' ? [] : [at(text.multiplier(fractionText(meter.multiplier, writer)))]),
    ...(meterChanges === 0 ? [] : [at(text.meterChanges(meterChanges))]),
    at(meter.estimated === '0' ? text.measured : text.estimated(writer.percent(percentDecimal(meter.estimated)))),
    at(text.digest(digest)),
    ...(meter.simulated ? [at(text.simulated)] : []),
  ]
}
const percentDecimal = (share: string): string => {
  const value = parseFraction(share)
  return value === null ? share : formatRounded(value, 4)
}

const componentSentence = ({ id, figures, amount }: Component, unit: string, writer: Writer): string => {
  const { text } = writer
  const euros = exactEurosText(amount, writer)
  const price = (value: string) => `${exactEurosText(value, writer)}/${writer.unit(unit)}`
  const quantity = (value: string) => quantityText(value, unit, writer)
  switch (figures.kind) {
    case 'energy':
      return text.energy(id, whenText(figures.when, writer), quantity(figures.quantity), price(figures.price), euros)
    case 'spot':
      return text.spot(
        id,
        writer.named('priceSeries', figures.series),
        quantity(figures.quantity),
        exactEurosText(figures.priced, writer),
        fractionText(figures.factor, writer),
        price(figures.margin),
        euros,
      )
    case 'stepped':
      return text.stepped(
        id,
        writer.list(
          figures.steps
            .filter((step) => step.quantity !== '0')
            .map((step) => text.step(quantity(step.quantity), price(step.price))),
        ),
        euros,
      )
    case 'peak':
      return text.peak(
        id,
        `${fractionText(figures.highest, writer)}\u00A0kW`,
        writer.instant(figures.hourFrom),
        `${fractionText(figures.minimum, writer)}\u00A0kW`,
        `${exactEurosText(figures.price, writer)}/kW`,
        figures.days,
        figures.monthDays,
        euros,
      )
    case 'fixed':
      return text.fixed(id, exactEurosText(figures.monthly, writer), figures.days, figures.monthDays, euros)
  }
}

/** When a component applies, after its id: days, clock times, months. */
const whenText = (when: When | null, { text, weekdays, months, clock }: Writer): string => {
  if (when === null) return ''
  const parts = [
    ...(when.days === undefined ? [] : [weekdays(when.days)]),
    ...(when.from === undefined || when.to === undefined ? [] : [text.clock(clock(when.from), clock(when.to))]),
    ...(when.months === undefined ? [] : [months(when.months)]),
  ]
  return parts.map((part) => `, ${part}`).join('')
}
