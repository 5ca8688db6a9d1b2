// Disputes over lines of issued months: opened, answered, ended; each with its owner, clock and conversation.
import { Type, type Static } from 'typebox'
import { closed, Decimal, Id, Instant, LongText, Month, orNull, pageOf, pageQuery } from './common.ts'

const ItemId = Type.String({ minLength: 1, maxLength: 400 })
const Said = Type.String({ minLength: 1, maxLength: 4000 })

export const DisputeReasonWord = Type.Union([
  Type.Literal('amount'),
  Type.Literal('share'),
  Type.Literal('readings'),
  Type.Literal('not-ours'),
  Type.Literal('payer-or-vat'),
  Type.Literal('period'),
  Type.Literal('other'),
])
export const DisputeAnswerWord = Type.Union([Type.Literal('rectify'), Type.Literal('adjust'), Type.Literal('reject')])
export const DisputeOutcomeWord = Type.Union([
  Type.Literal('rectified'),
  Type.Literal('adjustment'),
  Type.Literal('withdrawn'),
])
export const DisputeStateWord = Type.Union([Type.Literal('open'), Type.Literal('answered'), Type.Literal('resolved')])
/** A file sent before with POST /files. */
export const Attachment = closed({
  digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
})
const Attachments = Type.Array(Attachment, { maxItems: 20 })

export const DisputeWanted = closed({
  party: Id,
  /** null: the whole. */
  item: orNull(ItemId),
  reason: DisputeReasonWord,
  text: Said,
  files: Type.Optional(Attachments),
  /** Who must answer: landlord, payer or another party; absent: who paid the line, else the landlord. */
  owner: Type.Optional(Id),
})
export const DisputeStepWanted = Type.Union([
  closed({ step: Type.Literal('message'), text: Said, files: Type.Optional(Attachments) }),
  closed({ step: Type.Literal('take') }),
  closed({
    step: Type.Literal('answer'),
    answer: DisputeAnswerWord,
    text: Said,
    files: Type.Optional(Attachments),
  }),
  closed({ step: Type.Literal('reopen'), text: Said, files: Type.Optional(Attachments) }),
  closed({ step: Type.Literal('resolve'), outcome: DisputeOutcomeWord, text: Type.Optional(LongText) }),
])
export const DisputeShown = closed({
  id: Id,
  version: Type.Integer(),
  premises: Id,
  period: Month,
  issue: Type.Integer(),
  party: Id,
  item: orNull(Type.String()),
  reason: DisputeReasonWord,
  /** The party's share of the line when it was disputed; null for the whole. */
  net: orNull(Decimal),
  owner: closed({ organisation: Id, person: orNull(Type.String()) }),
  state: DisputeStateWord,
  /** Whose turn it is; null when it has ended. */
  turn: orNull(Id),
  dueAt: orNull(Instant),
  overdue: Type.Boolean(),
  answer: orNull(DisputeAnswerWord),
  outcome: orNull(DisputeOutcomeWord),
  openedAt: Instant,
  entries: Type.Array(
    closed({
      at: Instant,
      by: Type.String(),
      organisation: orNull(Id),
      kind: Type.Union([
        Type.Literal('opened'),
        Type.Literal('message'),
        Type.Literal('taken'),
        Type.Literal('answered'),
        Type.Literal('reopened'),
        Type.Literal('resolved'),
      ]),
      text: Type.String(),
      files: Attachments,
    }),
  ),
})
export const DisputePage = pageOf(DisputeShown)
export const DisputeQuery = pageQuery({
  premises: Type.Optional(Id),
  period: Type.Optional(Month),
  /** `open`: all that have not ended. */
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('resolved')])),
})

export type Attachment = Static<typeof Attachment>
export type DisputeWanted = Static<typeof DisputeWanted>
export type DisputeStepWanted = Static<typeof DisputeStepWanted>
export type DisputeShown = Static<typeof DisputeShown>
export type DisputePage = Static<typeof DisputePage>
