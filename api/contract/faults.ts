// Faults: reported, offered to who is responsible, worked on, paid for; with their custody, times and waste.
import { Type, type Static } from 'typebox'
import { Vat } from './bundle.ts'
import {
  closed,
  Decimal,
  Id,
  Instant,
  itemsOf,
  LanguageCode,
  LocalDate,
  LongText,
  Names,
  orNull,
  pageOf,
  pageQuery,
  PositiveDecimal,
} from './common.ts'
import { patterned } from './patterned.ts'

const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
export const FaultFile = closed({ digest: Digest, name: Type.String({ minLength: 1, maxLength: 200 }) })
const Files = Type.Optional(Type.Array(FaultFile, { maxItems: 20 }))
export const FaultState = Type.Union([
  Type.Literal('offered'),
  Type.Literal('accepted'),
  Type.Literal('in-work'),
  Type.Literal('done'),
  Type.Literal('closed'),
])
export const FaultChoice = Type.Union([
  Type.Literal('too-cold'),
  Type.Literal('too-warm'),
  Type.Literal('bad-air'),
  Type.Literal('draught'),
  Type.Literal('noise'),
  Type.Literal('smell'),
  Type.Literal('leak'),
  Type.Literal('no-water'),
  Type.Literal('no-power'),
  Type.Literal('dark'),
  Type.Literal('no-network'),
  Type.Literal('shows-error'),
  Type.Literal('does-not-start'),
  Type.Literal('does-not-open'),
  Type.Literal('does-not-close'),
  Type.Literal('wrong-reading'),
  Type.Literal('damaged'),
  Type.Literal('dirty'),
  Type.Literal('other'),
])
export const CustodyGround = Type.Union([
  Type.Literal('matrix'),
  Type.Literal('holder'),
  Type.Literal('landlord'),
  Type.Literal('handed-on'),
])
const EntryKind = Type.Union([
  Type.Literal('reported'),
  Type.Literal('joined'),
  Type.Literal('split'),
  Type.Literal('offered'),
  Type.Literal('accepted'),
  Type.Literal('declined'),
  Type.Literal('escalated'),
  Type.Literal('message'),
  Type.Literal('step'),
  Type.Literal('cost'),
  Type.Literal('done'),
  Type.Literal('reopened'),
  Type.Literal('closed'),
])

/** A report by somebody who is signed in. Of the device, else of the space, else of the premises as a whole. */
export const FaultWanted = closed({
  premises: Type.Optional(Id),
  device: Type.Optional(Id),
  space: Type.Optional(Id),
  what: Type.Optional(LongText),
  choice: Type.Optional(FaultChoice),
  files: Files,
  alarm: Type.Optional(Id),
  language: Type.Optional(LanguageCode),
  apart: Type.Optional(
    Type.Boolean({ description: 'Not joined to the fault that is open already on the same device' }),
  ),
})
const said = { text: Type.Optional(LongText), files: Files }
const Reason = Type.String({ minLength: 3, maxLength: 2000 })
const Hours = patterned('^[0-9]{1,4}(\\.[0-9]{1,2})?$', 'hours such as 1.5', { maxLength: 7 })
export const FaultStepWanted = Type.Union([
  closed({ step: Type.Literal('accept'), ...said }),
  closed({ step: Type.Literal('take'), ...said }),
  closed({ step: Type.Literal('decline'), text: Reason, files: Files, to: Type.Optional(Id) }),
  closed({
    step: Type.Literal('message'),
    text: Type.String({ minLength: 1, maxLength: 2000 }),
    files: Files,
    shownToReporter: Type.Optional(Type.Boolean()),
  }),
  closed({
    step: Type.Literal('work'),
    text: Type.String({ minLength: 1, maxLength: 2000 }),
    files: Files,
    on: Type.Optional(LocalDate),
    hours: Type.Optional(Hours),
    parts: Type.Optional(
      Type.Array(closed({ name: Type.String({ minLength: 1, maxLength: 200 }), quantity: PositiveDecimal }), {
        maxItems: 50,
      }),
    ),
    shownToReporter: Type.Optional(Type.Boolean()),
  }),
  closed({ step: Type.Literal('done'), ...said }),
  closed({ step: Type.Literal('reopen'), text: Reason, files: Files }),
  closed({ step: Type.Literal('close'), ...said }),
  closed({ step: Type.Literal('join'), with: Id }),
  closed({ step: Type.Literal('split'), entry: Type.Integer({ minimum: 0, maximum: 10_000 }) }),
  closed({
    step: Type.Literal('cost'),
    text: Type.Optional(LongText),
    invoice: closed({
      id: Type.Optional(Id),
      category: Type.String({ minLength: 1, maxLength: 64 }),
      net: Decimal,
      vat: Vat,
      payer: Type.Optional(Id),
      serviceFrom: LocalDate,
      serviceTo: LocalDate,
      number: Type.Optional(Type.String({ maxLength: 500 })),
      supplier: Type.Optional(Type.String({ maxLength: 500 })),
    }),
  }),
])
export const FaultVerb = Type.Union([
  Type.Literal('accept'),
  Type.Literal('take'),
  Type.Literal('decline'),
  Type.Literal('message'),
  Type.Literal('work'),
  Type.Literal('done'),
  Type.Literal('reopen'),
  Type.Literal('close'),
  Type.Literal('join'),
  Type.Literal('split'),
  Type.Literal('cost'),
])

