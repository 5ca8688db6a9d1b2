// What if other rules had held: who would have borne what of months gone by. Nothing is written.
import { Type, type Static } from 'typebox'
import { Rule } from './bundle.ts'
import { closed, Decimal, Id, Month, Names, orNull, Text } from './common.ts'
import { SettlementState } from './premises.ts'
import { BlockCode } from './settlements.ts'

/** Variants that are compared at once. */
export const MOST_VARIANTS = 5
/** Keys that need no rules written: as agreed (by the facts of now), by area, people, equally, by sub-meters where there are some. */
export const WhatIfKey = Type.Union([
  Type.Literal('agreed'),
  Type.Literal('area'),
  Type.Literal('headcount'),
  Type.Literal('equal'),
  Type.Literal('metered'),
])
/** Exactly one of `key`, `rules` and `proposal`. `parties` goes with `rules`: absent, those of each day's agreement. */
export const WhatIfVariant = closed({
  name: Text,
  key: Type.Optional(WhatIfKey),
  rules: Type.Optional(Type.Array(Rule, { minItems: 1, maxItems: 1000 })),
  parties: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
  proposal: Type.Optional(Id),
})
export const WhatIfWanted = closed({
  from: Month,
  to: Month,
  variants: Type.Array(WhatIfVariant, { minItems: 1, maxItems: MOST_VARIANTS }),
})
const borne = { party: Id, net: Decimal, gross: Decimal }
export const Borne = closed(borne)
/** The differences are to what was. */
export const BorneCompared = closed({ ...borne, netDifference: Decimal, grossDifference: Decimal })
export const NotSplit = closed({
  item: Type.String(),
  category: Type.String(),
  code: BlockCode,
  detail: Type.String(),
  net: orNull(Decimal),
})
const monthOf = <T extends typeof Borne | typeof BorneCompared>(row: T) => ({
  period: Month,
  parties: Type.Array(row),
  categories: Type.Array(closed({ category: Type.String(), parties: Type.Array(row) })),
})
export const WhatIfAnswer = closed({
  premises: Id,
  /** What was is as closed (or issued, or the draft of now), with what later months adjusted of it. */
  months: Type.Array(closed({ period: Month, status: SettlementState })),
  parties: Type.Array(Id),
  was: closed({ months: Type.Array(closed(monthOf(Borne))), parties: Type.Array(Borne) }),
  variants: Type.Array(
    closed({
      name: Type.String(),
      /** The rules that were tried; null: as agreed. */
      rules: orNull(Type.Array(Rule)),
      months: Type.Array(
        closed({
          ...monthOf(BorneCompared),
          /** What these rules can't split: nobody bears it. */
          blocked: Type.Array(NotSplit),
        }),
      ),
      parties: Type.Array(BorneCompared),
      /** Sum of what is blocked, as far as it is known. */
      blockedNet: Decimal,
    }),
  ),
  simulated: Type.Boolean(),
  demonstration: Type.Boolean(),
  organisations: Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), Names, {
    additionalProperties: false,
  }),
})

export type WhatIfKey = Static<typeof WhatIfKey>
export type WhatIfVariant = Static<typeof WhatIfVariant>
export type WhatIfWanted = Static<typeof WhatIfWanted>
export type WhatIfAnswer = Static<typeof WhatIfAnswer>
