// The statement of a month as content: its facts gathered, the same for every form it is written in.
import { Failure } from '#domain/failure.ts'
import type { Content } from '#domain/explain/content.ts'
import { statementContent, type DocumentFacts } from '#domain/explain/document.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Id, Language, Premises } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { itemNames, writerFor } from '#api/settlement/names.ts'
import { chainOf } from '#api/settlement/proof.ts'
import type { Settlements } from '#api/settlement/settlements.ts'

export type StatementWanted = { premises: Premises; period: string; language: Language; party: Id | null }

/** Content, and the instant from which on it is what it is: of a closed month its closing, else now. @throws Failure 'bad-request' for a stranger. */
export async function statementOf(
  parts: RouteParts,
  settlements: Settlements,
  { premises, period, language, party }: StatementWanted,
): Promise<{ content: Content; at: number; settlement: Settlement }> {
  const { records } = parts
  const details = await settlements.details(premises, period)
  const explained = await settlements.explained(premises.id, period, 'all')
  // A draft is shown with the figures that the explanations belong to.
  const settlement = details.settlement.status === 'draft' ? explained.settlement : details.settlement
  if (party !== null && !settlement.statements.some((statement) => statement.party === party))
    throw new Failure('bad-request', `${party} is no party of this settlement.`)
  const facts: DocumentFacts = {
    ...details,
    premises,
    settlement,
    party,
    businessIds: await businessIds(parts, settlement),
    itemNames: await itemNames(records, premises.id, settlement),
    explanations: explained.explanations,
    causes: explained.causes,
    link: await linkOf(parts, settlement),
  }
  const spoken = [settlement, explained.explanations, [...explained.causes.values()]]
  const writer = await writerFor(records, premises, language, spoken)
  const at = details.closedAt === null ? parts.now() : Date.parse(details.closedAt)
  return { content: statementContent(facts, writer), at, settlement }
}

async function linkOf(parts: RouteParts, { premises, period, status }: Settlement): Promise<DocumentFacts['link']> {
  if (status !== 'closed') return null
  const { links } = await chainOf(premises, parts)
  const at = links.findIndex((link) => link.period === period)
  const link = links[at]
  if (link === undefined) return null
  const chainHolds = links.slice(0, at + 1).every(({ holds }) => holds)
  return { previousDigest: link.previousDigest, chainHolds, countersignatures: link.countersignatures }
}

async function businessIds({ records }: RouteParts, { statements }: Settlement): Promise<Map<Id, string>> {
  const ids = statements.map(({ party }) => party)
  const found = new Map<Id, string>()
  for await (const { id, businessId } of listAll(records, 'organisations', { ids }))
    if (businessId !== undefined) found.set(id, businessId)
  return found
}
