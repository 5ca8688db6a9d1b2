// One search over everything that has words: what was found, kind by kind, the best first.
import { Type, type Static } from 'typebox'
import { closed, Id, Names, oneOf, orNull } from './common.ts'

/** What can be asked for; without a choice all are. */
export const SEARCH_KINDS = [
  'premises',
  'spaces',
  'devices',
  'documents',
  'faults',
  'alarms',
  'alarmRules',
  'agreements',
  'organisations',
  'invoices',
] as const
export const SearchKind = oneOf(SEARCH_KINDS)
export const SearchWanted = closed({
  q: Type.String({ minLength: 1, maxLength: 100 }),
  /** Kinds, with commas between them. */
  kinds: Type.Optional(Type.String({ maxLength: 200 })),
  premises: Type.Optional(Id),
  /** Of each kind. */
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
})
export const SearchHit = closed({
  kind: SearchKind,
  /** Of a space: its id within its premises. */
  id: Type.String({ maxLength: 200 }),
  /** Null where it has no name: `title` says what it is called then. */
  name: orNull(Names),
  title: orNull(Type.String()),
  premises: orNull(Id),
  /** What it is of: the device of a fault, an alarm or a document. */
  device: orNull(Id),
  space: orNull(Id),
  /** Device type, kind of a document or an organisation, state of a fault or an alarm. */
  sort: orNull(Type.String()),
  /** Serial number, business identity code, address or file name, where there is one. */
  number: orNull(Type.String()),
  tags: Type.Array(Type.String()),
})
export const SearchAnswer = closed({
  groups: Type.Array(closed({ kind: SearchKind, items: Type.Array(SearchHit), more: Type.Boolean() })),
})
export type SearchKind = (typeof SEARCH_KINDS)[number]
export type SearchHit = Static<typeof SearchHit>
export type SearchAnswer = Static<typeof SearchAnswer>
