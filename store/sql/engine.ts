// The records in one thread: every method of the port, synchronous, on one connection to a database.
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { createAudit } from './audit.ts'
import type { Context, RecordsEvent } from './context.ts'
import { createIdentity } from './identity.ts'
import { createInbox } from './inbox.ts'
import { createInstallation } from './installation.ts'
import { createLedger } from './ledger.ts'
import { createObjectChanges } from './object-changes.ts'
import { createObjectReads } from './object-reads.ts'
import { createPapers } from './papers.ts'
import { createQuarantine } from './quarantine.ts'
import { createSearch } from './search.ts'

/** The methods of the port that the engine answers; the others belong to the thread of the caller. */
export const ENGINE_METHODS = [
  'seesPremises',
  'premisesShared',
  'getObject',
  'listObjects',
  'objectIds',
  'search',
  'objectHistory',
  'change',
  'prices',
  'usage',
  'appendLedger',
  'ledger',
  'addResponse',
  'responses',
  'addCountersignature',
  'countersignatures',
  'putUser',
  'getUser',
  'findUser',
  'findExternalUser',
  'listUsers',
  'putSession',
  'getSession',
  'listSessions',
  'deleteSessions',
  'putToken',
  'findToken',
  'listTokens',
  'putCredentials',
  'credentialsOf',
  'findCredential',
  'revokeCredentials',
  'putConnector',
  'deleteConnector',
  'listConnectors',
  'addQuarantine',
  'listQuarantine',
  'quarantinedMessages',
  'releaseQuarantined',
  'deleteQuarantine',
  'putProposedPoints',
  'listProposedPoints',
  'deleteProposedPoints',
  'getPaper',
  'listPapers',
  'paperHistory',
  'changePapers',
  'deletePapers',
  'lastNumber',
  'putFile',
  'getFile',
  'getIdempotent',
  'putIdempotent',
  'appendAudit',
  'audit',
  'verifyAudit',
  'getMeta',
  'putMeta',
  'takeLease',
] as const satisfies (keyof Records)[]
export type EngineMethod = (typeof ENGINE_METHODS)[number]

const READS: ReadonlySet<EngineMethod> = new Set([
  'seesPremises',
  'premisesShared',
  'getObject',
  'listObjects',
  'objectIds',
  'search',
  'objectHistory',
  'prices',
  'usage',
  'ledger',
  'responses',
  'countersignatures',
  'getUser',
  'findUser',
  'findExternalUser',
  'listUsers',
  'getSession',
  'listSessions',
  'findToken',
  'listTokens',
  'credentialsOf',
  'findCredential',
  'listConnectors',
  'listQuarantine',
  'quarantinedMessages',
  'listProposedPoints',
  'getPaper',
  'listPapers',
  'paperHistory',
  'lastNumber',
  'getFile',
  'getIdempotent',
  'audit',
  'verifyAudit',
  'getMeta',
] satisfies EngineMethod[])
/** Whether a method changes nothing, so that it can be answered beside the writer. */
export const isRead = (method: EngineMethod): boolean => READS.has(method)

/** Reads that say through whose eyes; `objectHistory` shows all versions of what is seen now. */
const SCOPED: ReadonlySet<EngineMethod> = new Set([
  'getObject',
  'listObjects',
  'objectIds',
  'getPaper',
  'listPapers',
  'getFile',
  'listConnectors',
  'listQuarantine',
  'quarantinedMessages',
  'listProposedPoints',
  'audit',
] satisfies EngineMethod[])
const organisationOf = (method: EngineMethod, values: readonly unknown[]): Id | null =>
  SCOPED.has(method) ? (values[0] as Scope).organisation : null

/** What a method of the port gives when it does not have to wait. */
type Sync<M> = M extends (...values: infer Values) => Promise<infer Result> ? (...values: Values) => Result : never
type Engine = { [M in EngineMethod]: Sync<Records[M]> }

export type Answer = { result: unknown; events: RecordsEvent[] }

/** @returns a function that runs one method at the caller's time `now` and gives its result with what listeners must be told. */
export const createEngine = (context: Context): ((method: EngineMethod, values: unknown[], now: number) => Answer) => {
  const objectChanges = createObjectChanges(context)
  const inbox = createInbox(context)
  const ledger = createLedger(context)
  const engine: Engine = {
    ...createObjectReads(context),
    ...objectChanges,
    ...createSearch(context),
    ...createPapers(context, objectChanges.change, inbox.putConnector, ledger.addResponse),
    ...ledger,
    ...createIdentity(context),
    ...inbox,
    ...createQuarantine(context),
    ...createInstallation(context),
    ...createAudit(context),
  }
  return (method, values, now) => {
    context.now = now
    context.events = []
    context.lookAs?.(organisationOf(method, values))
    const call = engine[method] as (...values: unknown[]) => unknown
    const result = call(...values)
    return { result, events: context.events }
  }
}
