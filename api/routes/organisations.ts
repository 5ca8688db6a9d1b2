// Organisations.
import { Organisation } from '#contract/bundle.ts'
import { OrganisationPage, OrganisationQuery, OrganisationRecorded } from '#contract/organisations.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { shown } from './answers.ts'
import { addChange, addHistory, addList, addOne } from './objects.ts'

export function addOrganisationRoutes(app: ApiApp, parts: RouteParts): void {
  const noun = { app, parts, path: '/organisations', kind: 'organisations' as const, tag: 'organisations' }
  addList(noun, { query: OrganisationQuery, answer: OrganisationPage }, shown)
  addOne(noun, OrganisationRecorded, shown)
  addChange(noun, Organisation)
  addHistory(noun)
}
