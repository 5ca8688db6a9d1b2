// Data Act facts of a device, and the log of requests for its data.
import { Type, type Static } from 'typebox'
import { DataHolder } from './bundle.ts'
import { closed, Id, Instant, LanguageCode, LocalDate, Names, orNull, pageOf, pageQuery } from './common.ts'

const Note = Type.String({ minLength: 1, maxLength: 2000 })
const Article = Type.Union([Type.Literal(4), Type.Literal(5)])
export const DataRequestWanted = closed({
  /** 4: to the user itself; 5: to a third party. */
  article: Article,
  data: Note,
  from: Type.Optional(LocalDate),
  to: Type.Optional(LocalDate),
  thirdParty: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  language: LanguageCode,
})
const HolderNamed = closed({ organisation: orNull(Id), name: Type.String(), contact: orNull(Type.String()) })
export const DataRequestShown = closed({
  id: Id,
  state: Type.Union([
    Type.Literal('sent'),
    Type.Literal('received'),
    Type.Literal('partly'),
    Type.Literal('refused'),
    Type.Literal('withdrawn'),
  ]),
  device: Id,
  deviceName: orNull(Names),
  by: Id,
  holder: HolderNamed,
  wanted: DataRequestWanted,
  /** When an answer is asked after; null once there is one. */
  dueAt: orNull(Instant),
  overdue: Type.Boolean(),
  events: Type.Array(
    closed({
      what: Type.String(),
      at: Instant,
      by: Type.String(),
      organisation: orNull(Id),
      note: orNull(Type.String()),
    }),
  ),
  /** Whether the asker of this answer may record what became of it. */
  mayAnswer: Type.Boolean(),
})
export const DataAct = closed({
  holder: orNull(HolderNamed),
  /** As recorded of the product. */
  recorded: orNull(DataHolder),
  /** Users in the sense of art. 2(12): they have a right to the data. */
  users: Type.Array(
    closed({
      organisation: Id,
      ground: Type.Union([Type.Literal('owner'), Type.Literal('holder'), Type.Literal('user')]),
    }),
  ),
  mayRequest: Type.Boolean(),
  requests: Type.Array(DataRequestShown),
})
export const DataHolderWanted = closed({ holder: orNull(DataHolder) })
export const DataRequestAnswer = closed({
  outcome: Type.Union([
    Type.Literal('received'),
    Type.Literal('partly'),
    Type.Literal('refused'),
    Type.Literal('withdrawn'),
  ]),
  note: Type.Optional(Note),
})
export const DataRequestPage = pageOf(DataRequestShown)
export const DataRequestQuery = pageQuery({ device: Type.Optional(Id) })
export const LetterQuery = closed({
  language: Type.Optional(LanguageCode),
  format: Type.Optional(Type.Union([Type.Literal('pdf'), Type.Literal('text')])),
})
export type DataAct = Static<typeof DataAct>
export type DataRequestShown = Static<typeof DataRequestShown>
export type DataRequestPage = Static<typeof DataRequestPage>
