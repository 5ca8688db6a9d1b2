// A plan of a storey: its picture, where spaces and devices are on it, and from which day it is the storey's.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id, LocalDate } from '#domain/registry/bundle.ts'
import type { Spot } from './spot.ts'

export type PlanMediaType = 'image/svg+xml' | 'image/png' | 'image/jpeg' | 'image/webp'
export type PlanPicture = { digest: string; name: string; mediaType: PlanMediaType; width: number; height: number }
export type Placement = { device: Id; at: Spot }
export type Outline = { space: Id; corners: readonly Spot[] }
export type StoreyPlan = {
  /** The word by which spaces name the storey. */
  storey: string
  from: LocalDate
  picture: PlanPicture
  placements: readonly Placement[]
  outlines: readonly Outline[]
  /** Of what the picture shows, in metres; null where it is not known. */
  widthM: number | null
  elevationM: number | null
  /** The import that drew it, or null: somebody sent it. */
  import: Id | null
}
/** State: `ready` or `withdrawn`. */
export const STOREY_PLAN = paperKind<StoreyPlan>('storey-plan')

/** Corners that one outline has at most. */
export const OUTLINE_CORNERS = 400

type Dated = { body: StoreyPlan }
/** Of each storey the plan that holds on a date: the latest that has begun. Storeys from the lowest. */
export function plansOn<T extends Dated>(plans: readonly T[], date: LocalDate): T[] {
  const newest = new Map<string, T>()
  for (const plan of plans) {
    const { storey, from } = plan.body
    const before = newest.get(storey)
    if (from <= date && (before === undefined || before.body.from <= from)) newest.set(storey, plan)
  }
  return [...newest.values()].toSorted(
    (a, b) =>
      (a.body.elevationM ?? 0) - (b.body.elevationM ?? 0) ||
      a.body.storey.localeCompare(b.body.storey, 'en', { numeric: true }),
  )
}
