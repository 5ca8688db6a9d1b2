// An identity provider as it is kept: a paper of the operator and of the organisation whose people it knows.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id, Names } from '#domain/registry/bundle.ts'
import type { Role } from '#domain/ports/records.ts'

export type IdentityProvider = {
  name: Names
  organisation: Id | null
  issuer: string
  clientId: string
  /** Sealed; null for a public client. */
  clientSecret: string | null
  groupsClaim: string
  roleMapping: { group: string; roles: Role[] }[]
}
export const IDENTITY_PROVIDER = paperKind<IdentityProvider>('identity-provider')
export const secretPurpose = (id: Id): string => `client secret of identity provider ${id}`

/** The roles of somebody in these groups, each once. */
export function rolesOf(groups: readonly string[], mapping: IdentityProvider['roleMapping']): Role[] {
  return [...new Set(mapping.filter(({ group }) => groups.includes(group)).flatMap(({ roles }) => roles))]
}

/** The groups that a claim lists: an array of texts, or one text with spaces between. Anything else is none. */
export function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((one): one is string => typeof one === 'string')
  return typeof claim === 'string' ? claim.split(' ').filter((one) => one !== '') : []
}
