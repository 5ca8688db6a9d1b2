// A saved view: a page of the dashboard with its filters, under a name; one's own, or everybody's of the organisation.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type SavedView = {
  name: string
  /** Path and query within the dashboard, without language and host. */
  address: string
  /** Who made it; only they and the organisation's administrators change it. */
  owner: Id
  ownerName: string
  organisation: Id | null
  shared: boolean
}
/** State: `own` or `shared`. */
export const SAVED_VIEW = paperKind<SavedView>('saved-view')
/** Where each person begins: the id is the person's, in one organisation. */
export const START_VIEW = paperKind<{ view: Id }>('start-view')

/** The address without what is not a filter, in one order; null when it does not lead into the dashboard. */
export function viewAddress(address: string): string | null {
  if (!/^\/(?![/\\])[^\s#\\]*$/.test(address)) return null
  const [path = '/', query = ''] = address.split('?')
  if (!/^\/[a-z0-9/_-]*$/i.test(path) || address.split('?').length > 2) return null
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '' && pair.includes('=') && !pair.startsWith('lang='))
    .toSorted()
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}
