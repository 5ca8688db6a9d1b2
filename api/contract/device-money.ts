// The money facts of a device: what is recorded, and what follows from it on a day.
import { Type, type Static } from 'typebox'
import { Acquisition, MONEY_FACTS } from './bundle.ts'
import { closed, Decimal, Id, LocalDate, orNull } from './common.ts'

/** An owner's exact part (`1/3`) and its cents; parts add up to the whole. */
const OwnersPart = closed({ organisation: Id, share: Type.String(), amount: Decimal })
export const MoneyFacts = closed(MONEY_FACTS)
export const MoneyQuery = closed({ at: Type.Optional(LocalDate) })
export const DeviceMoney = closed({
  at: LocalDate,
  acquisition: orNull(Acquisition),
  facts: MoneyFacts,
  /** At the start of `at`. */
  bookValue: orNull(Decimal),
  bookParts: Type.Array(OwnersPart),
  /** The first day after the expected life. */
  lifeEnds: orNull(LocalDate),
  /** Of the owners on the day of the replacement. */
  replacementParts: Type.Array(OwnersPart),
  warnings: Type.Array(
    closed({
      code: Type.Union([
        Type.Literal('warranty-ends'),
        Type.Literal('serviceContract-ends'),
        Type.Literal('insurance-ends'),
        Type.Literal('serviceContract-ended'),
        Type.Literal('insurance-ended'),
        Type.Literal('grant-encumbers'),
        Type.Literal('life-over'),
        Type.Literal('replacement-due'),
      ]),
      on: LocalDate,
      by: orNull(Type.String()),
    }),
  ),
})
export type MoneyFacts = Static<typeof MoneyFacts>
export type DeviceMoney = Static<typeof DeviceMoney>
