// Words that every part of the contract uses: ids, names, decimals, dates, instants, pages and the query of a list.
import { Type, type Static, type TSchema } from 'typebox'
import { patterned } from './patterned.ts'

/** Id of an object: lower-case letters, digits and hyphens. */
export const Id = patterned(
  '^[a-z0-9][a-z0-9-]{0,62}$',
  '1–63 small letters a–z, digits and hyphens, not a hyphen first',
  { maxLength: 63 },
)
/** Key of a point, as its device names it. */
export const PointKey = patterned('^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$', '1–64 letters a–z, digits and _ . : -', {
  maxLength: 64,
})
/** Exact decimal number as text: no exponent, no thousands separator, a point before the decimals. */
export const Decimal = patterned('^-?[0-9]{1,18}(\\.[0-9]{1,18})?$', 'a number such as 12.5', { maxLength: 38 })
/** Decimal number that is not below zero. */
export const PositiveDecimal = patterned('^[0-9]{1,18}(\\.[0-9]{1,18})?$', 'a number such as 12.5, not below zero', {
  maxLength: 37,
})
/** Calendar date of the premises' time zone; `from` is in, `to` is not. */
export const LocalDate = patterned('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', 'a date such as 2026-11-23', {
  maxLength: 10,
})
/** Calendar month of the premises' time zone. */
export const Month = patterned('^[0-9]{4}-(0[1-9]|1[0-2])$', 'a month such as 2026-11', { maxLength: 7 })
/** ISO 8601 instant with offset or Z. Answers always carry Z. */
export const Instant = patterned(
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$',
  'an instant such as 2026-11-23T10:00:00Z',
  { maxLength: 35 },
)
/** A local date or an instant, where both make sense. */
export const DateOrInstant = patterned(
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$',
  'a date such as 2026-11-23, or an instant',
  { maxLength: 35 },
)
export const Text = Type.String({ minLength: 1, maxLength: 200 })
export const LongText = Type.String({ maxLength: 2000 })
export const LanguageCode = Type.Union([Type.Literal('fi'), Type.Literal('sv'), Type.Literal('en')])
/** A name in one or more languages; at least one is given. */
export const Names = Type.Object(
  { fi: Type.Optional(Text), sv: Type.Optional(Text), en: Type.Optional(Text) },
  { additionalProperties: false, minProperties: 1 },
)
export const VatCategory = Type.Union([
  Type.Literal('S'),
  Type.Literal('Z'),
  Type.Literal('E'),
  Type.Literal('O'),
  Type.Literal('AE'),
])
export const RoleName = Type.Union([
  Type.Literal('viewer'),
  Type.Literal('technician'),
  Type.Literal('manager'),
  Type.Literal('controller'),
  Type.Literal('signatory'),
  Type.Literal('admin'),
])
export const QualityWord = Type.Union([
  Type.Literal('measured'),
  Type.Literal('manual'),
  Type.Literal('estimated'),
  Type.Literal('substituted'),
  Type.Literal('suspect'),
])
/** A value as it was read: number, boolean or short text. */
export const ReadingValue = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 1024 })])
/** When and by whom a fact was recorded; `version` counts from 1 and is what ETag and If-Match carry. */
export const recorded = {
  version: Type.Integer({ minimum: 0 }),
  recordedAt: Instant,
}

/** An object without unknown properties: every body and answer is closed. */
export const closed = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
/** One of these words. */
export const oneOf = <W extends string>(words: readonly W[]) =>
  Type.Unsafe<W>(Type.Union(words.map((word) => Type.Literal(word))))
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** A page of a list: ask on with `after` = `next` until `next` is null. */
export const pageOf = <T extends TSchema>(item: T) =>
  closed({ items: Type.Array(item), next: orNull(Type.String({ maxLength: 512 })) })
export const itemsOf = <T extends TSchema>(item: T) => closed({ items: Type.Array(item) })

export const MAX_PAGE = 200
export const DEFAULT_PAGE = 50
/** Query of a list; `extra` are its filters. */
export const pageQuery = <P extends Record<string, TSchema>>(extra: P) =>
  closed({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    ...extra,
  })
export const IdParams = closed({ id: Id })
/** A stream whose form the route's summary says. */
export const Streamed = Type.Unknown()
export const Nothing = Type.Null({ description: 'No content' })

export type Names = Static<typeof Names>
export type RoleName = Static<typeof RoleName>
export type LanguageCode = Static<typeof LanguageCode>
export type QualityWord = Static<typeof QualityWord>
export type ReadingValue = Static<typeof ReadingValue>