const CustodyShown = closed({
  organisation: Id,
  ground: CustodyGround,
  from: Instant,
  acceptedAt: orNull(Instant),
  declinedAt: orNull(Instant),
  reason: orNull(Type.String()),
})
/** One line of the list. */
const summary = {
  id: Id,
  version: Type.Integer(),
  premises: Id,
  premisesName: Names,
  timeZone: Type.String(),
  device: orNull(Id),
  deviceName: orNull(Names),
  deviceType: orNull(Type.String()),
  space: orNull(Id),
  spaceName: orNull(Names),
  what: Type.String(),
  choice: orNull(FaultChoice),
  source: Type.Union([Type.Literal('alarm'), Type.Literal('person'), Type.Literal('public')]),
  state: FaultState,
  keeper: Id,
  ground: CustodyGround,
  since: Instant,
  reportedAt: Instant,
  changedAt: Instant,
  dueAt: orNull(Instant),
  overdue: Type.Boolean(),
  escalations: Type.Integer(),
  reports: Type.Integer(),
  waitsForUs: Type.Boolean(),
}
export const FaultSummary = closed(summary)
export const FaultShown = closed({
  ...summary,
  alarm: orNull(Id),
  language: LanguageCode,
  answerHours: Type.Integer(),
  custody: Type.Array(CustodyShown),
  entries: Type.Array(
    closed({
      at: Instant,
      by: Type.String(),
      organisation: orNull(Id),
      kind: EntryKind,
      text: Type.String(),
      files: Type.Array(FaultFile),
      shownToReporter: Type.Boolean(),
      because: orNull(Type.Union([Type.Literal('refused'), Type.Literal('unanswered')])),
      invoice: orNull(Id),
      choice: orNull(FaultChoice),
      canSplit: Type.Boolean(),
    }),
  ),
  work: Type.Array(
    closed({
      on: LocalDate,
      by: Type.String(),
      organisation: orNull(Id),
      what: Type.String(),
      hours: orNull(Type.String()),
      parts: Type.Array(closed({ name: Type.String(), quantity: Type.String() })),
    }),
  ),
  invoices: Type.Array(
    closed({
      id: Id,
      category: Type.String(),
      net: Type.String(),
      payer: Id,
      serviceFrom: LocalDate,
      serviceTo: LocalDate,
    }),
  ),
  joined: Type.Array(Id),
  joinedInto: orNull(Id),
  followers: Type.Integer(),
  /** How reporters who wished so can be reached: only for who has it. */
  contacts: Type.Array(Type.String()),
  /** The steps that whoever asks may take now. */
  may: Type.Array(FaultVerb),
  /** To whom it can be handed on. */
  handTo: Type.Array(Id),
  /** What is agreed for the split of its costs: categories with a rule of their own. */
  categories: Type.Array(Type.String()),
  names: Type.Record(Type.String(), Names),
})
export const FaultMade = closed({ fault: FaultShown, joined: Type.Boolean() })
export const FaultPage = pageOf(FaultSummary)
const filters = {
  premises: Type.Optional(Id),
  device: Type.Optional(Id),
  space: Type.Optional(Id),
  /** `open`: not done yet; `ended`: done or closed; or one state. */
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('ended'), FaultState])),
  /** `waiting`: offered to the organisation; `ours`: it has it; `all`: all that it sees. */
  whose: Type.Optional(Type.Union([Type.Literal('waiting'), Type.Literal('ours'), Type.Literal('all')])),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
}
export const FaultQuery = pageQuery(filters)
const format = Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('json')]))
export const FaultExportQuery = closed({ ...filters, format, language: Type.Optional(LanguageCode) })
export const CustodyQuery = closed({ format, language: Type.Optional(LanguageCode) })

export const WasteShown = Type.Union([
  closed({
    known: Type.Literal(false),
    reason: Type.Union([Type.Literal('no-meter'), Type.Literal('no-history'), Type.Literal('too-short')]),
  }),
  closed({
    known: Type.Literal(true),
    from: Instant,
    to: Instant,
    hours: Type.Integer(),
    extraKwh: Type.String(),
    usedKwh: Type.String(),
    usualKwh: Type.String(),
    euros: orNull(Type.String()),
    tariff: orNull(Id),
  }),
])
const Times = closed({
  count: Type.Integer(),
  medianMs: orNull(Type.Integer()),
  p90Ms: orNull(Type.Integer()),
  medianWorkingMs: orNull(Type.Integer()),
  p90WorkingMs: orNull(Type.Integer()),
})
export const FaultTimes = itemsOf(
  closed({
    organisation: Id,
    name: Names,
    offered: Type.Integer(),
    accepted: Type.Integer(),
    declined: Type.Integer(),
    waiting: Type.Integer(),
    late: Type.Integer(),
    repaired: Type.Integer(),
    response: Times,
    repair: Times,
  }),
)
export const FaultTimesQuery = closed({
  premises: Type.Optional(Id),
  from: Type.Optional(LocalDate),
  to: Type.Optional(LocalDate),
})

export type FaultState = Static<typeof FaultState>
export type FaultChoice = Static<typeof FaultChoice>
export type FaultWanted = Static<typeof FaultWanted>
export type FaultStepWanted = Static<typeof FaultStepWanted>
export type FaultVerb = Static<typeof FaultVerb>
export type FaultSummary = Static<typeof FaultSummary>
export type FaultShown = Static<typeof FaultShown>
export type FaultMade = Static<typeof FaultMade>
export type FaultPage = Static<typeof FaultPage>
export type FaultQuery = Static<typeof FaultQuery>
export type WasteShown = Static<typeof WasteShown>
export type FaultTimes = Static<typeof FaultTimes>
