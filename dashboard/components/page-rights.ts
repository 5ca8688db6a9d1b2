// Who may open which page: what the API would refuse to them is not begun. Tabs and links go by the same table.
import type { RoleName } from '#contract/common.ts'
import type { Session } from '#contract/session.ts'
import { hasRole } from './session.ts'

type Right = { pages: RegExp; roles: readonly RoleName[]; operator?: true }
const ANYONE: readonly RoleName[] = []
/** The first that fits decides; a page that none fits is everyone's. */
const RIGHTS: readonly Right[] = [
  { pages: /^\/people\/organisations$/, roles: ANYONE },
  { pages: /^\/people\/feedback$/, roles: ['admin'], operator: true },
  { pages: /^\/people(\/|$)/, roles: ['admin'] },
  { pages: /^\/system$/, roles: ['technician'], operator: true },
  { pages: /^\/system\//, roles: ['admin'], operator: true },
  { pages: /^\/notifications\/webhooks(\/|$)/, roles: ['admin'] },
  { pages: /^\/connect\/bridges$/, roles: ['technician'], operator: true },
  { pages: /^\/connect(\/labels)?$/, roles: ['technician', 'manager'] },
  { pages: /^\/connect\//, roles: ['technician'] },
  { pages: /^\/install$/, roles: ['technician', 'manager'] },
  { pages: /^\/faults\/labels$/, roles: ['technician', 'manager'] },
  { pages: /^\/premises\/(new|[^/]+\/edit)$/, roles: ['manager'] },
  { pages: /^\/devices\/[^/]+\/edit$/, roles: ['manager'] },
  { pages: /^\/devices\/[^/]+\/meter-change$/, roles: ['technician', 'manager'] },
  { pages: /^\/(bulk-edit|alarm-rules\/new)$/, roles: ['manager'] },
  { pages: /^\/agreements\/(new|what-if)$/, roles: ['controller', 'manager'] },
  { pages: /^\/costs\/[^/]+\/invoices\/[^/]+\/correct$/, roles: ['controller', 'admin'] },
]

/** `path`: the path of an address, without its question. */
export const mayOpen = (session: Session, path: string): boolean => {
  const right = RIGHTS.find(({ pages }) => pages.test(path))
  if (right === undefined || right.roles === ANYONE) return true
  return (right.operator !== true || session.operator) && hasRole(session, ...right.roles)
}
