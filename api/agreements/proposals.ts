// The life of a proposal: drafted, proposed, approved by every party's signatory, and then in force; or rejected, or withdrawn.
import { randomBytes } from 'node:crypto'
import type { AgreementContent } from '#domain/agreement/content.ts'
import { contentOf } from '#domain/agreement/content.ts'
import { compareContents, type ClauseDifference } from '#domain/agreement/compare.ts'
import {
  adopted,
  nextNumber,
  PROPOSAL,
  stillMissing,
  type Proposal,
  type ProposalState,
} from '#domain/agreement/proposal.ts'
import { agreementDocument, documentHash, type AgreementDocument } from '#domain/agreement/text/agreement-text.ts'
import { Failure } from '#domain/failure.ts'
import type { Paper, PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import { parseLocalDate } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { Look } from '#domain/registry/facts.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import type { ProposalDraft } from '#contract/proposals.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound } from '#api/routes/answers.ts'
import { sha256 } from '#api/settlement/sha256.ts'
import { groundOf, lookFor, numberToCompare, problemsOfContent, type Ground } from './check-content.ts'

export type StoredProposal = StoredPaper<Proposal>
/** How often a step is tried again when another party acted at the same instant. */
const MAX_TRIES = 4

export function createProposals(parts: RouteParts) {
  const { records, telemetry, now } = parts
  const iso = (): string => new Date(now()).toISOString()

  /** @throws Failure 'not-found' for what the identity doesn't see: drafts are for the organisation that makes them, not for the operator. */
  const get = async (identity: Identity, id: Id): Promise<StoredProposal> => {
    const stored = await records.getPaper({ organisation: identity.organisation }, PROPOSAL, id)
    if (stored === null || !sees(identity, stored)) throw notFound()
    return stored
  }

  const premisesSeen = async (identity: Identity, id: Id): Promise<Premises> => {
    const stored = await records.getObject({ organisation: identity.organisation }, 'premises', id)
    if (stored === null)
      throw new Failure('not-found', 'There are no such premises, or none that you may see.', {
        problems: [{ pointer: '/agreement/premises', code: 'not-found', message: 'is not known' }],
      })
    return stored.value
  }

  /** Proposed is by a party or by the landlord, for itself. */
  const contentOfDraft = async (
    identity: Identity,
    draft: ProposalDraft,
  ): Promise<{ content: AgreementContent; ground: Ground; proposer: Id }> => {
    const { note: _, ...rest } = draft
    const premises = await premisesSeen(identity, draft.agreement.premises)
    const ground = await groundOf({ ...rest, number: 1 }, records)
    const own = identity.organisation
    const isParty = draft.agreement.parties.includes(own ?? '') || (ground.stored?.parties ?? []).includes(own ?? '')
    if (own === null || (premises.landlord !== own && !isParty))
      throw new Failure('not-allowed', 'An agreement is proposed by one of its parties or by the landlord, for itself.')
    return { content: { ...rest, number: nextNumber(ground.stored) }, ground, proposer: own }
  }

  /** @throws Failure 'invalid-bundle' with pointers into the draft when it could not come into force. */
  const mustFit = async (content: AgreementContent, ground: Ground, proposer: Id): Promise<void> => {
    const problems = await problemsOfContent(content, ground, proposer, records)
    if (problems.length > 0)
      throw new Failure('invalid-bundle', 'It could not come into force like this; nothing was changed.', { problems })
  }

  /** What is shown to all parties and approved: text and hash as of now, no approval yet. */
  const proposedBody = async (body: Proposal, ground: Ground, proposer: Id): Promise<Proposal> => {
    const { content } = body
    const document = agreementDocument(content, await lookFor(content, ground, proposer, records))
    return {
      ...body,
      proposedAt: iso(),
      approvers: [...new Set([...content.agreement.parties, ...(ground.replaced?.parties ?? [])])],
      basedOn: ground.basedOn,
      document,
      text: documentHash(document, sha256),
      approvals: [],
    }
  }
  /** The parties see it; approvals are due on the day from which it should hold. */
  const proposedPaper = async (id: Id, body: Proposal): Promise<Paper<Proposal>> => {
    const { agreement, version } = body.content
    const premises = await records.getObject({ organisation: null }, 'premises', agreement.premises)
    return {
      id,
      premises: agreement.premises,
      audience: [...new Set([body.proposer, ...body.approvers])],
      state: 'proposed',
      dueAt: dayStart(parseLocalDate(version.from) ?? 0, premises?.value.timeZone ?? 'Europe/Helsinki'),
      body,
    }
  }

  const put = async (identity: Identity, change: PaperChange, action: string): Promise<void> =>
    void (await records.changePapers({ papers: [change] }, actorOf(identity), action))
  const ended = (
    { id, premises, audience, version }: StoredProposal,
    state: 'rejected' | 'withdrawn',
    body: Proposal,
  ): PaperChange => ({
    kind: PROPOSAL,
    paper: { id, premises, audience, state, dueAt: null, body },
    expectedVersion: version,
  })
  const again = async <T>(step: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await step()
      } catch (error) {
        if (attempt >= MAX_TRIES || !(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
        if (error.problems.length > 0) throw error
      }
    }
  }

  /** A draft as a change of papers, for whoever writes more in the same transaction; what it says need not fit yet. */
  const drafted = async (identity: Identity, draft: ProposalDraft): Promise<{ id: Id; change: PaperChange }> => {
    const { content, proposer } = await contentOfDraft(identity, draft)
    const id = `proposal-${randomBytes(8).toString('hex')}`
    const body: Proposal = {
      proposer,
      content,
      note: draft.note ?? '',
      proposedAt: null,
      approvers: [],
      basedOn: null,
      document: null,
      text: null,
      approvals: [],
      ending: null,
    }
    const paper = {
      id,
      premises: content.agreement.premises,
      audience: [proposer],
      state: 'draft',
      dueAt: null,
      body,
    }
    return { id, change: { kind: PROPOSAL, paper, expectedVersion: 0, action: 'proposal.draft' } }
  }

  return {
    get,

    drafted,

    /** Makes a draft; what it says need not fit yet. Gives its id. */
    async create(identity: Identity, draft: ProposalDraft): Promise<Id> {
      const { id, change } = await drafted(identity, draft)
      await put(identity, change, 'proposal.draft')
      return id
    },

    /** Changes a draft, or what is proposed: then it is another text with another hash, and nobody has approved it yet. */
    async change(identity: Identity, stored: StoredProposal, draft: ProposalDraft): Promise<void> {
      mustPropose(identity, stored)
      const { content, ground, proposer } = await contentOfDraft(identity, draft)
      const body: Proposal = { ...stored.body, content, note: draft.note ?? '' }
      const { id, version } = stored
      if (stored.state === 'draft') {
        const paper = { ...paperOf(stored), premises: content.agreement.premises, body }
        await put(identity, { kind: PROPOSAL, paper, expectedVersion: version }, 'proposal.draft')
        return
      }
      mustBe(stored, 'proposed')
      await mustFit(content, ground, proposer)
      const paper = await proposedPaper(id, await proposedBody(body, ground, proposer))
      await put(identity, { kind: PROPOSAL, paper, expectedVersion: version }, 'proposal.change')
    },

    /** Shows the draft to all parties, with the text and hash that they approve. */
    async propose(identity: Identity, stored: StoredProposal): Promise<void> {
      mustPropose(identity, stored)
      mustBe(stored, 'draft')
      const { number: _, ...said } = stored.body.content
      const { content, ground, proposer } = await contentOfDraft(identity, said)
      await mustFit(content, ground, proposer)
      const paper = await proposedPaper(stored.id, await proposedBody({ ...stored.body, content }, ground, proposer))
      await put(identity, { kind: PROPOSAL, paper, expectedVersion: stored.version }, 'proposal.propose')
    },

    /**
     * One party's approval; the last one writes the version into the agreement in the same transaction.
     * @throws Failure 'changed-meanwhile' when `text` is not the hash of what is proposed now, 'conflict' when the agreement has changed.
     */
    approve: (identity: Identity, id: Id, { party, decision, text }: { party: Id; decision: string; text: string }) =>
      again(async () => {
        const stored = await get(identity, id)
        const { body } = stored
        mustActFor(identity, party, body)
        mustBe(stored, 'proposed')
        if (decision.trim() === '')
          throw new Failure('invalid-body', 'Give the reference of your decision: its § or diary number.', {
            problems: [{ pointer: '/decision', code: 'required', message: 'is missing' }],
          })
        if (body.text !== text)
          throw new Failure('changed-meanwhile', 'The text has changed since you read it: read and approve it anew.', {
            problems: [{ pointer: '/text', code: 'other-text', message: `is ${body.text} now` }],
          })
        if (!stillMissing(body).includes(party))
          throw new Failure('conflict', 'Your organisation has approved this text already.')
        const approval = { organisation: party, decision: decision.trim(), at: iso(), by: identity.name, text }
        const approved: Proposal = { ...body, approvals: [...body.approvals, approval] }
        const isLast = stillMissing(approved).length === 0
        const change: PaperChange = {
          kind: PROPOSAL,
          paper: {
            ...paperOf(stored),
            ...(isLast ? { state: 'approved', dueAt: null } : {}),
            body: approved,
          },
          expectedVersion: stored.version,
        }
        if (!isLast) return put(identity, change, 'proposal.approve')
        const ground = await groundOf(body.content, records)
        if (ground.basedOn.agreement !== body.basedOn?.agreement || ground.basedOn.replaced !== body.basedOn.replaced)
          throw new Failure(
            'conflict',
            'The agreement has changed since this was proposed: withdraw it and propose it anew on the agreement as it is now.',
          )
        const { bundle } = adopted(body.content, ground.stored, ground.replaced, approved.approvals)
        const result = await importBundle(bundle, {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action: 'proposal.approve',
          beside: { papers: [change] },
          expectedVersions: new Map([
            [`agreements/${body.content.agreement.id}`, ground.basedOn.agreement],
            ...(ground.replaced === null
              ? []
              : [[`agreements/${ground.replaced.id}`, ground.basedOn.replaced ?? 0] as const]),
          ]),
        })
        if (!result.ok)
          throw new Failure('invalid-bundle', 'It does not fit the facts any more; nothing was changed.', {
            problems: result.problems,
          })
      }),

    reject: (identity: Identity, id: Id, { party, reason }: { party: Id; reason: string }) =>
      again(async () => {
        const stored = await get(identity, id)
        mustActFor(identity, party, stored.body)
        mustBe(stored, 'proposed')
        if (reason.trim() === '')
          throw new Failure('invalid-body', 'Say why: all parties see it.', {
            problems: [{ pointer: '/reason', code: 'required', message: 'is missing' }],
          })
        const ending = { organisation: party, reason: reason.trim(), at: iso(), by: identity.name }
        await put(identity, ended(stored, 'rejected', { ...stored.body, ending }), 'proposal.reject')
      }),

    async withdraw(identity: Identity, stored: StoredProposal, reason: string): Promise<void> {
      mustPropose(identity, stored)
      mustBe(stored, 'proposed')
      const ending = { organisation: stored.body.proposer, reason: reason.trim(), at: iso(), by: identity.name }
      await put(identity, ended(stored, 'withdrawn', { ...stored.body, ending }), 'proposal.withdraw')
    },

    /** A draft that nobody else has seen goes without a trace but its audit lines. */
    async remove(identity: Identity, stored: StoredProposal): Promise<void> {
      mustPropose(identity, stored)
      mustBe(stored, 'draft')
      await records.deletePapers(PROPOSAL, [stored.id], actorOf(identity), 'proposal.remove')
    },

    /** The text as it was proposed; of a draft as it would be now. */
    async textOf({ body }: StoredProposal): Promise<{ document: AgreementDocument; hash: string; frozen: boolean }> {
      if (body.document !== null && body.text !== null)
        return { document: body.document, hash: body.text, frozen: true }
      const ground = await groundOf(body.content, records)
      const document = agreementDocument(body.content, await lookFor(body.content, ground, body.proposer, records))
      return { document, hash: documentHash(document, sha256), frozen: false }
    },

    /** What it changes of a version that stands, by default of the one in force on its first day. */
    async compared(
      { body }: StoredProposal,
      wanted: number | undefined,
    ): Promise<{ before: number | null; differences: ClauseDifference[]; look: Look }> {
      const { content } = body
      const ground = await groundOf(content, records)
      const before = wanted ?? numberToCompare(ground.stored, content.version.from)
      const old = before === null || ground.stored === null ? null : contentOf(ground.stored, before)
      if (old === null && wanted !== undefined) throw notFound()
      return {
        before: old === null ? null : before,
        differences: compareContents(old, content),
        look: await lookFor(content, ground, body.proposer, records),
      }
    },
  }
}

const sees = (identity: Identity, { state }: StoredProposal): boolean =>
  state !== 'draft' || identity.organisation !== null

const paperOf = ({ id, premises, audience, state, dueAt, body }: StoredProposal): Paper<Proposal> => ({
  id,
  premises,
  audience,
  state,
  dueAt,
  body,
})

function mustPropose(identity: Identity, { body }: StoredProposal): void {
  if (identity.organisation !== body.proposer)
    throw new Failure('not-allowed', 'This is for the organisation that proposes it.')
}
function mustActFor(identity: Identity, party: Id, { approvers }: Proposal): void {
  if (identity.organisation === null || identity.organisation !== party)
    throw new Failure('not-allowed', 'Everyone approves for their own organisation.')
  if (!approvers.includes(party)) throw new Failure('not-allowed', 'This is for the parties of the agreement.')
}
function mustBe({ state }: StoredProposal, wanted: 'draft' | 'proposed'): void {
  if (state === wanted) return
  throw new Failure(
    'conflict',
    wanted === 'draft'
      ? 'It is no draft any more.'
      : `It does not wait for approvals: it is ${wordOf(STATE_WORDS, state)}.`,
  )
}
const STATE_WORDS: Record<Exclude<ProposalState, 'proposed'>, string> = {
  draft: 'still a draft',
  approved: 'approved by all',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
}

/** What the identity may do with it now: for pages, which offer nothing else. */
export function mayOf(identity: Identity, { state, body }: StoredProposal) {
  const proposes = identity.organisation === body.proposer && hasRole(identity, ['controller', 'manager', 'admin'])
  return {
    change: proposes && (state === 'draft' || state === 'proposed'),
    propose: proposes && state === 'draft',
    withdraw: proposes && state === 'proposed',
    approve:
      state === 'proposed' &&
      identity.organisation !== null &&
      stillMissing(body).includes(identity.organisation) &&
      hasRole(identity, ['signatory']),
  }
}
