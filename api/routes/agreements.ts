// Agreements: with what each version still lacks, and which is in force today.
import type { FastifyRequest } from 'fastify'
import { Agreement } from '#contract/bundle.ts'
import {
  AgreementPage,
  AgreementQuery,
  AgreementRecorded,
  MeterList,
  type AgreementVersionState,
  type MeterList as MeterListAnswer,
} from '#contract/agreements.ts'
import { IdParams } from '#contract/common.ts'
import {
  Comparison,
  ComparisonQuery,
  LanguageQuery,
  ProposalDraft,
  TemplateParams,
  TemplateQuery,
  TextAnswer,
  VersionParams,
} from '#contract/proposals.ts'
import { compareContents } from '#domain/agreement/compare.ts'
import { contentOf, type AgreementContent } from '#domain/agreement/content.ts'
import { PROPOSAL } from '#domain/agreement/proposal.ts'
import { templateDraft } from '#domain/agreement/templates/template-draft.ts'
import { agreementDocument, documentHash, type AgreementDocument } from '#domain/agreement/text/agreement-text.ts'
import { nextMonth } from '#domain/quantity/local-date.ts'
import type { Agreement as AgreementFacts, Id, LocalDate } from '#domain/registry/bundle.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import type { Look } from '#domain/registry/facts.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import { unitFamily } from '#domain/quantity/units.ts'
import type { Records, Stored } from '#domain/ports/records.ts'
import { lookFor } from '#api/agreements/check-content.ts'
import { scopeOf } from '#api/access/identity.ts'
import { sha256 } from '#api/settlement/sha256.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { dateOf, notFound, problems, shown } from './answers.ts'
import { addChange, addHistory, addList, addOne, covering } from './objects.ts'
import { differencesShown, textShown } from './proposals.ts'

export function addAgreementRoutes(app: ApiApp, parts: RouteParts): void {
  const noun = { app, parts, path: '/agreements', kind: 'agreements' as const, tag: 'agreements' }
  const show = (stored: Stored<AgreementFacts>, at?: LocalDate): AgreementRecorded => ({
    ...shown(stored),
    // The local date differs from the UTC one for some hours only; the settlement itself goes by the premises' time zone.
    states: statesOf(stored.value, at ?? new Date(parts.now()).toISOString().slice(0, 10)),
  })
  addList(noun, { query: AgreementQuery, answer: AgreementPage }, (stored) => show(stored))
  addOne(noun, AgreementRecorded, show, (agreement, at) => ({
    ...agreement,
    versions: covering(agreement.versions, at),
  }))
  addChange(noun, Agreement)
  addHistory(noun)
  addAgreementReading(app, parts)
}

