// Codes of the public page: made for many devices and spaces at a time, listed, withdrawn, and printed as sheets of QR labels.
import { Streamed } from '#contract/common.ts'
import {
  ReportCodePage,
  ReportCodeQuery,
  ReportCodesMade,
  ReportCodesWanted,
  ReportCodesWithdrawn,
  ReportCodesWithdrawnAnswer,
  ReportLabelsWanted,
} from '#contract/reports.ts'
import { findLabelSheet, LABEL_SHEETS } from '#domain/claims/label-sheets.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { REPORT_CODE } from '#domain/faults/fault.ts'
import { Failure } from '#domain/failure.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Device, Id, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { formatClaimCode } from '#domain/writing/claim-code.ts'
import { LANGUAGES, type Language } from '#domain/writing/language.ts'
import { pickName } from '#domain/writing/names.ts'
import { actorOf, identityOf, isOperator, scopeOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { labelsPdf, type Label } from '#api/documents/labels.ts'
import {
  createReportCodes,
  keyOf,
  newCode,
  openCodes,
  publicSubject,
  type StoredCode,
} from '#api/faults/report-codes.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound, pageOfQuery, problems } from './answers.ts'

const MAKERS = { who: ['technician' as const, 'manager' as const] }
/** Changes of one transaction. */
const MOST_AT_ONCE = 1_000
const CALL: Record<Language, string> = { fi: 'Vika? Ilmoita tästä.', sv: 'Fel? Anmäl här.', en: 'Fault? Report here.' }
const THIS: Record<Language, string> = { fi: 'Tämä laite', sv: 'Den här enheten', en: 'This device' }
const SHEET_TITLE: Record<Language, string> = {
  fi: 'Vikailmoitustarrat',
  sv: 'Etiketter för felanmälan',
  en: 'Fault report labels',
}

export function addReportCodeRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, settings, now } = parts
  const tags = ['report codes']
  const codes = createReportCodes(parts)
  const addressOf = (code: string): string => `${settings.publicUrl}/r/${formatClaimCode(code)}`
  const shownOf = ({ body, premises }: Pick<StoredCode, 'body' | 'premises'>) => ({
    code: formatClaimCode(body.code),
    address: addressOf(body.code),
    device: body.device,
    space: body.space,
    premises: premises ?? '',
  })

  app.post(
    '/report-codes',
    {
      config: MAKERS,
      schema: {
        tags,
        summary: 'Make report codes of devices and spaces; what has one keeps it',
        body: ReportCodesWanted,
        response: { 200: ReportCodesMade, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { premises: id, all, devices: deviceIds = [], spaces: spaceIds = [] } = request.body
      const premises = (await records.getObject(scopeOf(request), 'premises', id))?.value
      if (premises === undefined) throw notFound()
      const isWhole = (kind: 'devices' | 'spaces'): boolean => all === kind || all === 'both'
      const devices = await devicesWanted(identity, id, isWhole('devices') ? null : deviceIds)
      const spaces = isWhole('spaces') ? (premises.spaces ?? []).map((space) => space.id) : spaceIds
      const missing = spaces.find((space) => !(premises.spaces ?? []).some((one) => one.id === space))
      if (missing !== undefined) throw notFound()
      if (devices.length + spaces.length === 0)
        throw new Failure('invalid-body', 'Name devices or spaces, or say that all are meant.')
      await checkMayPrint(identity, premises, devices, spaces)
      const open = await openCodes(records, id)
      const papers: PaperChange[] = []
      const items = []
      for (const of of [
        ...devices.map((device) => ({ device: device.id, space: null })),
        ...spaces.map((space) => ({ device: null, space })),
      ]) {
        const known = open.get(keyOf(of))
        if (known !== undefined) {
          items.push({ ...shownOf(known), isNew: false })
          continue
        }
        const { code, change } = newCode(id, of)
        papers.push(change)
        items.push({ ...shownOf({ body: { code, ...of }, premises: id }), isNew: true })
      }
      for (let from = 0; from < papers.length; from += MOST_AT_ONCE)
        await records.changePapers(
          { papers: papers.slice(from, from + MOST_AT_ONCE) },
          actorOf(identity),
          'report-code.make',
        )
      return { items }
    },
  )

  app.get(
    '/report-codes',
    {
      config: MAKERS,
      schema: {
        tags,
        summary: 'Report codes of the premises that the organisation sees',
        querystring: ReportCodeQuery,
        response: { 200: ReportCodePage, ...problems },
      },
    },
    async (request) => {
      const { premises, state } = request.query
      const page = await records.listPapers(scopeOf(request), REPORT_CODE, {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
        ...(state === undefined ? {} : { states: [state] }),
      })
      const items = []
      for (const one of page.items) {
        const { device, space } = one.body
        const place = (await records.getObject(scopeOf(request), 'premises', one.premises ?? ''))?.value
        const found = device === null ? null : await records.getObject(scopeOf(request), 'devices', device)
        const name = device === null ? place?.spaces?.find(({ id }) => id === space)?.name : found?.value.name
        items.push({
          ...shownOf(one),
          name: name ?? null,
          state: one.state === 'open' ? ('open' as const) : ('withdrawn' as const),
          madeAt: iso(one.createdAt),
        })
      }
      return { items, next: page.next }
    },
  )

  app.post(
    '/report-codes/withdraw',
    {
      config: MAKERS,
      schema: {
        tags,
        summary: 'Withdraw report codes: their labels lead nowhere from now on',
        body: ReportCodesWithdrawn,
        response: { 200: ReportCodesWithdrawnAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const papers: PaperChange[] = []
      for (const { stored } of await ownCodes(identity, request.body.codes, request.ip)) {
        const { id, premises, audience, dueAt, body, version } = stored
        const paper = { id, premises, audience, dueAt, body, state: 'withdrawn' }
        papers.push({ kind: REPORT_CODE, paper, expectedVersion: version })
      }
      await records.changePapers({ papers }, actorOf(identity), 'report-code.withdraw')
      return { withdrawn: papers.length }
    },
  )

  app.post(
    '/report-codes/labels',
    {
      config: MAKERS,
      schema: {
        tags,
        summary: 'A sheet of QR labels of these report codes, as PDF, in the languages of the premises',
        body: ReportLabelsWanted,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { sheet: sheetId, first = 1, languages } = request.body
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
      let main: Language = 'fi'
      for (const { stored, premises, device } of await ownCodes(identityOf(request), request.body.codes, request.ip)) {
        const spoken = languages ?? LANGUAGES.filter((one) => premises.name[one] !== undefined)
        main = spoken[0] ?? 'fi'
        const space = premises.spaces?.find(({ id }) => id === stored.body.space) ?? null
        const subject = publicSubject(premises, device, space)
        const nameIn = (language: Language): string =>
          subject.name === null
            ? (findDeviceType(subject.type)?.name[language] ?? (device === null ? '' : THIS[language]))
            : pickName(subject.name, language, '').text
        labels.push({
          address: addressOf(stored.body.code),
          code: formatClaimCode(stored.body.code),
          title: spoken.map((language) => CALL[language]).join('\n'),
          id: [...new Set(spoken.map(nameIn))].filter((name) => name !== '').join(' · '),
          organisation: pickName(premises.name, main, premises.id).text,
        })
      }
      const options = { first, title: SHEET_TITLE[main], language: main, madeAt: now() }
      reply.header('content-disposition', `attachment; filename="report-labels-${sheet.id}.pdf"`)
      return reply.type('application/pdf').send(await labelsPdf(labels, sheet, options))
    },
  )

  /** null: all of the premises that the asker may change; those named otherwise. */
  async function devicesWanted(identity: Identity, premises: Id, ids: readonly Id[] | null): Promise<Device[]> {
    const found: Device[] = []
    const scope = { organisation: identity.organisation }
    const query = ids === null ? { premises } : { premises, ids: [...new Set(ids)] }
    if (ids !== null && ids.length === 0) return []
    for await (const device of listAll(records, 'devices', query, scope))
      if (ids !== null || (await mayPrint(identity, device))) found.push(device)
    if (ids !== null && found.length < new Set(ids).size) throw notFound()
    return found
  }
  const mayPrint = (identity: Identity, device: Device): Promise<boolean> =>
    checkMayChange(identity, { devices: [device] }, records).then(
      () => true,
      () => false,
    )
  async function checkMayPrint(
    identity: Identity,
    premises: Premises,
    devices: readonly Device[],
    spaces: readonly Id[],
  ): Promise<void> {
    if (devices.length > 0) await checkMayChange(identity, { devices: [...devices] }, records)
    if (spaces.length === 0 || isOperator(identity) || premises.landlord === identity.organisation) return
    const own = (space: Id): boolean =>
      (premises.tenancies ?? []).some((row) => row.space === space && row.organisation === identity.organisation)
    if (!spaces.every(own))
      throw new Failure('not-allowed', 'Codes of spaces are made by the landlord and by who holds the space.')
  }
  /** @throws Failure 'not-found' for a code that the asker doesn't see, 'not-allowed' for one that is not theirs to print. */
  async function ownCodes(
    identity: Identity,
    texts: readonly string[],
    address: string,
  ): Promise<{ stored: StoredCode; premises: Premises; device: Device | null }[]> {
    const found = []
    for (const text of texts) {
      const stored = await codes.find(text, address)
      const scope = { organisation: identity.organisation }
      const premises = (await records.getObject(scope, 'premises', stored.premises ?? ''))?.value
      const { device: deviceId, space } = stored.body
      const device = deviceId === null ? null : ((await records.getObject(scope, 'devices', deviceId))?.value ?? null)
      if (premises === undefined || (deviceId !== null && device === null)) throw notFound()
      await checkMayPrint(identity, premises, device === null ? [] : [device], space === null ? [] : [space])
      found.push({ stored, premises, device })
    }
    return found
  }
}
