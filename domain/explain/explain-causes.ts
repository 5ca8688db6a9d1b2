// Why an adjustment is, in sentences: each change with its place, what it was and is, and when it was recorded. Pure.
import type { Cause, Causes } from '#domain/settlement/causes.ts'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { Sentence } from './sentences.ts'
import type { Writer } from './writer.ts'

/** A value that is longer in writing is cut. */
const MAX_VALUE_LENGTH = 160

export function causeSentences({ since, counts, items }: Causes, writer: Writer): Sentence[] {
  const { causes } = writer.text
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (all === 0) return []
  return [
    { text: causes.since(writer.instant(since), all), depth: 0 },
    ...items.map((cause) => ({ text: causeSentence(cause, writer), depth: 1 })),
    ...(all > items.length ? [{ text: causes.more(all - items.length), depth: 1 }] : []),
  ]
}

function causeSentence(cause: Cause, writer: Writer): string {
  const { causes } = writer.text
  const what = whatChanged(cause, writer)
  const [before, after] = [valueText(cause.before, writer), valueText(cause.after, writer)]
  const change =
    cause.before === null
      ? causes.added(what, after)
      : cause.after === null
        ? causes.removed(what, before)
        : causes.changed(what, before, after)
  return cause.recordedAt === null
    ? change
    : `${change} ${causes.recorded(writer.instant(cause.recordedAt), cause.recordedBy)}`
}

function whatChanged({ kind, object, pointer }: Cause, writer: Writer): string {
  const { causes } = writer.text
  if (kind === 'reading')
    return causes.reading(writer.named('devices', object.id.split('/')[0] ?? ''), writer.instant(pointer.slice(1)))
  if (kind === 'price')
    return causes.price(writer.named('priceSeries', object.id), writer.instant(pointer.split('/')[2] ?? ''))
  if (kind === 'usage') return causes.usage(writer.named('devices', object.id))
  const named = causes.object(wordOf(causes.kinds, object.kind), writer.named(object.kind, object.id))
  return pointer === '' ? named : causes.place(named, pointer)
}

function valueText(value: unknown, writer: Writer): string {
  if (typeof value === 'string') return writer.decimal(value)
  if (isUse(value))
    return writer.text.causes.used(
      writer.named('organisations', value.organisation),
      writer.instant(value.from),
      writer.instant(value.to),
    )
  const text = JSON.stringify(value, (_key, held: unknown) =>
    isName(held) ? pickName(held, writer.language, '').text : held,
  )
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text
}

type Use = { organisation: string; from: string; to: string }
/** A usage record: its ends are instants, those of a tenancy are dates. */
const isUse = (value: unknown): value is Use =>
  typeof value === 'object' &&
  value !== null &&
  'organisation' in value &&
  'from' in value &&
  typeof value.from === 'string' &&
  value.from.includes('T')
const isName = (value: unknown): value is { fi?: string; sv?: string; en?: string } =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((key) => ['fi', 'sv', 'en'].includes(key))
