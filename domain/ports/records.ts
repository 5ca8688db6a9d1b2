// The port of the records store: registry (dated facts with versions), ledger (settlements), identity, quarantine and audit.
// store/memory and store/embedded implement it; tests/contract/records.suite.ts runs on every one of them.
import type { Papers } from './papers.ts'
import type { Found, SearchQuery } from './search.ts'
import type { ClassifiedField, Id, ObjectKind, ObjectOf, UsageRecord } from '#domain/registry/bundle.ts'

/** Whose eyes a query has: an organisation sees its own premises and what is in them; `null` is the platform's operator and sees all. */
export type Scope = { organisation: Id | null }
/** Who did something, for the audit log. */
export type Actor = { kind: 'user' | 'token' | 'device' | 'system'; id: string; name: string; organisation: Id | null }

/** An object as it was recorded: `version` counts up from 1 per object, `recordedAt` is when the platform learned it. */
export type Stored<T> = {
  value: T
  version: number
  recordedAt: number
  recordedBy: string
  /** Of a device: the classified fields that the scope may not see, which `value` lacks. Absent: none. */
  hidden?: readonly ClassifiedField[]
}
export type Page<T> = { items: T[]; next: string | null }

export type ObjectChange = {
  [K in ObjectKind]: {
    kind: K
    id: Id
    value: ObjectOf<K>
    /** Absent: whatever is there is replaced; 0: must be new; n: must be at version n, else Failure 'changed-meanwhile'. */
    expectedVersion?: number
  }
}[ObjectKind]

export type PriceRow = { at: number; interval: string; price: string }
/** Everything that one import or change writes, in one transaction. An object equal to what is stored makes no new version. */
export type RecordChange = {
  objects?: ObjectChange[]
  prices?: { series: Id; rows: PriceRow[] }[]
  usage?: UsageRecord[]
  /** What is taken back again; done before everything else. */
  withdrawn?: Withdrawn
}
/**
 * Objects, prices and usage records that are there no more from now on, and still stand in what was known before. An object made
 * anew later goes on with its versions. An object that another one names stays: Failure 'conflict'; one at another version:
 * Failure 'changed-meanwhile'.
 */
export type Withdrawn = {
  objects?: readonly { kind: ObjectKind; id: Id; expectedVersion: number }[]
  prices?: readonly { series: Id; rows: readonly Pick<PriceRow, 'at' | 'interval'>[] }[]
  usage?: readonly UsageRecord[]
}
export type ChangeResult = { created: number; changed: number; unchanged: number }

export type ObjectQuery = {
  premises?: Id
  ids?: readonly Id[]
  /** Words that it has, whole or in part, in any language (domain/search); with `knownAt`: a piece of its id or names. */
  text?: string
  /** Facets of its words that it all has, such as `tag:hissi` (domain/search/findable.ts); not with `knownAt`. */
  facets?: readonly string[]
  /** Facets of devices. */
  type?: string
  space?: Id
  /** Only objects that name one of these objects. */
  refersTo?: { kind: ObjectKind; ids: readonly Id[] }
  /** The `next` of the page before. */
  after?: string
  limit: number
  /** As the platform knew it at that instant. */
  knownAt?: number
}

/** What the figures of a month rest on, as it was when they were frozen: simulated readings; premises marked as a demonstration. */
export type Grounds = { simulated: boolean; demonstration: boolean }
export type SettlementStatus = 'issued' | 'closed'
/** A frozen settlement: `body` is its JSON as shown to the parties; rows are never changed, a newer `issue` supersedes an issued one. */
export type LedgerEntry = {
  premises: Id
  period: string
  status: SettlementStatus
  /** 1, 2, … per premises and period. */
  issue: number
  at: number
  by: string
  body: string
  digest: string | null
  previousDigest: string | null
  force: { reason: string } | null
  /** Null in rows that were frozen before it was kept. */
  grounds: Grounds | null
}
/** What a party said of an issued settlement, or of one item of it. */
export type PartyResponse = {
  premises: Id
  period: string
  issue: number
  party: Id
  item: string | null
  answer: 'accepted' | 'disputed' | 'withdrawn' | 'comment'
  text: string
  at: number
  by: string
}
/** A countersignature of a closed digest by a party's own key (Ed25519, SPKI and signature in base64). */
export type Countersignature = {
  premises: Id
  period: string
  digest: string
  party: Id
  publicKey: string
  signature: string
  at: number
  by: string
}

