// The equipment of premises on a day, and the exit of a co-owner from it.
import { Type, type Static } from 'typebox'
import { LifecycleState } from './bundle.ts'
import { closed, Decimal, Id, LocalDate, Names, orNull } from './common.ts'

const Part = closed({ organisation: Id, amount: Decimal })
/** `with`: only devices of which a purchase or another money fact is recorded; `without`: only the others. Sums stay those of all. */
export const EquipmentQuery = closed({
  at: Type.Optional(LocalDate),
  facts: Type.Optional(Type.Union([Type.Literal('with'), Type.Literal('without')])),
})
export const EquipmentShown = closed({
  at: LocalDate,
  lines: Type.Array(
    closed({
      device: Id,
      name: orNull(Names),
      state: LifecycleState,
      purchase: orNull(closed({ cost: Decimal, date: LocalDate, supplier: orNull(Type.String()) })),
      /** At the start of `at`; null without a purchase, or before it. */
      bookValue: orNull(Decimal),
      bookParts: Type.Array(Part),
      replacement: orNull(closed({ on: LocalDate, cost: Decimal, parts: Type.Array(Part) })),
      lifeEnds: orNull(LocalDate),
      /** The money facts are classified: the asker does not see the replacement. */
      hidden: Type.Boolean(),
    }),
  ),
  total: Decimal,
  parts: Type.Array(Part),
  plan: Type.Array(closed({ year: Type.Integer(), cost: Decimal, parts: Type.Array(Part) })),
  /** How many devices the asker's organisation owns together with others. */
  shared: Type.Integer(),
  /** More devices than one answer shows. */
  more: Type.Boolean(),
})
export const ExitWanted = closed({
  from: LocalDate,
  /** Who takes its part, by device; absent: who financed it, else the greatest other owner. */
  buyers: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), Id, {
      additionalProperties: false,
      maxProperties: 1000,
    }),
  ),
  apply: Type.Boolean(),
})
export const ExitAnswer = closed({
  applied: Type.Boolean(),
  items: Type.Array(
    closed({
      device: Id,
      name: orNull(Names),
      buyer: Id,
      /** Its exact part, such as 1/3. */
      share: orNull(Type.String()),
      bookValue: orNull(Decimal),
      shareValue: orNull(Decimal),
      /** What the buyer pays, net: what the leaving owner has financed of it. */
      price: orNull(Decimal),
      /** The offer that the buyer answers; null in a preview. */
      transfer: orNull(Id),
      /** It was offered before and waits for an answer. */
      waiting: Type.Boolean(),
      /** Why it cannot be offered. */
      hindrance: orNull(Type.String()),
    }),
  ),
  shareValue: Decimal,
  price: Decimal,
})
export type EquipmentShown = Static<typeof EquipmentShown>
export type ExitAnswer = Static<typeof ExitAnswer>
