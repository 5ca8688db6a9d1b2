// The public record of a closed month, as one file.
import { Streamed } from '#contract/common.ts'
import { PublicRecordQuery } from '#contract/documents.ts'
import { PremisesMonthParams } from '#contract/premises.ts'
import { identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { logExport } from '#api/documents/log-export.ts'
import { publicRecord } from '#api/documents/public-record.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { problems } from './answers.ts'
import { DOCUMENT_POLICY, MEDIA_TYPES } from './documents.ts'
import { MONTH } from './settlements.ts'

export function addPublicRecordRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  app.get(
    `${MONTH}/public-record`,
    {
      config: { who: ['controller', 'admin'] },
      handlerTimeout: 600_000,
      schema: {
        tags: ['documents'],
        summary:
          'One file with statement, agreement, method and proofs, without what is protected (HTML, verify.mjs reads it)',
        params: PremisesMonthParams,
        querystring: PublicRecordQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { period } = request.params
      const text = await publicRecord(parts, settlements, premises, period, request.query.language ?? 'fi')
      await logExport(records, identity, 'public-record', `${premises.id}-${period}`, premises.id)
      reply.header('content-security-policy', DOCUMENT_POLICY)
      reply.header('content-disposition', `attachment; filename="public-record-${premises.id}-${period}.html"`)
      reply.type(MEDIA_TYPES.html)
      return text
    },
  )
}
