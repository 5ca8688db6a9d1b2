// Plans that an import draws of the outlines of spaces, one for each storey; and what becomes of them when it is undone.
import type { SpaceShape } from '#domain/imports/import.ts'
import { drawPlan } from './draw-plan.ts'
import { STOREY_PLAN, plansOn, type StoreyPlan } from '#domain/plans/plan.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import { createId } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from '#api/views/premises-summary.ts'

/** A plan that people sent or placed devices on stays the storey's: the drawn one then only tells it where its spaces are, if it tells nothing of them. */
export async function plansOfImport(
  importId: Id,
  shapes: readonly SpaceShape[],
  { records, now, limits }: RouteParts,
): Promise<PaperChange[]> {
  const changes: PaperChange[] = []
  for (const [premises, ofPremises] of Map.groupBy(shapes, (shape) => shape.premises)) {
    const stored = await records.getObject(ALL, 'premises', premises)
    const today = localDate(now(), stored?.value.timeZone ?? 'Europe/Helsinki')
    const known = await readyPlans(premises, records)
    const holding = plansOn(known, today)
    for (const [storey, here] of Map.groupBy(ofPremises, (shape) => shape.storey)) {
      const drawn = drawPlan(here)
      if (drawn === null || storey === '' || known.length + changes.length >= limits.plansPerPremises) continue
      const before = holding.find(({ body }) => body.storey === storey)
      if (before !== undefined && before.body.import === null) continue
      const name = `${storey}.svg`
      const { svg, width, height, widthM, outlines } = drawn
      const digest = await records.putFile({ mediaType: 'image/svg+xml', name, bytes: Buffer.from(svg) })
      const body: StoreyPlan = {
        storey,
        from: today,
        picture: { digest, name, mediaType: 'image/svg+xml', width, height },
        placements: before?.body.placements ?? [],
        outlines,
        widthM,
        elevationM: here[0]?.elevationM ?? null,
        import: importId,
      }
      const paper = { id: createId('plan'), premises, audience: 'premises' as const, state: 'ready', dueAt: null, body }
      changes.push({ kind: STOREY_PLAN, paper, expectedVersion: 0, files: [digest], action: 'plan.draw' })
    }
  }
  return changes
}

/** The plans that an import drew and nobody has changed since. */
export async function plansWithdrawn(
  importId: Id,
  premises: readonly Premises[],
  records: Records,
): Promise<PaperChange[]> {
  const changes: PaperChange[] = []
  for (const { id } of premises)
    for (const {
      version,
      createdAt: _at,
      createdBy: _by,
      changedAt: _when,
      changedBy: _who,
      files,
      ...paper
    } of await readyPlans(id, records))
      if (paper.body.import === importId && version === 1)
        changes.push({
          kind: STOREY_PLAN,
          paper: { ...paper, state: 'withdrawn' },
          expectedVersion: version,
          files,
          action: 'plan.withdraw',
        })
  return changes
}

async function readyPlans(premises: Id, records: Records): Promise<StoredPaper<StoreyPlan>[]> {
  const plans: StoredPaper<StoreyPlan>[] = []
  for await (const plan of allPapers(records, ALL, STOREY_PLAN, { premises, states: ['ready'] })) plans.push(plan)
  return plans
}
