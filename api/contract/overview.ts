// The first page: every premises that the session sees, and what needs someone.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, Month } from './common.ts'
import { PremisesSummary } from './premises.ts'

export const Need = closed({
  kind: Type.Union([
    Type.Literal('stale-devices'),
    Type.Literal('blocked-items'),
    Type.Literal('month-to-issue'),
    Type.Literal('month-to-accept'),
    Type.Literal('quarantine'),
    Type.Literal('proposed-points'),
    Type.Literal('unknown-devices'),
  ]),
  premises: Id,
  count: Type.Integer(),
  period: Type.Optional(Month),
})
export const Overview = closed({
  premises: Type.Array(PremisesSummary),
  needs: Type.Array(Need),
  generatedAt: Instant,
})

/** What changed since an instant, at most 31 days ago; among what you see. */
export const ChangesQuery = closed({ since: Instant })
export const Changes = closed({
  since: Instant,
  alarmsRaised: Type.Integer(),
  alarmsCleared: Type.Integer(),
  /** Devices that were heard last after it and are silent now. */
  devicesSilent: Type.Integer(),
  faultsReported: Type.Integer(),
  /** False: there was more than is looked at; the counts are of the newest. */
  complete: Type.Boolean(),
})

export type Need = Static<typeof Need>
export type Overview = Static<typeof Overview>
export type Changes = Static<typeof Changes>
