// Service: plans of what is done to devices, the tasks that they bring about, and what was done and found.
import { Type, type Static } from 'typebox'
import {
  closed,
  Decimal,
  Id,
  Instant,
  itemsOf,
  LocalDate,
  LongText,
  Names,
  orNull,
  pageOf,
  pageQuery,
  PointKey,
  PositiveDecimal,
  Text,
} from './common.ts'

const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
const Person = closed({ id: Id, name: Type.String() })
const DeviceKind = Type.String({ minLength: 1, maxLength: 63 })
const Every = Type.Integer({ minimum: 1, maximum: 480 })

export const ChecklistItem = closed({
  id: Id,
  text: Names,
  kind: Type.Union([Type.Literal('yes-no'), Type.Literal('number'), Type.Literal('text'), Type.Literal('photo')]),
  unit: Type.Optional(Type.String({ maxLength: 20 })),
  /** Of a number: what is in order; beyond, it is a deviation. */
  least: Type.Optional(Decimal),
  most: Type.Optional(Decimal),
  required: Type.Boolean(),
})
const Checklist = Type.Array(ChecklistItem, { maxItems: 100 })
export const Trigger = Type.Union([
  closed({ by: Type.Literal('weeks'), every: Every, from: LocalDate }),
  closed({ by: Type.Literal('months'), every: Every, from: LocalDate }),
  closed({
    by: Type.Literal('yearly'),
    months: Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), { minItems: 1, maxItems: 12, uniqueItems: true }),
    day: Type.Integer({ minimum: 1, maximum: 31 }),
  }),
  closed({ by: Type.Literal('hours'), point: PointKey, every: PositiveDecimal }),
  closed({ by: Type.Literal('count'), point: PointKey, every: PositiveDecimal }),
  closed({ by: Type.Literal('verification') }),
])
const TemplateTrigger = Type.Union([
  closed({ by: Type.Literal('weeks'), every: Every }),
  closed({ by: Type.Literal('months'), every: Every }),
  Trigger.anyOf[2],
  Trigger.anyOf[3],
  Trigger.anyOf[4],
  Trigger.anyOf[5],
])
const Rhythm = Type.Union([Type.Literal('done'), Type.Literal('fixed')])
const LeadDays = Type.Integer({ minimum: 0, maximum: 400 })
const PlanOf = Type.Union([closed({ device: Id }), closed({ deviceType: DeviceKind })])

export const ServiceTemplates = itemsOf(
  closed({
    id: Id,
    deviceTypes: Type.Array(Type.String()),
    title: Names,
    trigger: TemplateTrigger,
    workingDays: Type.Boolean(),
    rhythm: Rhythm,
    leadDays: LeadDays,
    checklist: Checklist,
  }),
)
export const ServiceTemplateQuery = closed({ deviceType: Type.Optional(DeviceKind) })

