// For whom the year is: organisations work on their own budgets, accruals and advances; the operator looks.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Identity } from '#api/access/identity.ts'
import { maySeeCosts } from '#api/access/may-settle.ts'

/** @throws Failure 'not-allowed' for the operator: nobody acts for an organisation. */
export function ownOrganisation({ organisation }: Identity): Id {
  if (organisation === null)
    throw new Failure('not-allowed', 'This is for an organisation’s own controller, never for the platform.')
  return organisation
}

/** The party that is asked about: one's own unless said. @throws Failure 'bad-request' when an operator names none. */
export function partyAsked({ organisation }: Identity, asked: Id | undefined): Id {
  const party = asked ?? organisation
  if (party === null) throw new Failure('bad-request', 'Say which party: ?party=ID.')
  return party
}

/** @throws Failure 'bad-request' for an organisation that has no part in the costs. */
export async function mustHavePart(organisation: Id, premises: Premises, records: Records): Promise<void> {
  const known = await records.getObject({ organisation: null }, 'organisations', organisation)
  if (known === null || !(await maySeeCosts({ organisation } as Identity, premises, records)))
    throw new Failure('bad-request', `${organisation} has no part in the costs of ${premises.id}.`)
}

/** One paper for each combination: its id follows from what it is of. */
export const paperIdOf = (kind: string, of: readonly (string | number)[]): Id =>
  `${kind}-${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 24)}`