export const ROLES = ['viewer', 'technician', 'manager', 'controller', 'signatory', 'admin'] as const
export type Role = (typeof ROLES)[number]
/** Roles in one organisation; organisation null is the platform's operator. */
export type Membership = { organisation: Id | null; roles: Role[] }
export type User = {
  id: Id
  login: string
  name: string
  language: 'fi' | 'sv' | 'en'
  /** Where reminders go; without it there are none. */
  email?: string | null
  passwordHash: string | null
  disabled: boolean
  memberships: Membership[]
  mustChangePassword: boolean
  /** They have put the guide of the first page away. */
  guideSeen?: boolean
  secondFactor?: SecondFactor | null
  /** The person at identity providers. */
  externals?: { provider: Id; subject: string }[]
}
/** A time-based one-time code (RFC 6238): its sealed secret, whether it is in force, and hashes of the recovery codes left. */
export type SecondFactor = { sealed: string; confirmed: boolean; recovery: string[] }
export type Session = {
  idHash: string
  user: Id
  organisation: Id | null
  csrf: string
  createdAt: number
  seenAt: number
  expiresAt: number
  /** What the browser said it is, cut short; empty when it is not known. */
  agent: string
}
export type Token = {
  id: Id
  name: string
  hash: string
  organisation: Id | null
  roles: Role[]
  scopes: string[]
  createdAt: number
  expiresAt: number | null
  revokedAt: number | null
}
/** A device's or gateway's own credential: user name = its id. Several may be valid while one is rotated. */
export type Credential = {
  id: Id
  device: Id
  hash: string
  gateway: boolean
  createdAt: number
  revokedAt: number | null
}

export type QuarantineReason = string
/**
 * What could not be used, one row per credential, topic and reason. `count` messages came, `kept` of them are kept within the
 * store's named limits, and `truncated` of those only with their beginning. `payload` is the beginning of the newest kept one.
 */
export type QuarantineEntry = {
  id: number
  credential: string
  device: Id | null
  premises: Id | null
  topic: string
  reason: QuarantineReason
  detail: string
  payload: Uint8Array
  count: number
  kept: number
  truncated: number
  firstAt: number
  lastAt: number
}
/** A message to be set aside. `rowTopic` is the topic under which it is counted where that is not its own. */
export type QuarantineAddition = {
  credential: string
  device: Id | null
  topic: string
  rowTopic?: string
  reason: QuarantineReason
  detail: string
  payload: Uint8Array
  /** Only the beginning of the payload is given, so the message can be looked at and not be replayed. */
  truncated: boolean
  /** Milliseconds since 1970 when it was received. */
  at: number
}
/** `gateways`: only what these sent that belongs to no device. */
export type QuarantineQuery = {
  after?: string
  limit: number
  device?: Id
  credential?: Id
  reason?: string
  ids?: readonly number[]
  gateways?: readonly Id[]
}
/** One kept message of a row, as it was received. */
export type QuarantinedMessage = {
  id: number
  credential: string
  topic: string
  payload: Uint8Array
  truncated: boolean
  at: number
}

/** A key that a known device sends and that nobody declared; accepted ones become points of the device. */
export type ProposedPoint = {
  device: Id
  key: string
  unit: string | null
  sample: string
  firstAt: number
  lastAt: number
}

