// The mark that each state of a proposal bears.
import type { ProposalRow } from '#contract/proposals.ts'
import type { StateWord } from '#dashboard/components/StateMark.tsx'

export const PROPOSAL_MARKS: Record<ProposalRow['state'], StateWord> = {
  draft: 'draft',
  proposed: 'waiting',
  approved: 'accepted',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
}
