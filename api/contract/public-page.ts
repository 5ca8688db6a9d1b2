// The public page of a premises: what shared equipment costs and uses, and the landlord's word that it is shown.
import { Type, type Static } from 'typebox'
import { closed, Decimal, Id, Month, Names, orNull } from './common.ts'

export const PublicPageParams = closed({ id: Id })
export const PublicPageWanted = closed({ open: Type.Boolean() })
/** A cost type is shown where so many parties bear it, and none more than this part of it. */
const Rule = { leastParties: Type.Integer(), mostPercent: Type.Integer() }
export const PublicPageState = closed({ open: Type.Boolean(), mayChange: Type.Boolean(), ...Rule })
/** Closed months only. No party, person, space or device is in it. */
export const PublicFigures = closed({
  name: Names,
  address: orNull(Type.String()),
  floorM2: orNull(Decimal),
  ...Rule,
  months: Type.Array(
    closed({
      month: Month,
      sums: Type.Array(
        closed({
          category: Type.String(),
          /** Whole euros without VAT. */
          euros: Decimal,
          use: orNull(closed({ unit: Type.String(), quantity: Decimal })),
        }),
      ),
    }),
  ),
})

export type PublicPageState = Static<typeof PublicPageState>
export type PublicFigures = Static<typeof PublicFigures>
