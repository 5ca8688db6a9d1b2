// The settlement of a month as a document to read, print and file: HTML without script, tagged PDF, XLSX or CSV.
import { createHash } from 'node:crypto'
import { Streamed } from '#contract/common.ts'
import { PremisesMonthParams } from '#contract/premises.ts'
import { DocumentQuery } from '#contract/settlements.ts'
import { DOCUMENTS_WORDS } from '#domain/documents/words/documents-words.ts'
import { contentHtml } from '#domain/explain/content-html.ts'
import { DOCUMENT_STYLE } from '#domain/explain/document-style.ts'
import { identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { contentCsvRows, contentSheets } from '#api/documents/content-sheets.ts'
import { csvText } from '#api/documents/csv.ts'
import { logExport } from '#api/documents/log-export.ts'
import { contentPdf } from '#api/documents/pdf.ts'
import { statementOf } from '#api/documents/statement.ts'
import { xlsxBytes } from '#api/documents/xlsx.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { problems } from './answers.ts'
import { MONTH } from './settlements.ts'

/** Nothing but the page's own style, named by its hash: the same document has the same bytes and the same policy. */
export const DOCUMENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DOCUMENT_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
export const MEDIA_TYPES = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

export function addDocumentRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  app.get(
    `${MONTH}/document`,
    {
      config: { who: 'viewer' },
      handlerTimeout: 120_000,
      schema: {
        tags: ['settlements'],
        summary:
          'The month as a document (HTML, PDF, XLSX, CSV) with the grounds of every share; of one party with `party`',
        params: PremisesMonthParams,
        querystring: DocumentQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { period } = request.params
      const { language = 'fi', party = null, format = 'html' } = request.query
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { content, at } = await statementOf(parts, settlements, { premises, period, language, party })
      const name = [premises.id, period, party, language].filter(Boolean).join('-')
      await logExport(records, identity, `statement.${format}`, name, premises.id)
      if (format === 'html') reply.header('content-security-policy', DOCUMENT_POLICY)
      reply.header(
        'content-disposition',
        `${format === 'html' ? 'inline' : 'attachment'}; filename="${name}.${format}"`,
      )
      reply.type(MEDIA_TYPES[format])
      switch (format) {
        case 'html':
          return contentHtml(content)
        case 'pdf':
          return contentPdf(content, at)
        case 'xlsx':
          return xlsxBytes(contentSheets(content, DOCUMENTS_WORDS[language].grounds))
        case 'csv':
          return csvText(contentCsvRows(content), language)
      }
    },
  )
}