/** The text of a version, and what changed from one to another. */
function addAgreementReading(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const agreementOf = async (request: FastifyRequest, id: Id): Promise<AgreementFacts> => {
    const stored = await records.getObject(scopeOf(request), 'agreements', id)
    if (stored === null) throw notFound()
    return stored.value
  }
  const content = (agreement: AgreementFacts, number: number): AgreementContent => {
    const found = contentOf(agreement, number)
    if (found === null) throw notFound()
    return found
  }
  const look = (found: AgreementContent): Promise<Look> => lookFor(found, NO_GROUND, null, records)

  app.get(
    '/agreements/:id/versions/:number/text',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['agreements'],
        summary: 'The text of a version: as it was approved here, or as it reads with the names of now',
        params: VersionParams,
        querystring: LanguageQuery,
        response: { 200: TextAnswer, ...problems },
      },
    },
    async (request) => {
      const { id, number } = request.params
      const agreement = await agreementOf(request, id)
      const found = content(agreement, number)
      const approved = await approvedText(agreement, number, records)
      const document = approved?.document ?? agreementDocument(found, await look(found))
      const hash = approved?.hash ?? documentHash(document, sha256)
      return textShown({ document, hash, frozen: approved !== null }, request.query.language ?? 'fi')
    },
  )

  app.get(
    '/agreements/:id/comparison',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['agreements'],
        summary: 'Two versions side by side: what came, went and changed, in sentences',
        params: IdParams,
        querystring: ComparisonQuery,
        response: { 200: Comparison, ...problems },
      },
    },
    async (request) => {
      const { before, after, language = 'fi' } = request.query
      const agreement = await agreementOf(request, request.params.id)
      const [old, newer] = [content(agreement, before), content(agreement, after)]
      const looks = [await look(old), await look(newer)]
      const differences = compareContents(old, newer)
      return {
        before,
        after,
        differences: differencesShown(differences, language, (kind, id) => looks[0]!(kind, id) ?? looks[1]!(kind, id)),
      }
    },
  )

  app.get(
    '/premises/:id/meters',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['agreements'],
        summary: 'Points of its devices that a rule can measure with',
        params: IdParams,
        response: { 200: MeterList, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const { id } = request.params
      if ((await records.getObject(scope, 'premises', id)) === null) throw notFound()
      const items: MeterListAnswer['items'] = []
      for await (const device of listAll(records, 'devices', { premises: id }, scope))
        for (const { key, kind, unit } of device.points ?? [])
          if ((kind === 'counter' || kind === 'interval') && unitFamily(unit ?? '') !== null)
            items.push({
              device: device.id,
              point: key,
              unit: unit ?? '',
              ...(device.name === undefined ? {} : { name: device.name }),
              type: device.type ?? '',
            })
      return { items }
    },
  )

  app.get(
    '/premises/:id/agreement-templates/:template',
    {
      config: { who: ['controller', 'manager', 'admin'] },
      schema: {
        tags: ['agreements'],
        summary: 'A draft to start from, filled for the spaces, devices and tenants of the premises',
        params: TemplateParams,
        querystring: TemplateQuery,
        response: { 200: ProposalDraft, ...problems },
      },
    },
    async (request) => {
      const { id, template } = request.params
      const facts = await factsOfPremises(records, id, { scope: scopeOf(request), range: { from: 0, to: 0 } })
      if (facts === null) throw notFound()
      return templateDraft(template, facts, id, dateOf(request.query.from ?? nextMonthStart(parts.now()), 'from'))
    },
  )
}

/** Of the approved versions that cover the date the highest is in force. */
export function statesOf(agreement: AgreementFacts, date: string): AgreementVersionState[] {
  const missing = (version: AgreementFacts['versions'][number]): string[] =>
    agreement.parties.filter((party) => !(version.approvals ?? []).some((approval) => approval.organisation === party))
  const inForce = agreement.versions
    .filter(
      (version) => missing(version).length === 0 && version.from <= date && (version.to === null || date < version.to),
    )
    .reduce<number | null>((highest, { version }) => (highest === null || version > highest ? version : highest), null)
  return agreement.versions.map((version) => ({
    version: version.version,
    missing: missing(version),
    inForce: version.version === inForce,
  }))
}

const NO_GROUND = { taken: false, stored: null, replaced: null, basedOn: { agreement: 0, replaced: null } }

/** The first day of the month after this one, by UTC: a template's date is only a beginning to edit. */
const nextMonthStart = (now: number): LocalDate => `${nextMonth(new Date(now).toISOString().slice(0, 7))}-01`

/** What the parties approved, when they did it here: the approvals name its hash. */
async function approvedText(
  agreement: AgreementFacts,
  number: number,
  records: Records,
): Promise<{ document: AgreementDocument; hash: string } | null> {
  const approvals = agreement.versions.find(({ version }) => version === number)?.approvals ?? []
  const hash = approvals.find(({ text }) => text !== undefined)?.text
  if (hash === undefined) return null
  const { items } = await records.listPapers(ALL, PROPOSAL, {
    states: ['approved'],
    premises: agreement.premises,
    text: hash,
    limit: 10,
  })
  const document = items.find(({ body }) => body.text === hash)?.body.document ?? null
  return document === null ? null : { document, hash }
}
