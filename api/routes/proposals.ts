// Proposals of agreements: drafted by a party or the landlord, approved by every party's signatory with the reference of its decision.
import { IdParams, type LanguageCode } from '#contract/common.ts'
import {
  ApprovalWanted,
  Comparison,
  LanguageQuery,
  ProposalComparisonQuery,
  ProposalDraft,
  ProposalPage,
  ProposalQuery,
  ProposalShown,
  RejectionWanted,
  TextAnswer,
  WithdrawalWanted,
  type ProposalRow,
} from '#contract/proposals.ts'
import type { ClauseDifference } from '#domain/agreement/compare.ts'
import { PROPOSAL, stillMissing } from '#domain/agreement/proposal.ts'
import type { AgreementDocument } from '#domain/agreement/text/agreement-text.ts'
import { clauseLabel, clauseSentence } from '#domain/agreement/text/clause-sentence.ts'
import { createTextWriter } from '#domain/agreement/text/text-writer.ts'
import type { Look } from '#domain/registry/facts.ts'
import type { Role } from '#domain/ports/records.ts'
import { groundOf, problemsOfContent, warningsOfContent } from '#api/agreements/check-content.ts'
import { createProposals, mayOf, type StoredProposal } from '#api/agreements/proposals.ts'
import { identityOf, type Identity } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, iso, pageOfQuery, problems, setEtag } from './answers.ts'
import { Nothing } from '#contract/common.ts'

const PROPOSES: readonly Role[] = ['controller', 'manager', 'admin']
const tags = ['proposals']
const DEFAULT_LANGUAGE: LanguageCode = 'fi'

