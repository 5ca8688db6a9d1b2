// Accruals at a year's end: a party's own draft, its posting and reversal, as JSON and as a voucher file.
import {
  AccrualAnswer,
  AccrualFileQuery,
  AccrualParams,
  AccrualQuery,
  AccrualReverse,
  AccrualShown,
  AccrualWanted,
} from '#contract/accruals.ts'
import { YearParams } from '#contract/budgets.ts'
import { Streamed } from '#contract/common.ts'
import { Failure } from '#domain/failure.ts'
import type { Language, Premises } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { ACCRUAL } from '#domain/year/accruals.ts'
import { voucherEntries } from '#domain/year/voucher.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import { logExport } from '#api/documents/log-export.ts'
import { MEDIA_TYPES, tableFile, voucherTable } from '#api/documents/year-files.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { writerFor } from '#api/settlement/names.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import {
  accountsOf,
  accrualShown,
  accrualsOf,
  draftAccrual,
  postAccrual,
  reverseAccrual,
  type StoredAccrual,
} from '#api/year/accruals.ts'
import { ownOrganisation, partyAsked } from '#api/year/year-access.ts'
import { notFound, problems, setEtag, versionOfIfMatch } from './answers.ts'

export function addAccrualRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  const tags = ['year']
  const shown = async (premises: Premises, stored: StoredAccrual, language: Language = 'fi') =>
    accrualShown(parts, stored, await writerFor(records, premises, language, stored.body))
  const found = async (
    { organisation }: Identity,
    id: string,
  ): Promise<{ stored: StoredAccrual; premises: Premises }> => {
    const stored = await records.getPaper({ organisation }, ACCRUAL, id)
    const premises = stored === null ? null : await records.getObject(ALL, 'premises', stored.premises ?? '')
    if (stored === null || premises === null) throw notFound()
    return { stored, premises: premises.value }
  }
  /** Its party's own; others do not see it, so for them it is not there. */
  const own = async (identity: Identity, id: string) => {
    ownOrganisation(identity)
    return found(identity, id)
  }

  app.get(
    '/premises/:id/years/:year/accruals',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The accrual voucher of a party for a year, with what closed months came to afterwards',
        params: YearParams,
        querystring: AccrualQuery,
        response: { 200: AccrualAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const party = partyAsked(identity, request.query.party)
      if (identity.organisation !== null && identity.organisation !== party) throw notFound()
      const { current, withdrawn } = await accrualsOf(parts, premises.id, request.params.year, party)
      setEtag(reply, current?.version ?? 0)
      return {
        accrual: current === null ? null : await shown(premises, current, request.query.language),
        withdrawn,
      }
    },
  )

  app.post(
    '/premises/:id/years/:year/accruals',
    {
      config: { who: ['controller'] },
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Drafts your accruals of a year up to a cut-off, or computes the draft anew',
        params: YearParams,
        querystring: AccrualQuery,
        body: AccrualWanted,
        response: { 200: AccrualShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const premises = await premisesForCosts(identity, request.params.id, records)
      const party = ownOrganisation(identity)
      const { year } = request.params
      const stored = await draftAccrual(parts, settlements, premises, year, party, request.body, actorOf(identity))
      setEtag(reply, stored.version)
      return shown(premises, stored, request.query.language)
    },
  )

  app.post(
    '/accruals/:id/post',
    {
      config: { who: ['controller'] },
      schema: {
        tags,
        summary: 'Posts the draft that If-Match names under the next number of your vouchers; then it stands',
        params: AccrualParams,
        response: { 200: AccrualShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { stored, premises } = await own(identity, request.params.id)
      const version = versionOfIfMatch(request)
      if (version === null) throw new Failure('precondition-required', 'Send If-Match with the ETag of the draft.')
      const posted = await postAccrual(parts, stored, version, actorOf(identity))
      setEtag(reply, posted.version)
      return shown(premises, posted)
    },
  )

  app.post(
    '/accruals/:id/reverse',
    {
      config: { who: ['controller'] },
      schema: {
        tags,
        summary: 'Reverses a posted voucher on 1 January, or takes it back on a day of its own year',
        params: AccrualParams,
        body: AccrualReverse,
        response: { 200: AccrualShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { stored, premises } = await own(identity, request.params.id)
      const reversed = await reverseAccrual(parts, stored, request.body.date, actorOf(identity))
      setEtag(reply, reversed.version)
      return shown(premises, reversed)
    },
  )

  app.get(
    '/accruals/:id/file',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The voucher, or its reversal, as a table with debit equal to credit (CSV, XLSX)',
        params: AccrualParams,
        querystring: AccrualFileQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { stored, premises } = await found(identity, request.params.id)
      const { format, language = 'fi', reversal = false } = request.query
      const posting = reversal ? stored.body.reversed : stored.body.posted
      if (reversal && posting === null) throw new Failure('conflict', 'The voucher is not reversed yet.')
      const writer = await writerFor(records, premises, language, stored.body)
      const accounts = await accountsOf(parts, premises.id, stored.body.year)
      const entries = voucherEntries(stored.body, accounts, reversal)
      const table = voucherTable(entries, posting?.number ?? '', posting?.date ?? stored.body.cutOff, writer)
      const name = `${premises.id}-${stored.body.year}-${stored.body.party}-${posting?.number ?? 'draft'}`
      await logExport(records, identity, `accrual.${format}`, name, premises.id)
      reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
      reply.type(MEDIA_TYPES[format])
      return tableFile(table, format, language)
    },
  )
}
