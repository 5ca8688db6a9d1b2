// The audit log, newest first, as far as the organisation sees.
import { AuditPage, AuditQuery } from '#contract/audit.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, pageOfQuery, pageShown, problems } from './answers.ts'

export function addAuditRoutes(app: ApiApp, { records }: RouteParts): void {
  app.get(
    '/audit',
    {
      config: { who: ['admin'] },
      schema: {
        tags: ['audit'],
        summary: 'Who did what',
        querystring: AuditQuery,
        response: { 200: AuditPage, ...problems },
      },
    },
    async (request) => {
      const { premises } = request.query
      const page = await records.audit(scopeOf(request), {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
      })
      return pageShown(page, (line) => ({ ...line, at: iso(line.at) }))
    },
  )
}
