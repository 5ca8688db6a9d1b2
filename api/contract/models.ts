// Building models of a premises: in which form, and with what has no word there.
import { Type } from 'typebox'
import { closed } from './common.ts'

export const ModelQuery = closed({
  format: Type.Optional(
    Type.Union([Type.Literal('brick'), Type.Literal('rec')], {
      default: 'brick',
      description: 'brick: Brick 1.4 as Turtle; rec: RealEstateCore 4 as JSON-LD',
    }),
  ),
  full: Type.Optional(
    Type.Boolean({
      description: 'Also roles, tenancies, ownership and whatever else has no word there, under our own name',
    }),
  ),
})
