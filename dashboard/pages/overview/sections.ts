// Which parts the first page shows to whom, and in which order: each role's own question first.
import type { RoleName } from '#contract/common.ts'
import type { Session } from '#contract/session.ts'

export type Section = 'platform' | 'waiting' | 'soFar' | 'disputes' | 'broken' | 'energy' | 'ownCosts' | 'needs'

const OF_ROLE: Record<RoleName, readonly Section[]> = {
  controller: ['waiting', 'soFar', 'disputes', 'needs'],
  manager: ['broken', 'energy', 'needs', 'waiting'],
  technician: ['broken', 'waiting', 'needs'],
  signatory: ['waiting', 'disputes'],
  viewer: ['ownCosts', 'waiting', 'disputes'],
  admin: ['broken', 'needs', 'waiting'],
}
const OF_OPERATOR: readonly Section[] = ['platform', 'needs', 'waiting', 'disputes']

/** Somebody with several roles gets the first part of each, then the second of each, and so on; nothing twice. */
export const sectionsFor = ({ roles, operator }: Pick<Session, 'roles' | 'operator'>): Section[] => {
  if (operator) return [...OF_OPERATOR]
  // In this order whatever the order of the roles: who may act comes before who may look.
  const lists = (Object.keys(OF_ROLE) as RoleName[])
    .filter((role) => roles.includes(role) && (role !== 'viewer' || roles.length === 1))
    .map((role) => OF_ROLE[role])
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  const inTurn = Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? []))
  return [...new Set(inTurn.flat())]
}