export function addProposalRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const proposals = createProposals(parts)

  const shown = async (identity: Identity, stored: StoredProposal): Promise<ProposalShown> => {
    const { body, state } = stored
    const open = state === 'draft' || state === 'proposed'
    const ground = await groundOf(body.content, records)
    const premises = await records.getObject({ organisation: null }, 'premises', body.content.agreement.premises)
    return {
      ...rowOf(identity, stored),
      content: body.content,
      text: body.text,
      approvals: body.approvals,
      ending: body.ending,
      problems: open ? await problemsOfContent(body.content, ground, body.proposer, records) : [],
      warnings: open && premises !== null ? await warningsOfContent(body.content, premises.value, records) : [],
    }
  }
  const shownById = async (identity: Identity, id: string): Promise<ProposalShown> =>
    shown(identity, await proposals.get(identity, id))

  app.get(
    '/proposals',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Proposals that you see, the newest first',
        querystring: ProposalQuery,
        response: { 200: ProposalPage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { premises, agreement, state } = request.query
      const page = await records.listPapers({ organisation: identity.organisation }, PROPOSAL, {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(premises === undefined ? {} : { premises }),
        ...(state === undefined ? {} : { states: [state] }),
        ...(agreement === undefined ? {} : { text: agreement }),
      })
      const items = page.items.filter(
        (one) =>
          (one.state !== 'draft' || identity.organisation !== null) &&
          (agreement === undefined || one.body.content.agreement.id === agreement),
      )
      return { items: items.map((one) => rowOf(identity, one)), next: page.next }
    },
  )

  app.post(
    '/proposals',
    {
      config: { who: PROPOSES },
      schema: {
        tags,
        summary: 'Make a draft of a new agreement, or of a new version of one',
        body: ProposalDraft,
        response: { 201: ProposalShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const id = await proposals.create(identity, request.body)
      setEtag(reply, 1)
      return reply.code(201).send(await shownById(identity, id))
    },
  )

  app.get(
    '/proposals/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One proposal, with what hinders it and what should be known',
        params: IdParams,
        response: { 200: ProposalShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await proposals.get(identity, request.params.id)
      setEtag(reply, stored.version)
      return shown(identity, stored)
    },
  )

  app.put(
    '/proposals/:id',
    {
      config: { who: PROPOSES },
      schema: {
        tags,
        summary: 'Change a draft; or what is proposed, which voids its approvals',
        params: IdParams,
        body: ProposalDraft,
        response: { 200: ProposalShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await proposals.get(identity, request.params.id)
      checkVersion(request, stored.version)
      await proposals.change(identity, stored, request.body)
      const after = await proposals.get(identity, stored.id)
      setEtag(reply, after.version)
      return shown(identity, after)
    },
  )

  app.delete(
    '/proposals/:id',
    {
      config: { who: PROPOSES },
      schema: { tags, summary: 'Throw a draft away', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      await proposals.remove(identity, await proposals.get(identity, request.params.id))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/proposals/:id/propose',
    {
      config: { who: PROPOSES },
      schema: {
        tags,
        summary: 'Show the draft to all parties for approval',
        params: IdParams,
        response: { 200: ProposalShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await proposals.propose(identity, await proposals.get(identity, request.params.id))
      return shownById(identity, request.params.id)
    },
  )

  app.post(
    '/proposals/:id/approvals',
    {
      config: { who: ['signatory'] },
      schema: {
        tags,
        summary: 'Approve the text for your own organisation; the last approval brings it into force from its date',
        params: IdParams,
        body: ApprovalWanted,
        response: { 200: ProposalShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await proposals.approve(identity, request.params.id, request.body)
      return shownById(identity, request.params.id)
    },
  )

  app.post(
    '/proposals/:id/rejection',
    {
      config: { who: ['signatory'] },
      schema: {
        tags,
        summary: 'Reject it for your own organisation, with the reason',
        params: IdParams,
        body: RejectionWanted,
        response: { 200: ProposalShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await proposals.reject(identity, request.params.id, request.body)
      return shownById(identity, request.params.id)
    },
  )

  app.post(
    '/proposals/:id/withdrawal',
    {
      config: { who: PROPOSES },
      schema: {
        tags,
        summary: 'Take back what your organisation has proposed',
        params: IdParams,
        body: WithdrawalWanted,
        response: { 200: ProposalShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const stored = await proposals.get(identity, request.params.id)
      await proposals.withdraw(identity, stored, request.body.reason ?? '')
      return shownById(identity, stored.id)
    },
  )

  app.get(
    '/proposals/:id/text',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The text that is approved, in one language, with the hash over all three',
        params: IdParams,
        querystring: LanguageQuery,
        response: { 200: TextAnswer, ...problems },
      },
    },
    async (request) => {
      const stored = await proposals.get(identityOf(request), request.params.id)
      return textShown(await proposals.textOf(stored), request.query.language ?? DEFAULT_LANGUAGE)
    },
  )

  app.get(
    '/proposals/:id/comparison',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What it changes of a version that stands, by default of the one in force on its first day',
        params: IdParams,
        querystring: ProposalComparisonQuery,
        response: { 200: Comparison, ...problems },
      },
    },
    async (request) => {
      const stored = await proposals.get(identityOf(request), request.params.id)
      const { before, differences, look } = await proposals.compared(stored, request.query.with)
      return {
        before,
        after: stored.body.content.number,
        differences: differencesShown(differences, request.query.language ?? DEFAULT_LANGUAGE, look),
      }
    },
  )
}

export const textShown = (
  { document, hash, frozen }: { document: AgreementDocument; hash: string; frozen: boolean },
  language: LanguageCode,
): TextAnswer => ({
  agreement: document.content.agreement.id,
  number: document.content.number,
  language,
  hash,
  frozen,
  ...document.texts[language],
})

export function differencesShown(
  differences: readonly ClauseDifference[],
  language: LanguageCode,
  look: Look,
): Comparison['differences'] {
  const exact = createTextWriter(language, look)
  const named = createTextWriter(language, look, { devices: 'name' })
  return differences.map(({ before, after }) => {
    const clause = after ?? before
    // Where one device takes the place of another of the same name, only the ids tell what changed.
    const isSeen = before === null || after === null || clauseSentence(before, named) !== clauseSentence(after, named)
    const writer = isSeen ? named : exact
    return {
      part: clause.part,
      key: clause.key,
      label: clauseLabel(clause, writer),
      before: before === null ? null : clauseSentence(before, writer),
      after: after === null ? null : clauseSentence(after, writer),
    }
  })
}

function rowOf(identity: Identity, stored: StoredProposal): ProposalRow {
  const { id, version, state, body, changedAt, changedBy } = stored
  const { agreement, number, version: content } = body.content
  return {
    id,
    version,
    state: state as ProposalRow['state'],
    proposer: body.proposer,
    premises: agreement.premises,
    agreement: agreement.id,
    ...(agreement.name === undefined ? {} : { name: agreement.name }),
    number,
    from: content.from,
    note: body.note,
    changedAt: iso(changedAt),
    changedBy,
    proposedAt: body.proposedAt,
    approvers: body.approvers,
    missing: state === 'proposed' ? stillMissing(body) : [],
    may: mayOf(identity, stored),
  }
}
