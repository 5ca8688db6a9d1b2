// Budgets: the year against them, kept by their own party, in and out as a table, and this month so far.
import {
  BudgetAnswer,
  BudgetFileQuery,
  BudgetQuery,
  BudgetSaved,
  BudgetUploadQuery,
  BudgetWanted,
  ThisMonth,
  ThisMonthQuery,
  YearParams,
} from '#contract/budgets.ts'
import { Streamed } from '#contract/common.ts'
import { FILE_TYPES } from '#contract/files.ts'
import { PremisesParams } from '#contract/premises.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { logExport } from '#api/documents/log-export.ts'
import { budgetTable, MEDIA_TYPES, tableFile } from '#api/documents/year-files.ts'
import { readFile } from '#api/imports/read-file.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { writerFor } from '#api/settlement/names.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { budgetAnswer, budgetOf, budgetOfTable, saveBudget, thisMonthOf } from '#api/year/budgets.ts'
import { ownOrganisation, partyAsked } from '#api/year/year-access.ts'
import { checkVersion, problems, setEtag } from './answers.ts'

const BUDGET_PATH = '/premises/:id/years/:year/budget'

export async function addBudgetRoutes(api: ApiApp, parts: RouteParts, settlements: Settlements): Promise<void> {
  const { records, limits } = parts
  const tags = ['year']

  api.get(
    BUDGET_PATH,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'A year of a party: budget, closed, issued or draft, last year, forecast and difference by cost type and month',
        params: YearParams,
        querystring: BudgetQuery,
        response: { 200: BudgetAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { forecastBy = 'last-year' } = request.query
      const party = partyAsked(identity, request.query.party)
      const scope = { organisation: identity.organisation }
      const answer = await budgetAnswer(parts, settlements, scope, premises, request.params.year, party, forecastBy)
      setEtag(reply, answer.version)
      return answer
    },
  )

  api.put(
    BUDGET_PATH,
    {
      config: { who: ['controller'] },
      schema: {
        tags,
        summary: 'Your organisation’s budget of a year, by cost type: twelve months, or a year to be spread',
        params: YearParams,
        body: BudgetWanted,
        response: { 200: BudgetSaved, 201: BudgetSaved, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const party = ownOrganisation(identity)
      const { year } = request.params
      const stored = await budgetOf(parts, { organisation: party }, premises.id, year, party)
      checkVersion(request, stored?.version ?? null)
      const version = stored?.version ?? 0
      const saved = await saveBudget(
        parts,
        settlements,
        premises,
        year,
        party,
        request.body,
        version,
        actorOf(identity),
      )
      setEtag(reply, saved.version)
      return reply.code(stored === null ? 201 : 200).send(saved)
    },
  )

  api.get(
    `${BUDGET_PATH}/file`,
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The year against its budget as a table (CSV, XLSX) that can be read back',
        params: YearParams,
        querystring: BudgetFileQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const { forecastBy = 'last-year', format, language = 'fi' } = request.query
      const party = partyAsked(identity, request.query.party)
      const scope = { organisation: identity.organisation }
      const { year } = request.params
      const { report } = await budgetAnswer(parts, settlements, scope, premises, year, party, forecastBy)
      const writer = await writerFor(records, premises, language, [party])
      const name = `${premises.id}-${year}-${party}-budget`
      await logExport(records, identity, `budget.${format}`, name, premises.id)
      reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
      reply.type(MEDIA_TYPES[format])
      return tableFile(budgetTable(report, writer), format, language)
    },
  )

  await api.register(async (app: ApiApp) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser([...FILE_TYPES], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.put(
      `${BUDGET_PATH}/file`,
      {
        config: { who: ['controller'] },
        bodyLimit: limits.fileBytes,
        schema: {
          tags,
          summary: 'Your budget from a table (CSV, XLSX): a column of cost types, then the year or twelve months',
          params: YearParams,
          querystring: BudgetUploadQuery,
          response: { 200: BudgetSaved, 201: BudgetSaved, ...problems },
        },
      },
      async (request, reply) => {
        const { body } = request as { body: unknown }
        if (!Buffer.isBuffer(body) || body.length === 0) throw new Failure('invalid-body', 'The file is empty.')
        const identity = identityOf(request)
        const premises = await premisesForCosts(identity, request.params.id, records)
        const party = ownOrganisation(identity)
        const { year } = request.params
        const stored = await budgetOf(parts, { organisation: party }, premises.id, year, party)
        checkVersion(request, stored?.version ?? null)
        const { table, form } = await readFile(
          {
            bytes: new Uint8Array(body),
            kind: 'invoices',
            now: parts.now(),
            limits: {
              rows: limits.importRows,
              columns: limits.importColumns,
              unpackedBytes: limits.importUnpackedBytes,
            },
          },
          { heapMiB: limits.importHeapMib, timeMs: limits.importReadMs },
        )
        if (form !== 'csv' && form !== 'xlsx')
          throw new Failure('unsupported-type', 'A budget is read from CSV or XLSX.')
        const wanted = { lines: budgetOfTable(table), shared: request.query.shared ?? stored?.state === 'shared' }
        const version = stored?.version ?? 0
        const saved = await saveBudget(parts, settlements, premises, year, party, wanted, version, actorOf(identity))
        setEtag(reply, saved.version)
        return reply.code(stored === null ? 201 : 200).send(saved)
      },
    )
  })

  api.get(
    '/premises/:id/this-month',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What a party bears this month so far, with its budget and the same month last year',
        params: PremisesParams,
        querystring: ThisMonthQuery,
        response: { 200: ThisMonth, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const party = partyAsked(identity, request.query.party)
      return thisMonthOf(parts, settlements, { organisation: identity.organisation }, premises, party)
    },
  )
}