export const PlanStateWord = Type.Union([Type.Literal('active'), Type.Literal('paused'), Type.Literal('ended')])
export const PlanWanted = closed({
  premises: Id,
  of: PlanOf,
  /** What of the library it is made of; what is absent below is taken from there. */
  template: Type.Optional(orNull(Id)),
  title: Type.Optional(Names),
  trigger: Type.Optional(Trigger),
  workingDays: Type.Optional(Type.Boolean()),
  /** `done`: the next counts from the day on which it was done; `fixed`: the rhythm stays. */
  rhythm: Type.Optional(Rhythm),
  /** Days before it is due on which the task is made. */
  leadDays: Type.Optional(LeadDays),
  checklist: Type.Optional(Checklist),
  contractor: Type.Optional(orNull(Id)),
  assignee: Type.Optional(orNull(Id)),
  state: Type.Optional(PlanStateWord),
  /** The local day from which it counts; today if absent. */
  startsOn: Type.Optional(LocalDate),
  /** false: only what it would bring in the next twelve months. */
  apply: Type.Optional(Type.Boolean()),
})
export const PlanShown = closed({
  /** null: a preview. */
  id: orNull(Id),
  version: Type.Integer(),
  premises: Id,
  state: PlanStateWord,
  of: PlanOf,
  /** Of a plan of one device, as far as the asker sees it. */
  deviceName: orNull(Names),
  template: orNull(Id),
  title: Names,
  trigger: Trigger,
  workingDays: Type.Boolean(),
  rhythm: Rhythm,
  leadDays: LeadDays,
  checklist: Checklist,
  contractor: orNull(Id),
  assignee: orNull(Person),
  startsOn: LocalDate,
  mayChange: Type.Boolean(),
})
export const Occurrence = closed({
  plan: orNull(Id),
  title: Names,
  device: Id,
  deviceName: orNull(Names),
  due: LocalDate,
  /** From running hours or a count: a forecast by the rate so far. */
  forecast: Type.Boolean(),
})
export const PlanAnswer = closed({ plan: PlanShown, preview: Type.Array(Occurrence) })
export const PlanPage = pageOf(PlanShown)
export const PlanQuery = pageQuery({
  premises: Type.Optional(Id),
  device: Type.Optional(Id),
  state: Type.Optional(PlanStateWord),
})
export const PreviewQuery = closed({
  premises: Id,
  months: Type.Optional(Type.Integer({ minimum: 1, maximum: 36, description: 'Default 12' })),
})
export const OccurrenceList = closed({ items: Type.Array(Occurrence), more: Type.Boolean() })

