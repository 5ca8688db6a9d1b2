// Proposals of agreements: drafts, the text that is approved, approvals with their decisions, and comparisons.
import { Type, type Static } from 'typebox'
import type * as Content from '#domain/agreement/content.ts'
import { AgreementTerms, Rule, TextHash } from './bundle.ts'
import {
  closed,
  Id,
  Instant,
  LanguageCode,
  LocalDate,
  LongText,
  Names,
  orNull,
  pageOf,
  pageQuery,
  Text,
} from './common.ts'
import { ProblemDetail } from './problem.ts'

const optional = Type.Optional
export const AgreementHead = closed({
  id: Id,
  name: optional(Names),
  premises: Id,
  parties: Type.Array(Id, { maxItems: 1000 }),
  commentDays: optional(Type.Integer({ minimum: 0, maximum: 366 })),
})
export const VersionContent = closed({
  from: LocalDate,
  to: orNull(LocalDate),
  rules: Type.Array(Rule, { maxItems: 1000 }),
  terms: optional(AgreementTerms),
})
/** What a draft says; an agreement that exists gets a new version, one that does not is made. */
export const ProposalDraft = closed({
  agreement: AgreementHead,
  version: VersionContent,
  replaces: optional(Id),
  note: optional(LongText),
})
export const AgreementContent = closed({
  agreement: AgreementHead,
  number: Type.Integer(),
  version: VersionContent,
  replaces: optional(Id),
})
export const ProposalState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('proposed'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('withdrawn'),
])
export const ProposalApproval = closed({
  organisation: Id,
  decision: Type.String(),
  at: Instant,
  by: Type.String(),
  text: TextHash,
})
/** What does not hinder but should be known: `closed-months` (they get adjustments), `categories-without-rule`, `tenants-not-parties`. */
export const ProposalWarning = closed({ code: Type.String(), values: Type.Array(Type.String()) })
export const ProposalRow = closed({
  id: Id,
  version: Type.Integer(),
  state: ProposalState,
  proposer: Id,
  premises: Id,
  agreement: Id,
  name: optional(Names),
  number: Type.Integer(),
  from: LocalDate,
  note: Type.String(),
  changedAt: Instant,
  changedBy: Type.String(),
  proposedAt: orNull(Instant),
  /** Whose approval it needs, and whose it still lacks. */
  approvers: Type.Array(Id),
  missing: Type.Array(Id),
  /** What the asking session or token may do with it now. */
  may: closed({
    change: Type.Boolean(),
    propose: Type.Boolean(),
    approve: Type.Boolean(),
    withdraw: Type.Boolean(),
  }),
})
export const ProposalShown = closed({
  ...ProposalRow.properties,
  content: AgreementContent,
  text: orNull(TextHash),
  approvals: Type.Array(ProposalApproval),
  ending: orNull(closed({ organisation: Id, reason: Type.String(), at: Instant, by: Type.String() })),
  /** Why it can't be proposed or come into force as it stands, with JSON Pointers into the draft. */
  problems: Type.Array(ProblemDetail),
  warnings: Type.Array(ProposalWarning),
})
export const ProposalPage = pageOf(ProposalRow)
export const ProposalQuery = pageQuery({
  premises: optional(Id),
  agreement: optional(Id),
  state: optional(ProposalState),
})
/** `text` is the hash of what was read: should it have changed meanwhile, nothing is approved. */
export const ApprovalWanted = closed({ party: Id, decision: Text, text: TextHash })
export const RejectionWanted = closed({ party: Id, reason: Type.String({ minLength: 1, maxLength: 2000 }) })
export const WithdrawalWanted = closed({ reason: optional(LongText) })

export const TextPart = closed({
  title: Type.String(),
  sentences: Type.Array(Type.String()),
  table: orNull(closed({ head: Type.Array(Type.String()), rows: Type.Array(Type.Array(Type.String())) })),
})
export const LanguageQuery = closed({ language: optional(LanguageCode) })
export const TextAnswer = closed({
  agreement: Id,
  number: Type.Integer(),
  language: LanguageCode,
  /** Of all three languages and the structure; what approvals name. */
  hash: TextHash,
  /** The text as it was approved or proposed; false: as it would be with the names of now. */
  frozen: Type.Boolean(),
  title: Type.String(),
  parts: Type.Array(TextPart),
})
export const VersionParams = closed({ id: Id, number: Type.Integer({ minimum: 1, maximum: 1_000_000 }) })

export const ClauseDifference = closed({
  part: Type.String(),
  key: Type.String(),
  label: Type.String(),
  /** Sentences in the language asked for; null: it came, or went. */
  before: orNull(Type.String()),
  after: orNull(Type.String()),
})
export const ComparisonQuery = closed({
  before: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  after: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  ...LanguageQuery.properties,
})
export const ProposalComparisonQuery = closed({
  with: optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  ...LanguageQuery.properties,
})
export const Comparison = closed({
  /** Version numbers; before null: there is nothing to compare with. */
  before: orNull(Type.Integer()),
  after: Type.Integer(),
  differences: Type.Array(ClauseDifference),
})

export const TemplateParams = closed({
  id: Id,
  template: Type.Union([
    Type.Literal('office'),
    Type.Literal('joint-service-point'),
    Type.Literal('customer-service-area'),
  ]),
})
export const TemplateQuery = closed({ from: optional(LocalDate) })

export type ProposalDraft = Static<typeof ProposalDraft>
export type ProposalRow = Static<typeof ProposalRow>
export type ProposalShown = Static<typeof ProposalShown>
export type ProposalPage = Static<typeof ProposalPage>
export type ProposalWarning = Static<typeof ProposalWarning>
export type ApprovalWanted = Static<typeof ApprovalWanted>
export type TextPart = Static<typeof TextPart>
export type TextAnswer = Static<typeof TextAnswer>
export type ClauseDifference = Static<typeof ClauseDifference>
export type Comparison = Static<typeof Comparison>

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
/** @public Only the compiler looks at it. */
export const PROPOSAL_SAME_AS_DOMAIN: Same<Static<typeof AgreementContent>, Content.AgreementContent> = true
