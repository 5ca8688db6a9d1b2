// Claims: printed codes by which technicians put devices into use; label sheets; what a code is for.
import {
  ClaimPage,
  ClaimQuery,
  ClaimShown,
  ClaimsMade,
  ClaimsWanted,
  ClaimsWithdrawn,
  ClaimsWithdrawnAnswer,
  CodeParams,
  LabelSheetList,
  LabelsWanted,
  type ClaimMade,
} from '#contract/claims.ts'
import { Streamed } from '#contract/common.ts'
import { CLAIM, type ClaimState } from '#domain/claims/claim.ts'
import { findLabelSheet, LABEL_SHEETS } from '#domain/claims/label-sheets.ts'
import { Failure } from '#domain/failure.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { listChunked } from '#domain/registry/list-all.ts'
import { formatClaimCode } from '#domain/writing/claim-code.ts'
import { pickName } from '#domain/writing/names.ts'
import { actorOf, identityOf, isOperator, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { createId } from '#api/access/secrets.ts'
import { claimIdOf, createClaimCode, mustBeOpen, type Claims } from '#api/claims/claims.ts'
import { labelsPdf, type Label } from '#api/documents/labels.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull, notFound, pageOfQuery, pageShown, problems } from './answers.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 365
const TECHNICIANS = { who: ['technician' as const, 'manager' as const] }
const BLANK_TITLE = { fi: 'Laite: ______________', sv: 'Enhet: ______________', en: 'Device: _____________' }
const SHEET_TITLE = { fi: 'Laitetarrat', sv: 'Enhetsetiketter', en: 'Device labels' }

export function addClaimRoutes(app: ApiApp, { records, settings, now }: RouteParts, claims: Claims): void {
  const tags = ['claims']
  const addressOf = (code: string): string => `${settings.publicUrl}/c/${formatClaimCode(code)}`

  app.post(
    '/claims',
    {
      config: { ...TECHNICIANS, showsSecret: true },
      schema: {
        tags,
        summary: 'Make claim codes for devices, or for labels that may go on any; codes are shown once',
        body: ClaimsWanted,
        response: { 200: ClaimsMade, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { devices: ids = [], blank = 0, premises = null, validDays = DEFAULT_DAYS } = request.body
      if (ids.length + blank === 0) throw new Failure('invalid-body', 'Name devices, or say how many blank labels.')
      if (new Set(ids).size !== ids.length) throw new Failure('invalid-body', 'devices names one twice.')
      const devices = new Map<Id, Device>()
      for await (const device of listChunked(records, 'devices', ids, (some) => ({ ids: some }), scopeOf(request)))
        devices.set(device.id, device)
      const missing = ids.findIndex((id) => !devices.has(id))
      if (missing >= 0)
        throw new Failure('not-found', 'There is no such device.', {
          problems: [{ pointer: `/devices/${missing}`, code: 'not-found', message: `there is no ${ids[missing]}` }],
        })
      await checkMayChange(identity, { devices: [...devices.values()] }, records)
      const place = premises === null ? null : await records.getObject(scopeOf(request), 'premises', premises)
      if (premises !== null && place === null) throw notFound()
      const batch = createId('batch')
      const dueAt = now() + validDays * DAY_MS
      const made: ClaimMade[] = []
      const papers: PaperChange[] = []
      for (const device of [...ids, ...Array.from({ length: blank }, () => null)]) {
        const code = createClaimCode()
        const number = made.length + 1
        made.push({ code: formatClaimCode(code), address: addressOf(code), device, number, expiresAt: iso(dueAt) })
        papers.push({
          kind: CLAIM,
          paper: {
            id: claimIdOf(code),
            premises: device === null ? premises : (devices.get(device)?.premises ?? null),
            audience:
              device !== null ? 'premises' : identity.organisation === null ? 'operator' : [identity.organisation],
            state: 'open',
            dueAt,
            body: { device, batch, number, organisation: identity.organisation, usedFor: null },
          },
          expectedVersion: 0,
        })
      }
      await records.changePapers({ papers }, actorOf(identity), 'claim.make')
      return { batch, items: made }
    },
  )

  app.get(
    '/claims',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Claims that were made, the newest first; never their codes',
        querystring: ClaimQuery,
        response: { 200: ClaimPage, ...problems },
      },
    },
    async (request) => {
      const { premises, state } = request.query
      const page = await records.listPapers(scopeOf(request), CLAIM, {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(premises === undefined ? {} : { premises }),
        ...(state === undefined ? {} : { states: [state] }),
      })
      return pageShown(page, (claim) => ({
        id: claim.id,
        batch: claim.body.batch,
        number: claim.body.number,
        state: claim.state as ClaimState,
        expired: claim.dueAt !== null && claim.dueAt <= now(),
        device: claim.body.usedFor ?? claim.body.device,
        premises: claim.premises,
        expiresAt: isoOrNull(claim.dueAt),
        madeAt: iso(claim.createdAt),
      }))
    },
  )

  app.post(
    '/claims/withdraw',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Withdraw what is still open of a batch, such as lost labels',
        body: ClaimsWithdrawn,
        response: { 200: ClaimsWithdrawnAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const found = await records.listPapers(scopeOf(request), CLAIM, {
        text: request.body.batch,
        states: ['open'],
        limit: 1000,
      })
      const papers = found.items
        .filter(({ body }) => body.batch === request.body.batch)
        .filter(({ body }) => isOperator(identity) || body.organisation === identity.organisation)
        .map(({ id, premises, audience, dueAt, body, version }) => ({
          kind: CLAIM,
          paper: { id, premises, audience, dueAt, body, state: 'withdrawn' },
          expectedVersion: version,
        }))
      if (papers.length === 0) throw notFound()
      await records.changePapers({ papers }, actorOf(identity), 'claim.withdraw')
      return { withdrawn: papers.length }
    },
  )

  app.get(
    '/claims/sheets',
    {
      config: TECHNICIANS,
      schema: { tags, summary: 'Label sheets that can be printed', response: { 200: LabelSheetList, ...problems } },
    },
    async () => ({
      items: LABEL_SHEETS.map(({ id, name, columns, rows }) => ({ id, name, labels: columns * rows })),
    }),
  )

  app.post(
    '/claims/labels',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'A sheet of QR labels of these codes, as PDF',
        body: LabelsWanted,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { codes, sheet: sheetId, first = 1, language = 'fi' } = request.body
      const sheet = findLabelSheet(sheetId)
      if (sheet === null || first > sheet.columns * sheet.rows)
        throw new Failure('invalid-body', 'There is no such label sheet, or it has fewer labels.', {
          problems: [
            {
              pointer: sheet === null ? '/sheet' : '/first',
              code: 'unknown-id',
              message: `Sheets: ${LABEL_SHEETS.map(({ id }) => id).join(', ')}`,
            },
          ],
        })
      const labels: Label[] = []
      const organisations = new Map<Id, string>()
      const organisationName = async (id: Id | null): Promise<string> => {
        if (id === null) return 'Samtila'
        const known = organisations.get(id)
        if (known !== undefined) return known
        const stored = await records.getObject({ organisation: null }, 'organisations', id)
        const name = pickName(stored?.value.name, language, id).text
        organisations.set(id, name)
        return name
      }
      for (const text of codes) {
        const { code, claim } = await claims.find(identity, text, request.ip)
        mustBeOpen(claim, now())
        const { device: id, number, organisation } = claim.body
        const device = id === null ? null : (await records.getObject(scopeOf(request), 'devices', id))?.value
        if (device === undefined) throw notFound()
        labels.push({
          address: addressOf(code),
          code: formatClaimCode(code),
          title: device === null ? BLANK_TITLE[language] : pickName(device.name, language, device.id).text,
          id: device === null ? String(number) : device.id,
          organisation: await organisationName(
            device === null ? organisation : await landlordOf(device.premises, records),
          ),
        })
      }
      const pdf = await labelsPdf(labels, sheet, { first, title: SHEET_TITLE[language], language, madeAt: now() })
      reply.header('content-disposition', `attachment; filename="labels-${sheet.id}.pdf"`)
      reply.type('application/pdf')
      return pdf
    },
  )

  app.get(
    '/claims/:code',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'What a code is for',
        params: CodeParams,
        response: { 200: ClaimShown, ...problems },
      },
    },
    async (request) => {
      const { claim } = await claims.find(identityOf(request), request.params.code, request.ip)
      const id = claim.body.usedFor ?? claim.body.device
      const device = id === null ? null : await records.getObject(scopeOf(request), 'devices', id)
      return {
        state: claim.state as ClaimState,
        expired: claim.state === 'open' && claim.dueAt !== null && claim.dueAt <= now(),
        device:
          device === null
            ? null
            : {
                id: device.value.id,
                name: device.value.name ?? null,
                type: device.value.type ?? null,
                premises: device.value.premises,
                space: device.value.space ?? null,
              },
        premises: claim.premises,
        number: claim.body.number,
        expiresAt: isoOrNull(claim.dueAt),
      }
    },
  )
}

const landlordOf = async (premises: Id, records: RouteParts['records']): Promise<Id | null> =>
  ((await records.getObject({ organisation: null }, 'premises', premises))?.value as Premises | undefined)?.landlord ??
  null
