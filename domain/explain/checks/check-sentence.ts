// A finding of the checks before issue as a sentence in one language.
import type { Language, Names } from '#domain/registry/bundle.ts'
import type { Finding } from '#domain/settlement/checks/finding.ts'
import type { Item } from '#domain/settlement/settlement.ts'
import { itemName } from '#domain/writing/item-name.ts'
import { withUnit } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { Writer } from '#domain/explain/writer.ts'
import { checkWords as en } from './en.ts'
import { checkWords as fi } from './fi.ts'
import { checkWords as sv } from './sv.ts'

const WORDS: Record<Language, typeof fi> = { fi, sv, en } as Record<Language, typeof fi>

/** `names` are those of the items, by id, where there is one. */
export function checkSentence(
  { code, severity, items, figures }: Finding,
  writer: Writer,
  known: readonly Pick<Item, 'id' | 'source'>[],
  names: Readonly<Record<string, Names>>,
): string {
  const words = WORDS[writer.language]
  const figure = (key: string): string => figures[key] ?? ''
  const source = (id: string): Item['source'] => known.find((item) => item.id === id)?.source ?? 'metered'
  const line = (id: string): string =>
    itemName({ id, source: source(id) }, names[id], writer.costs.sources, writer.language)
  const [item = ''] = items
  const part = (key: string): string => writer.percent(figure(key))
  const meter = (): string => writer.named('devices', figure('device'))
  switch (code) {
    case 'not-over':
      return words.notOver(writer.instant(figure('ends')))
    case 'blocked':
      return words.blocked(line(item), wordOf(writer.costs.reasons, figure('reason')))
    case 'estimated':
      if (severity === 'hinders') return words.estimatedBlocks(line(item), part('part'), part('most'))
      return severity === 'warn' && figures['most'] !== undefined
        ? words.estimatedBeyond(line(item), part('part'), part('most'))
        : words.estimated(line(item), part('part'))
    case 'changed-category':
    case 'changed-item': {
      const what = code === 'changed-item' ? line(item) : writer.category(figure('category'))
      const [now, month] = [writer.money(figure('now')), writer.month(figure('against'))]
      const change = figures['part']
      if (change === undefined) return words.changedFromNothing(what, now, month)
      const signed = change.startsWith('-') ? writer.percent(change) : `+${writer.percent(change)}`
      return words.changed(what, now, writer.money(figure('expected')), month, signed)
    }
    case 'remainder-outside-band': {
      const quantity = withUnit(writer.language, writer.decimal(figure('quantity')), figure('unit'))
      return words.remainder(meter(), quantity, part('part'), part('from'), part('to'))
    }
    case 'no-reading-near-end': {
      const say = figure('end') === 'start' ? words.noReadingAtStart : words.noReadingAtEnd
      return say(meter(), writer.instant(figure('nearest')))
    }
    case 'interpolated':
      return words.interpolated(meter(), figure('hours'), writer.instant(figure('from')), writer.instant(figure('to')))
    case 'vacant-without-landlord':
      return words.vacant(
        writer.named('spaces', figure('space')),
        figure('days'),
        writer.named('organisations', figure('landlord')),
      )
    case 'invoice-missing':
      return words.invoiceMissing(writer.category(figure('category')), figure('supplier'))
    case 'price-missing':
      return words.priceMissing(
        writer.named('priceSeries', figure('series')),
        figure('days'),
        writer.date(figure('first')),
        writer.date(figure('last')),
      )
    case 'readings-damaged':
      return words.damaged(meter(), writer.instant(figure('from')), writer.instant(figure('to')))
    case 'unapproved-meter': {
      if (figure('why') === 'unknown') return words.meterUnknown(figure('meters'))
      const why =
        figure('why') === 'not-approved'
          ? words.meterNotApproved(meter())
          : words.verificationOver(meter(), writer.date(figure('until')))
      return severity === 'hinders' ? `${why} ${words.meterNotListed}` : why
    }
    case 'supplier-invoice': {
      const money = (key: string): string => writer.money(figure(key))
      const number = figure('number') === '' ? words.noNumber : figure('number')
      return words.supplier(
        number,
        money('difference'),
        money('volume'),
        money('price'),
        money('timing'),
        money('fixed'),
      )
    }
  }
}
