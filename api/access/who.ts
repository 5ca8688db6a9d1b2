// Who may use a route: each route says it in its `config.who`, and one that does not say it cannot be registered.
import type { Role } from '#domain/ports/records.ts'
import type { FailureCode } from '#domain/failure.ts'
import type { Identity } from './identity.ts'
import type { SawRule } from './saw.ts'

/**
 * `open`: anyone; `signed-in`: every session or token; `viewer`: any role in the organisation;
 * a list: one of these roles there (an admin has every role but signatory and controller of its own accord);
 * `operator-…`: that role, and only for the platform's operator.
 */
export type Who = 'open' | 'signed-in' | 'viewer' | readonly Role[] | { operator: readonly Role[] }

declare module 'fastify' {
  interface FastifyContextConfig {
    who?: Who
    /** Looking at it is written into the audit log, under this kind. */
    saw?: SawRule
    /** A POST whose answer shows a secret: it is not kept for its Idempotency-Key. */
    showsSecret?: boolean
    /** What a body that does not fit the schema is refused with. */
    bodyCode?: FailureCode
    /** May be used before a password that must be changed is changed. */
    beforePasswordChange?: boolean
  }
}

const ALSO_ADMIN: ReadonlySet<Role> = new Set(['viewer', 'technician', 'manager'])

export function mayUse(identity: Identity, who: Exclude<Who, 'open'>): boolean {
  if (who === 'signed-in') return true
  if (who === 'viewer') return identity.roles.length > 0
  if ('operator' in who) return identity.organisation === null && hasRole(identity, who.operator)
  return hasRole(identity, who)
}

export function hasRole(identity: Identity, roles: readonly Role[]): boolean {
  return roles.some(
    (role) => identity.roles.includes(role) || (ALSO_ADMIN.has(role) && identity.roles.includes('admin')),
  )
}

/** Who may use a route, in words: for OpenAPI and for the detail of a refusal. */
export function describeWho(who: Who): string {
  if (who === 'open') return 'anyone'
  if (who === 'signed-in') return 'any session or token'
  if (who === 'viewer') return 'any role'
  if ('operator' in who) return `${who.operator.join(' or ')} of the operator`
  return who.join(' or ')
}
