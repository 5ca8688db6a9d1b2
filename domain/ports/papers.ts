// Papers: what people work on besides the facts (proposals, disputes, budgets, imports, tasks …), as versioned JSON documents.
// One kind of paper is declared once, with the type of its body; it may carry files, and numbers that have no gaps.
import type { Id } from '#domain/registry/bundle.ts'
import type { Actor, ChangeResult, Connector, Page, PartyResponse, RecordChange, Scope } from './records.ts'

/** The name of a kind, which carries the type of its bodies: `const PROPOSAL = paperKind<Proposal>('proposal')`. */
export type PaperKind<Body> = string & { readonly body?: Body }
export const paperKind = <Body>(name: string): PaperKind<Body> => name

/**
 * Who may see a paper besides the operator: everyone who sees its premises, everyone who is signed in, these organisations
 * (and whoever succeeds them), everyone who sees its premises and these besides (a contractor, say), or nobody else.
 */
export type Audience = 'premises' | 'everyone' | 'operator' | readonly Id[] | { readonly premisesAnd: readonly Id[] }

export type Paper<Body> = {
  id: Id
  premises: Id | null
  audience: Audience
  /** One word of the kind's own, such as `open`; lists filter by it. */
  state: string
  /** Milliseconds since 1970 when it is due, or null: reminders and clocks go by it. */
  dueAt: number | null
  /** Plain JSON. */
  body: Body
}
export type StoredPaper<Body> = Paper<Body> & {
  /** 1, 2, … with each change. */
  version: number
  createdAt: number
  createdBy: string
  changedAt: number
  changedBy: string
  /** Digests of the files that it carries. */
  files: readonly string[]
}

export type PaperChange = {
  kind: PaperKind<unknown>
  paper: Paper<unknown>
  /** Absent: whatever is there is replaced; 0: must be new; n: must be at version n, else Failure 'changed-meanwhile'. */
  expectedVersion?: number
  /** Digests of files put before; absent: those it has. */
  files?: readonly string[]
  /** What the audit log says was done, if not the action of the whole change. */
  action?: string
}
/** Everything that one step writes, in one transaction: papers, facts, connectors, words of the ledger, and the next numbers of series without gaps. */
export type PapersChange = {
  papers: readonly PaperChange[]
  objects?: RecordChange
  /** `expectedVersion` as for a paper. */
  connectors?: readonly { connector: Connector; expectedVersion?: number }[]
  /** As by `addResponse`: each must belong to the newest issue of its month. */
  responses?: readonly PartyResponse[]
  /** Each must be the last number of its series plus one, else Failure 'changed-meanwhile': read it again. */
  numbers?: readonly { series: string; number: number }[]
}

export type PaperQuery = {
  premises?: Id
  ids?: readonly Id[]
  states?: readonly string[]
  /** Free text over the body, case-insensitive. */
  text?: string
  /** Only papers that are due before this instant. */
  dueBefore?: number
  /** The newest made first; otherwise the oldest. */
  newestFirst?: boolean
  /** The `next` of the page before. */
  after?: string
  limit: number
}

/** A file: kept once by its content; who sees a paper that carries it may read it. */
export type StoredFile = { digest: string; mediaType: string; name: string; bytes: Uint8Array }

export type Papers = {
  getPaper<Body>(scope: Scope, kind: PaperKind<Body>, id: Id): Promise<StoredPaper<Body> | null>
  listPapers<Body>(scope: Scope, kind: PaperKind<Body>, query: PaperQuery): Promise<Page<StoredPaper<Body>>>
  /** All versions, the first first; empty when the scope doesn't see the paper as it is now. */
  paperHistory<Body>(scope: Scope, kind: PaperKind<Body>, id: Id): Promise<StoredPaper<Body>[]>
  /** Gives the versions that the papers have now, in their order. An equal paper keeps its version. */
  changePapers(
    change: PapersChange,
    actor: Actor,
    action: string,
  ): Promise<{ versions: number[]; objects: ChangeResult }>
  /** Ends the keeping of papers with all their versions (retention, private drafts); their audit lines stay. */
  deletePapers(kind: PaperKind<unknown>, ids: readonly Id[], actor: Actor, action: string): Promise<number>
  /** The last number given in a series, 0 before the first. */
  lastNumber(series: string): Promise<number>
  /**
   * Keeps the bytes until a paper carries them, for a day at most. Gives their digest, `sha256:…`. With a sender, only that
   * organisation may put it on a paper, until one that others see carries it.
   */
  putFile(file: Omit<StoredFile, 'digest'>, sender?: Id | null): Promise<string>
  getFile(scope: Scope, digest: string): Promise<StoredFile | null>
  /** Called after each committed change of papers. Returns the way to stop. */
  onPapers(listener: (changed: { kind: string; id: Id; premises: Id | null }[]) => void): () => void
}
