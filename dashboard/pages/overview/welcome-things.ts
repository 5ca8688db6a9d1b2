// The three things that a new person is told they can do, by their first role, each with its page.
import type { RoleName } from '#contract/common.ts'
import type { Session } from '#contract/session.ts'

const PAGES = {
  faults: '/faults',
  service: '/service',
  premises: '/premises',
  costs: '/costs',
  budget: '/costs',
  agreements: '/agreements',
  devices: '/devices',
  help: '/help',
  people: '/people',
  system: '/system',
} as const
export type Thing = keyof typeof PAGES
type Three = readonly [Thing, Thing, Thing]

const OF_ROLE: Record<RoleName, Three> = {
  admin: ['people', 'premises', 'help'],
  controller: ['costs', 'budget', 'agreements'],
  manager: ['premises', 'faults', 'service'],
  technician: ['service', 'devices', 'faults'],
  signatory: ['costs', 'agreements', 'help'],
  viewer: ['costs', 'agreements', 'help'],
}
const OF_OPERATOR: Three = ['system', 'people', 'premises']

export const thingsFor = ({ roles, operator }: Pick<Session, 'roles' | 'operator'>): { thing: Thing; to: string }[] => {
  const first = (Object.keys(OF_ROLE) as RoleName[]).find((role) => roles.includes(role)) ?? 'viewer'
  return (operator ? OF_OPERATOR : OF_ROLE[first]).map((thing) => ({ thing, to: PAGES[thing] }))
}
