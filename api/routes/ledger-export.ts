// The ledger export of a party: what it books of a closed month.
import { Streamed } from '#contract/common.ts'
import { LedgerQuery } from '#contract/documents.ts'
import { PremisesMonthParams } from '#contract/premises.ts'
import { identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { csvText } from '#api/documents/csv.ts'
import { ledgerCsvRows, ledgerOf, ledgerSheet } from '#api/documents/ledger-export.ts'
import { logExport } from '#api/documents/log-export.ts'
import { xlsxBytes } from '#api/documents/xlsx.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'
import { MEDIA_TYPES } from './documents.ts'
import { MONTH } from './settlements.ts'

export function addLedgerExportRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  app.get(
    `${MONTH}/ledger`,
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['documents'],
        summary: 'What a party books of a closed month, debit equal to credit (JSON, CSV, XLSX)',
        params: PremisesMonthParams,
        querystring: LedgerQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { party, format = 'json', language = 'fi' } = request.query
      const { period } = request.params
      if (identity.organisation !== null && identity.organisation !== party) throw notFound()
      const ledger = await ledgerOf(parts, premises, period, party, language)
      const name = `${premises.id}-${period}-${party}-ledger`
      await logExport(records, identity, `ledger.${format}`, name, premises.id)
      if (format === 'json') return { items: ledger.lines }
      reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
      reply.type(MEDIA_TYPES[format])
      return format === 'csv' ? csvText(ledgerCsvRows(ledger), language) : xlsxBytes([ledgerSheet(ledger)])
    },
  )
}