export const TaskStateWord = Type.Union([
  Type.Literal('open'),
  Type.Literal('done'),
  Type.Literal('not-possible'),
  Type.Literal('cancelled'),
])
const PartRow = closed({ name: Text, quantity: PositiveDecimal })
const Ground = closed({
  by: Type.Union([
    Type.Literal('calendar'),
    Type.Literal('hours'),
    Type.Literal('count'),
    Type.Literal('verification'),
    Type.Literal('person'),
  ]),
  planned: LocalDate,
  point: Type.Optional(Type.String()),
  value: Type.Optional(Decimal),
  limit: Type.Optional(Decimal),
})
/** What a contractor must know to get there, and no more; what the classification keeps from them is null. */
const TaskPlace = closed({
  premises: Id,
  premisesName: Names,
  address: orNull(Type.String()),
  timeZone: Type.String(),
  device: orNull(closed({ id: Id, name: orNull(Names), type: orNull(Type.String()) })),
  space: orNull(closed({ id: Id, name: orNull(Names), storey: orNull(Type.String()) })),
})
const Answer = closed({
  item: Id,
  value: orNull(Type.Union([Type.Boolean(), Type.String()])),
  photos: Type.Array(Type.String()),
  ok: orNull(Type.Boolean()),
})
export const TaskShown = closed({
  id: Id,
  version: Type.Integer(),
  state: TaskStateWord,
  title: Names,
  plan: orNull(Id),
  ground: Ground,
  dueOn: LocalDate,
  overdue: Type.Boolean(),
  place: TaskPlace,
  checklist: Checklist,
  responsible: closed({
    organisation: Id,
    name: Names,
    ground: Type.Union([Type.Literal('matrix'), Type.Literal('holder'), Type.Literal('landlord')]),
  }),
  contractor: orNull(closed({ organisation: Id, name: Names })),
  assignee: orNull(Person),
  instructions: Type.String(),
  /** What the asker may do with it now. */
  may: Type.Array(Type.Union([Type.Literal('finish'), Type.Literal('assign'), Type.Literal('cancel')])),
  outcome: orNull(
    closed({
      at: Instant,
      receivedAt: Instant,
      by: Type.String(),
      organisation: orNull(Id),
      result: Type.Union([Type.Literal('done'), Type.Literal('not-possible'), Type.Literal('cancelled')]),
      reason: orNull(Type.String()),
      answers: Type.Array(Answer),
      note: Type.String(),
      hours: orNull(Decimal),
      parts: Type.Array(PartRow),
      photos: Type.Array(Type.String()),
      findings: Type.Array(closed({ text: Type.String(), fault: orNull(Id) })),
    }),
  ),
})
export const TaskPage = closed({ items: Type.Array(TaskShown), next: orNull(Type.String()), overdue: Type.Integer() })
export const TaskQuery = pageQuery({
  premises: Type.Optional(Id),
  device: Type.Optional(Id),
  plan: Type.Optional(Id),
  /** Absent: `open`. */
  state: Type.Optional(Type.Union([TaskStateWord, Type.Literal('all')])),
  /** `mine`: assigned to me, or to nobody in my organisation that does it; `ours`: my organisation is responsible or does it. */
  whose: Type.Optional(Type.Union([Type.Literal('mine'), Type.Literal('ours'), Type.Literal('all')])),
  /** Only what is due up to that local day. */
  until: Type.Optional(LocalDate),
  overdue: Type.Optional(Type.Boolean()),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
})
export const TaskWanted = closed({
  premises: Id,
  device: Type.Optional(orNull(Id)),
  space: Type.Optional(orNull(Id)),
  title: Names,
  dueOn: LocalDate,
  checklist: Type.Optional(Checklist),
  contractor: Type.Optional(orNull(Id)),
  assignee: Type.Optional(orNull(Id)),
  instructions: Type.Optional(LongText),
})
/** What is absent stays. A contractor chooses only who of its own does it. */
export const AssignmentWanted = closed({
  contractor: Type.Optional(orNull(Id)),
  assignee: Type.Optional(orNull(Id)),
  dueOn: Type.Optional(LocalDate),
  instructions: Type.Optional(LongText),
})
export const CompletionWanted = closed({
  /** What the phone calls it: the same is taken once, however often it is sent and however late. */
  key: Type.Optional(Type.String({ minLength: 8, maxLength: 64 })),
  /** When it was done at the place; now if absent. */
  at: Type.Optional(Instant),
  result: Type.Union([Type.Literal('done'), Type.Literal('not-possible')]),
  reason: Type.Optional(LongText),
  /** After `not-possible`: the day of the next attempt. */
  again: Type.Optional(LocalDate),
  answers: Type.Optional(
    Type.Array(
      closed({
        item: Id,
        value: Type.Optional(orNull(Type.Union([Type.Boolean(), Type.String({ maxLength: 2000 })]))),
        /** Places in `photos`. */
        photos: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 49 }), { maxItems: 20 })),
      }),
      { maxItems: 100 },
    ),
  ),
  note: Type.Optional(LongText),
  hours: Type.Optional(orNull(PositiveDecimal)),
  parts: Type.Optional(Type.Array(PartRow, { maxItems: 50 })),
  photos: Type.Optional(Type.Array(Digest, { maxItems: 50 })),
  /** What needs a repair, in words. */
  findings: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { maxItems: 20 })),
})
export const CancelWanted = closed({ reason: Type.String({ minLength: 1, maxLength: 2000 }) })
export const PeopleList = itemsOf(Person)

export type PlanWanted = Static<typeof PlanWanted>
export type PlanShown = Static<typeof PlanShown>
export type PlanAnswer = Static<typeof PlanAnswer>
export type PlanPage = Static<typeof PlanPage>
export type Occurrence = Static<typeof Occurrence>
export type OccurrenceList = Static<typeof OccurrenceList>
export type ServiceTemplates = Static<typeof ServiceTemplates>
export type ChecklistItem = Static<typeof ChecklistItem>
export type Trigger = Static<typeof Trigger>
export type TaskShown = Static<typeof TaskShown>
export type TaskPage = Static<typeof TaskPage>
export type TaskQuery = Static<typeof TaskQuery>
export type TaskWanted = Static<typeof TaskWanted>
export type AssignmentWanted = Static<typeof AssignmentWanted>
export type CompletionWanted = Static<typeof CompletionWanted>
export type PeopleList = Static<typeof PeopleList>
