// Emission factors of a premises and of all: who may say them, and those that hold.
import type { EmissionFactorShown, EmissionFactorWanted } from '#contract/cost-figures.ts'
import { EMISSION_FACTOR, type KnownFactor } from '#domain/costs/emissions.ts'
import { Failure } from '#domain/failure.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import type { Identity } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound } from '#api/routes/answers.ts'
import { paperIdOf } from '#api/year/year-access.ts'

const ALL = { organisation: null }
const IN_USE = 'in-use'
export const FACTOR_ROLES = ['manager', 'controller', 'admin'] as const

/** Whether an identity says what figures of the premises go by: the landlord's manager or controller, and the operator. */
export const maySayFigures = (identity: Identity, { landlord }: Premises): boolean =>
  hasRole(identity, FACTOR_ROLES) && (identity.organisation === null || identity.organisation === landlord)

/** @throws Failure 'not-allowed'. */
export function mustSayFigures(identity: Identity, premises: Premises): void {
  if (!maySayFigures(identity, premises))
    throw new Failure('not-allowed', 'This is for the landlord’s manager or controller, and for the operator.')
}

/** Factors of the premises and those of all, the newest first; `null` gives those of all. */
export async function factorsOf({ records }: RouteParts, premises: Id | null): Promise<KnownFactor[]> {
  const found: KnownFactor[] = []
  for await (const paper of allPapers(records, ALL, EMISSION_FACTOR, { states: [IN_USE] }))
    if (paper.premises === null || paper.premises === premises)
      found.push({ id: paper.id, premises: paper.premises, ...paper.body })
  return found.sort((a, b) =>
    a.category === b.category ? (a.from < b.from ? 1 : -1) : a.category < b.category ? -1 : 1,
  )
}

/** Keeps a factor: of one cost type there is one per first day. */
export async function putFactor(
  { records }: RouteParts,
  premises: Id | null,
  wanted: EmissionFactorWanted,
  actor: Actor,
): Promise<EmissionFactorShown> {
  const id = paperIdOf('emission-factor', [premises ?? '', wanted.category, wanted.from])
  const audience = premises === null ? ('everyone' as const) : ('premises' as const)
  const paper = { id, premises, audience, state: IN_USE, dueAt: null, body: wanted }
  await records.changePapers({ papers: [{ kind: EMISSION_FACTOR, paper }] }, actor, 'emission-factor.put')
  return { id, premises, ...wanted }
}

/** Takes a factor out of use; its versions stay. @throws Failure 'not-found'. */
export async function withdrawFactor(
  { records }: RouteParts,
  premises: Id | null,
  id: Id,
  actor: Actor,
): Promise<void> {
  const stored = await records.getPaper(ALL, EMISSION_FACTOR, id)
  if (stored === null || stored.premises !== premises || stored.state !== IN_USE) throw notFound()
  const { audience, body } = stored
  const paper = { id, premises, audience, state: 'withdrawn', dueAt: null, body }
  await records.changePapers(
    { papers: [{ kind: EMISSION_FACTOR, paper, expectedVersion: stored.version }] },
    actor,
    'emission-factor.withdraw',
  )
}
