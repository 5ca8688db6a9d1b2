// The audit log, newest first, as far as the organisation sees.
import { AuditChecked, AuditPage, AuditQuery } from '#contract/audit.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { peopleNamed, peopleOfLines } from '#api/views/audit-people.ts'
import { createAuditCheck } from './audit-check.ts'
import { iso, pageOfQuery, pageShown, problems } from './answers.ts'

export function addAuditRoutes(app: ApiApp, { records, now }: RouteParts): void {
  const check = createAuditCheck(records, now)
  app.get(
    '/audit',
    {
      config: { who: ['admin'], saw: 'audit' },
      schema: {
        tags: ['audit'],
        summary: 'Who saw and did what',
        querystring: AuditQuery,
        response: { 200: AuditPage, ...problems },
      },
    },
    async (request) => {
      const { premises, kind, text, from, to } = request.query
      const scope = scopeOf(request)
      const page = await records.audit(scope, {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
        ...(kind === undefined ? {} : { kind }),
        ...(text === undefined ? {} : { text, people: await peopleNamed(records, scope, text) }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      })
      const peopleOf = await peopleOfLines(records, scope, page.items)
      return pageShown(page, (line) => ({ ...line, at: iso(line.at), ...peopleOf(line) }))
    },
  )
  app.get(
    '/audit/check',
    {
      config: { who: ['admin'] },
      schema: {
        tags: ['audit'],
        summary: 'Whether the chain of the audit log holds',
        response: { 200: AuditChecked, ...problems },
      },
    },
    async () => ({ brokenAt: await check() }),
  )
}
