// Statutory inspections: what the law wants looked at, until when, and with which certificate it was.
import { Type, type Static } from 'typebox'
import { Attachment } from './disputes.ts'
import { closed, Id, Instant, itemsOf, LanguageCode, LocalDate, LongText, Names, orNull, pageQuery } from './common.ts'

const Months = Type.Integer({ minimum: 1, maximum: 480 })
export const InspectionResultWord = Type.Union([
  Type.Literal('passed'),
  Type.Literal('remarks'),
  Type.Literal('failed'),
])
export const InspectionTemplates = itemsOf(
  closed({
    id: Id,
    deviceTypes: Type.Array(Type.String()),
    title: Names,
    law: Names,
    intervalMonths: Months,
    note: Names,
  }),
)
export const InspectionWanted = closed({
  premises: Id,
  device: Type.Optional(orNull(Id)),
  space: Type.Optional(orNull(Id)),
  template: Type.Optional(orNull(Id)),
  /** What is absent is taken from the template. */
  title: Type.Optional(Names),
  law: Type.Optional(Names),
  intervalMonths: Type.Optional(Months),
  /** When the first is due; or when the last was, if one was made before. */
  firstDue: Type.Optional(LocalDate),
  contractor: Type.Optional(orNull(Id)),
  state: Type.Optional(Type.Union([Type.Literal('current'), Type.Literal('ended')])),
})
export const InspectionMade = closed({
  on: LocalDate,
  result: InspectionResultWord,
  inspector: Type.String({ minLength: 1, maxLength: 200 }),
  remarks: Type.Optional(LongText),
  /** Sent before with POST /files. */
  certificate: Type.Optional(orNull(Attachment)),
  /** As the inspector set it; else by the interval. */
  nextDue: Type.Optional(orNull(LocalDate)),
})
export const InspectionShown = closed({
  id: Id,
  version: Type.Integer(),
  premises: Id,
  state: Type.Union([Type.Literal('current'), Type.Literal('ended')]),
  template: orNull(Id),
  device: orNull(closed({ id: Id, name: orNull(Names) })),
  space: orNull(Id),
  title: Names,
  law: Names,
  intervalMonths: Months,
  firstDue: LocalDate,
  dueOn: LocalDate,
  /** Days from today to the last day in time; below zero: overdue for so many. */
  daysLeft: Type.Integer(),
  overdue: Type.Boolean(),
  responsible: Id,
  contractor: orNull(Id),
  mayChange: Type.Boolean(),
  records: Type.Array(
    closed({
      on: LocalDate,
      result: InspectionResultWord,
      inspector: Type.String(),
      remarks: Type.String(),
      certificate: orNull(Attachment),
      nextDue: orNull(LocalDate),
      recordedAt: Instant,
      recordedBy: Type.String(),
    }),
  ),
})
/** What is due first comes first. */
export const InspectionList = closed({
  items: Type.Array(InspectionShown),
  next: orNull(Type.String()),
})
export const InspectionQuery = pageQuery({
  premises: Type.Optional(Id),
  device: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean()),
  state: Type.Optional(Type.Union([Type.Literal('current'), Type.Literal('ended')])),
})
export const CalendarQuery = closed({ language: Type.Optional(LanguageCode) })

/** The service book: everything that was done, the newest first. */
export const BookEntry = closed({
  at: Instant,
  on: LocalDate,
  kind: Type.Union([Type.Literal('task'), Type.Literal('inspection'), Type.Literal('fault')]),
  /** The task, inspection or fault. */
  id: Id,
  title: Names,
  device: orNull(closed({ id: Id, name: orNull(Names) })),
  space: orNull(Id),
  /** Person and, where it is known, the organisation. */
  by: Type.String(),
  organisation: orNull(Id),
  result: Type.String(),
  /** What was said of it: note, answers that are not in order, findings, remarks, work steps. */
  what: Type.Array(Type.String()),
  photos: Type.Array(Type.String()),
  certificate: orNull(Attachment),
})
export const BookPage = closed({
  items: Type.Array(BookEntry),
  next: orNull(Type.String()),
  years: Type.Array(Type.Integer()),
})
export const BookQuery = pageQuery({
  device: Type.Optional(Id),
  year: Type.Optional(Type.Integer({ minimum: 1970, maximum: 2200 })),
  kind: Type.Optional(Type.Union([Type.Literal('task'), Type.Literal('inspection'), Type.Literal('fault')])),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  language: Type.Optional(LanguageCode),
})
export const BookFileQuery = closed({
  device: Type.Optional(Id),
  year: Type.Optional(Type.Integer({ minimum: 1970, maximum: 2200 })),
  kind: Type.Optional(Type.Union([Type.Literal('task'), Type.Literal('inspection'), Type.Literal('fault')])),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  language: Type.Optional(LanguageCode),
})

export type InspectionWanted = Static<typeof InspectionWanted>
export type InspectionMade = Static<typeof InspectionMade>
export type InspectionShown = Static<typeof InspectionShown>
export type InspectionList = Static<typeof InspectionList>
export type InspectionTemplates = Static<typeof InspectionTemplates>
export type BookEntry = Static<typeof BookEntry>
export type BookPage = Static<typeof BookPage>
export type BookQuery = Static<typeof BookQuery>
export type BookFileQuery = Static<typeof BookFileQuery>
