// The demonstration in an installation: what belongs to it, and its removal.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, Names, orNull, Text } from './common.ts'

const Named = closed({ id: Id, name: orNull(Names) })
export const DemonstrationState = closed({
  /** Premises marked as a demonstration; empty: there is none. */
  premises: Type.Array(Named),
  /** How many go with them. */
  counts: closed({
    devices: Type.Integer(),
    agreements: Type.Integer(),
    /** Metered and recurring costs, invoices. */
    costs: Type.Integer(),
    /** Tariffs and price series that nothing else uses. */
    prices: Type.Integer(),
    /** Alarms, faults, tasks, plans, proposals and the like. */
    papers: Type.Integer(),
  }),
  /** Organisations that nothing else names: they go, unless one is kept. */
  organisations: Type.Array(Named),
  /** People who belong to these organisations only: their access ends. */
  people: Type.Array(closed({ login: Type.String(), name: Type.String(), organisations: Type.Array(Id) })),
  /** Months in the ledger; they stay there, and leave every list with their premises. */
  months: Type.Integer(),
  /** Why it cannot be removed: devices that are not simulated and have readings, months that were frozen as real, objects elsewhere that name it. */
  hindered: Type.Array(
    closed({
      why: Type.Union([Type.Literal('real-readings'), Type.Literal('real-month'), Type.Literal('named')]),
      /** A device, a month, or the object that names. */
      id: Type.String(),
    }),
  ),
  /** When it was removed; the simulator does not bring it back. */
  removedAt: orNull(Instant),
})
/** What its simulator asks again and again. */
export const DemonstrationGone = closed({ removedAt: orNull(Instant) })
export const DemonstrationRemoval = closed({
  /** The name of one of its premises, in any language: typed by whoever removes it. */
  name: Text,
  /** Organisations that stay, with their people. */
  keep: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
})
export const DemonstrationRemoved = closed({ objects: Type.Integer(), papers: Type.Integer(), people: Type.Integer() })

export type DemonstrationState = Static<typeof DemonstrationState>
export type DemonstrationRemoval = Static<typeof DemonstrationRemoval>
export type DemonstrationRemoved = Static<typeof DemonstrationRemoved>
