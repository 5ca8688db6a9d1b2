// A proposal: an agreement's new version, or a new agreement, on its way from a draft to being in force. A paper of kind `proposal`.
import type { Agreement, Approval, Bundle, Id, Instant } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { AgreementContent } from './content.ts'
import type { AgreementDocument } from './text/agreement-text.ts'

/**
 * `draft`: seen by the proposer's organisation only; `proposed`: seen by all parties, waits for their approvals;
 * `approved`: all have approved, and the version stands in the agreement; `rejected`, `withdrawn`: ended without.
 */
export type ProposalState = 'draft' | 'proposed' | 'approved' | 'rejected' | 'withdrawn'
/** `decision` is the reference of the party's own decision (§ or diary number), `text` the hash of what was approved. */
export type ProposalApproval = { organisation: Id; decision: string; at: Instant; by: string; text: string }
export type Proposal = {
  proposer: Id
  content: AgreementContent
  /** Why; told to the parties, no part of what is agreed. */
  note: string
  proposedAt: Instant | null
  /** Everyone whose approval it needs: the parties, and those of an agreement that it replaces. */
  approvers: Id[]
  /** The stored versions of the agreement (0: there is none yet) and of the one that it replaces, when it was proposed. */
  basedOn: { agreement: number; replaced: number | null } | null
  /** The text as it was proposed, and its hash: that is what is approved. */
  document: AgreementDocument | null
  text: string | null
  approvals: ProposalApproval[]
  /** Of a rejection or withdrawal. */
  ending: { organisation: Id; reason: string; at: Instant; by: string } | null
}
export const PROPOSAL = paperKind<Proposal>('proposal')

export const stillMissing = ({ approvers, approvals }: Pick<Proposal, 'approvers' | 'approvals'>): Id[] =>
  approvers.filter((id) => !approvals.some(({ organisation }) => organisation === id))

/** The number that the next version of an agreement has. */
export const nextNumber = (agreement: Agreement | null): number =>
  Math.max(0, ...(agreement?.versions ?? []).map(({ version }) => version)) + 1

/**
 * The facts as they are with what is proposed: the agreement with its new version (its place in `versions` is `at`), and the one that
 * it replaces, cut where the new one begins. Without approvals it is what a check looks at.
 */
export function adopted(
  { agreement: head, number, version }: AgreementContent,
  stored: Agreement | null,
  replaced: Agreement | null,
  approvals: readonly ProposalApproval[] = [],
): { bundle: Bundle & { agreements: Agreement[] }; at: number } {
  const earlier = stored?.versions ?? []
  const own: Approval[] = approvals
    .filter(({ organisation }) => head.parties.includes(organisation))
    .map(({ organisation, decision, at, text }) => ({ organisation, decision, at, text }))
  const agreement: Agreement = {
    ...head,
    versions: [...earlier, { version: number, ...version, ...(own.length === 0 ? {} : { approvals: own }) }],
  }
  return {
    bundle: { agreements: [agreement, ...(replaced === null ? [] : [endedAt(replaced, version.from)])] },
    at: earlier.length,
  }
}

/** Versions that would begin later stay: they are told as an overlap, because somebody agreed on them. */
const endedAt = (agreement: Agreement, date: string): Agreement => ({
  ...agreement,
  versions: agreement.versions.map((version) =>
    version.from < date && (version.to === null || version.to > date) ? { ...version, to: date } : version,
  ),
})