export type Connector = {
  id: Id
  name: string
  topicFilter: string
  codec: string
  credential: Id
  premises: Id
  deviceMap: Record<string, Id>
  acceptUnknown: boolean
  /** The JSONata expression of the codec `mapped`; no other codec has one. */
  mapping?: { expression: string } | null
}

/** `version` counts up from 1 with each change. */
export type StoredConnector = Connector & { version: number }

/** One line of the hash-chained audit log: hash = SHA-256(previous hash, line). */
export type AuditLine = {
  seq: number
  at: number
  actor: Actor
  action: string
  kind: string
  id: string
  premises: Id | null
  detail: string
  hash: string
}

/**
 * Lines that fit all that is given: of these premises, this kind of object, from ≤ at < to (ms); `text` stands in who, what or which
 * object, or the line is by or about one of `people` (ids of users and tokens that `text` names in another way).
 */
export type AuditFilter = {
  premises?: Id
  kind?: string
  text?: string
  people?: readonly Id[]
  from?: number
  to?: number
}

/**
 * Promises: every method resolves after its change is durable; a change is one transaction, all or nothing, with its audit
 * line in the same transaction; what is not visible in the scope is reported like what does not exist.
 */
export type Records = Papers & {
  /** The rule of sight: an organisation sees a premises when it is its landlord, holds a tenancy or headcount, is party to an agreement, pays a cost, or has a role towards a device there, now, before or later; a successor sees what the body before it sees. */
  seesPremises(scope: Scope, premises: Id): Promise<boolean>
  /** Of these premises those where the organisation, or a body that it succeeds, is party to an agreement or pays a cost; of the operator all. */
  premisesShared(scope: Scope, premises: readonly Id[]): Promise<Id[]>
  getObject<K extends ObjectKind>(scope: Scope, kind: K, id: Id, knownAt?: number): Promise<Stored<ObjectOf<K>> | null>
  listObjects<K extends ObjectKind>(scope: Scope, kind: K, query: ObjectQuery): Promise<Page<Stored<ObjectOf<K>>>>
  /** The ids of all that `listObjects` would give, page after page; with `limit` of the first so many. */
  objectIds(scope: Scope, kind: ObjectKind, query: Omit<ObjectQuery, 'limit'> & { limit?: number }): Promise<Id[]>
  /** What has these words, kind by kind, the best first; only what the scope may see, and by words that it may see. */
  search(scope: Scope, query: SearchQuery): Promise<Found[]>
  objectHistory<K extends ObjectKind>(scope: Scope, kind: K, id: Id): Promise<Stored<ObjectOf<K>>[]>
  change(change: RecordChange, actor: Actor, action: string): Promise<ChangeResult>
  /** Prices with from ≤ at < to (widened by a day before, for intervals that reach in), the later received per instant and interval. */
  prices(series: Id, from: number, to: number, knownAt?: number): Promise<PriceRow[]>
  /** Usage records of these devices that touch [from, to). */
  usage(devices: readonly Id[], from: number, to: number, knownAt?: number): Promise<UsageRecord[]>
  /** Called after each committed change, in order: the broker's directory and the live feed follow it. Returns the way to stop. */
  onChange(listener: (changed: { kind: ObjectKind; id: Id }[]) => void): () => void

  /** Appends a ledger row. `expectedIssue` is the issue it follows (0 for none) and `expectedPreviousDigest` the chain's end; another one meanwhile is Failure 'changed-meanwhile'. */
  appendLedger(entry: LedgerEntry, expected: { issue: number; lastDigest: string | null }, actor: Actor): Promise<void>
  /** All rows of a premises in the order in which they were appended; the newest issue per period counts. */
  ledger(premises: Id): Promise<LedgerEntry[]>
  addResponse(response: PartyResponse, actor: Actor): Promise<void>
  responses(premises: Id, period: string): Promise<PartyResponse[]>
  addCountersignature(signature: Countersignature, actor: Actor): Promise<void>
  countersignatures(premises: Id): Promise<Countersignature[]>

  putUser(user: User, actor: Actor): Promise<void>
  getUser(id: Id): Promise<User | null>
  findUser(login: string): Promise<User | null>
  findExternalUser(provider: Id, subject: string): Promise<User | null>
  /** The members of the organisation; with `ids` those of them. */
  listUsers(scope: Scope, ids?: readonly Id[]): Promise<User[]>
  putSession(session: Session): Promise<void>
  getSession(idHash: string): Promise<Session | null>
  /** The newest first. */
  listSessions(user: Id): Promise<Session[]>
  deleteSessions(by: { idHash?: string; user?: Id }): Promise<number>
  putToken(token: Token, actor: Actor): Promise<void>
  findToken(hash: string): Promise<Token | null>
  listTokens(scope: Scope, ids?: readonly Id[]): Promise<Token[]>
  putCredentials(credentials: Credential[], actor: Actor): Promise<void>
  /** Valid (not revoked) credentials of a device or gateway id. */
  credentialsOf(device: Id): Promise<Credential[]>
  /** The valid credential of this hash, for devices that show a token and no name. */
  findCredential(hash: string): Promise<Credential | null>
  revokeCredentials(device: Id, at: number, actor: Actor): Promise<number>
  /** Called with the device ids whose credentials were made or revoked. */
  onCredentials(listener: (devices: Id[]) => void): () => void

  /** Gives its version. `expectedVersion` as in ObjectChange: 0 must be new, n must be there, else Failure 'changed-meanwhile'. */
  putConnector(connector: Connector, actor: Actor, expectedVersion?: number): Promise<number>
  deleteConnector(id: Id, actor: Actor): Promise<void>
  listConnectors(scope: Scope): Promise<StoredConnector[]>

  addQuarantine(additions: QuarantineAddition[]): Promise<void>
  listQuarantine(scope: Scope, query: QuarantineQuery): Promise<Page<QuarantineEntry>>
  /** Kept messages of a row in order of arrival; a page may end before `limit` when their bytes are many. */
  quarantinedMessages(
    scope: Scope,
    query: { entry: number; after?: string; limit: number },
  ): Promise<Page<QuarantinedMessage>>
  /** Takes these messages out of the quarantine, because they could be used: rows count down, and go with their last one. */
  releaseQuarantined(scope: Scope, messages: readonly number[], actor: Actor): Promise<number>
  /** Forgets rows with all their messages. */
  deleteQuarantine(scope: Scope, ids: number[], actor: Actor): Promise<number>
  putProposedPoints(points: ProposedPoint[]): Promise<void>
  listProposedPoints(scope: Scope, query: { device?: Id; limit: number }): Promise<ProposedPoint[]>
  deleteProposedPoints(device: Id, keys: readonly string[]): Promise<void>

  /** Answers of POSTs by Idempotency-Key, kept a day: the same key with another body is Failure 'conflict'. */
  getIdempotent(actor: string, key: string): Promise<{ bodyHash: string; status: number; answer: string } | null>
  putIdempotent(actor: string, key: string, bodyHash: string, status: number, answer: string, at: number): Promise<void>

  appendAudit(
    actor: Actor,
    action: string,
    kind: string,
    id: string,
    premises: Id | null,
    detail: string,
  ): Promise<void>
  audit(scope: Scope, query: AuditFilter & { after?: string; limit: number }): Promise<Page<AuditLine>>
  /** Checks the whole chain; gives the first line that does not fit, or null. */
  verifyAudit(): Promise<{ seq: number } | null>

  /** Small settings of the installation itself (instance id, demonstration state, simulator state). */
  getMeta(key: string): Promise<string | null>
  putMeta(key: string, value: string): Promise<void>
  /**
   * Takes or keeps a lease until an instant (ms): one holder of many processes on the same records has it, until it ends or is let
   * go of by an instant that is past. Gives whether the holder has it.
   */
  takeLease(name: string, holder: string, until: number): Promise<boolean>

  backup(folder: string): Promise<void>
  close(): Promise<void>
}
