// Every address of the dashboard that is looked at; tests/rules/pages.test.ts refuses a route that no address here opens.
import { CAMPUS, CAMPUS_MONTH, INVOICE, LIBRARY, LIBRARY_MONTH, MONTH, PREMISES, SENSOR } from './example.ts'

/** What only the program can name: ids that it gave. */
export type Made = { proposal: string; dispute: string; upload: string }

/** Pages that nobody must be signed in for. */
export const OPEN_PAGES = ['/sign-in', '/accessibility', '/privacy']

export const signedInPages = ({ proposal, dispute, upload }: Made): string[] => [
  '/',
  '/premises',
  `/premises/${PREMISES}`,
  `/premises/${PREMISES}/spaces`,
  `/premises/${PREMISES}/devices`,
  `/premises/${PREMISES}/tenancies`,
  `/premises/${PREMISES}/costs?year=2026`,
  `/premises/${CAMPUS}/agreement`,
  `/premises/${CAMPUS}/parties`,
  '/devices',
  `/devices/${SENSOR}?range=day`,
  '/devices/em-main?point=energy&range=month&date=2026-04-01',
  '/devices/no-such-device',
  '/costs',
  `/costs/${PREMISES}?year=2026&by=category`,
  `/costs/${CAMPUS}/${CAMPUS_MONTH}`,
  `/costs/${LIBRARY}/${LIBRARY_MONTH}`,
  `/costs/${LIBRARY}/${LIBRARY_MONTH}/dispute`,
  `/costs/${CAMPUS}/${CAMPUS_MONTH}/items/recurring/vuokra`,
  `/costs/${CAMPUS}/${CAMPUS_MONTH}/items/recurring/aulapalvelu`,
  `/costs/${PREMISES}/${MONTH}/statements/poliisi`,
  `/costs/${LIBRARY}/invoices/${INVOICE}/correct`,
  `/disputes/${dispute}`,
  '/agreements',
  '/agreements/kampus-sopimus',
  '/agreements/kampus-sopimus/compare?before=1&after=2',
  '/agreements/new',
  '/agreements/what-if',
  `/agreements/proposals/${proposal}`,
  `/agreements/proposals/${proposal}/edit`,
  '/imports',
  `/imports/${upload}`,
  '/connect',
  '/connect/connectors',
  '/connect/connectors/new',
  '/connect/bridges',
  '/connect/quarantine',
  '/connect/credentials',
  '/people',
  '/people/tokens',
  '/people/identity-providers',
  '/people/feedback',
  '/people/audit',
  '/invoicing',
  '/system',
  '/system/retention',
  '/account',
  '/no-such-page',
]
