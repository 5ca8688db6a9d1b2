// Whose business the costs of a premises are: the landlord's, the parties', and those who pay; and who acts on a settlement.
import { Failure } from '#domain/failure.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import type { Identity } from './identity.ts'

/**
 * The premises, for someone whose business its costs are.
 * @throws Failure 'not-found' when it is not theirs to see, 'not-allowed' when they see it for another reason (a device, say).
 */
export async function premisesForCosts(identity: Identity, id: Id, records: Records): Promise<Premises> {
  const stored = await records.getObject({ organisation: identity.organisation }, 'premises', id)
  if (stored === null) throw new Failure('not-found', NOTHING_HERE)
  if (await maySeeCosts(identity, stored.value, records)) return stored.value
  throw new Failure('not-allowed', 'The costs are shown to the landlord and to those who share or pay them.')
}

/** Of a premises that they see: whether its costs are their business too. */
export async function maySeeCosts(identity: Identity, premises: Premises, records: Records): Promise<boolean> {
  return (await costsSeen(identity, [premises], records)).has(premises.id)
}

/** Of premises that they see: those whose costs are their business too. */
export async function costsSeen(
  { organisation }: Identity,
  premises: readonly Premises[],
  records: Records,
): Promise<ReadonlySet<Id>> {
  const isOwn = ({ landlord }: Premises): boolean => organisation === null || landlord === organisation
  const others = premises.filter((one) => !isOwn(one)).map(({ id }) => id)
  const shared = others.length === 0 ? [] : await records.premisesShared({ organisation }, others)
  return new Set([...premises.filter(isOwn).map(({ id }) => id), ...shared])
}

/** Issue and close are for the landlord, a party, and the operator. */
export async function mustSettle(identity: Identity, premises: Premises, records: Records): Promise<void> {
  if (identity.organisation === null || premises.landlord === identity.organisation) return
  for await (const agreement of listAll(records, 'agreements', { premises: premises.id }))
    if (agreement.parties.includes(identity.organisation)) return
  throw new Failure('not-allowed', 'This is for the landlord and the parties.')
}
