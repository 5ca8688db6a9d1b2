// The statement of a month as content: its facts gathered, the same for every form it is written in.
import { Failure } from '#domain/failure.ts'
import type { Content } from '#domain/explain/content.ts'
import { statementContent, type DocumentFacts } from '#domain/explain/document.ts'
import type { Writer } from '#domain/explain/writer.ts'
import { pickName } from '#domain/writing/names.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Id, Language, Names, Premises } from '#domain/registry/bundle.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { RouteParts } from '#api/parts.ts'
import { itemNames, writerFor } from '#api/settlement/names.ts'
import { chainOf } from '#api/settlement/proof.ts'
import type { Settlements } from '#api/settlement/settlements.ts'

/** What a public record leaves out: names, and the grounds of items that rest on what is protected. */
export type Redaction = {
  premises: Premises
  /** Another name, or null for its own. */
  nameOf: (kind: string, id: Id) => Names | null
  hides: (explanation: Explanation) => boolean
  hiddenGrounds: string
}
export type StatementWanted = {
  premises: Premises
  period: string
  language: Language
  party: Id | null
  redaction?: Redaction
}

/** Content, and the instant from which on it is what it is: of a closed month its closing, else now. @throws Failure 'bad-request' for a stranger. */
export async function statementOf(
  parts: RouteParts,
  settlements: Settlements,
  { premises, period, language, party, redaction }: StatementWanted,
): Promise<{ content: Content; at: number; settlement: Settlement; hiddenItems: string[] }> {
  const { records } = parts
  const details = await settlements.details(premises, period)
  const explained = await settlements.explained(premises.id, period, 'all')
  // A draft is shown with the figures that the explanations belong to.
  const settlement = details.settlement.status === 'draft' ? explained.settlement : details.settlement
  if (party !== null && !settlement.statements.some((statement) => statement.party === party))
    throw new Failure('bad-request', `${party} is no party of this settlement.`)
  const hides = (explanation: Explanation): boolean => redaction?.hides(explanation) === true
  const hiddenItems = explained.explanations.filter(hides).map(({ item }) => item)
  const ownNames = await itemNames(records, premises.id, settlement)
  const facts: DocumentFacts = {
    ...details,
    premises: redaction?.premises ?? premises,
    settlement,
    party,
    businessIds: await businessIds(parts, settlement),
    itemNames: Object.fromEntries(Object.entries(ownNames).filter(([item]) => !hiddenItems.includes(item))),
    explanations: explained.explanations.map((explanation) => (hides(explanation) ? null : explanation)),
    hiddenGrounds: redaction?.hiddenGrounds ?? '',
    causes: new Map([...explained.causes].filter(([item]) => !hiddenItems.includes(item))),
    link: await linkOf(parts, settlement),
  }
  const spoken = [settlement, explained.explanations, [...explained.causes.values()]]
  const plain = await writerFor(records, premises, language, spoken)
  const writer = redaction === undefined ? plain : withNames(plain, redaction)
  const at = details.closedAt === null ? parts.now() : Date.parse(details.closedAt)
  return { content: statementContent(facts, writer), at, settlement, hiddenItems }
}

const withNames = (writer: Writer, { nameOf }: Redaction): Writer => ({
  ...writer,
  named: (kind, id) => {
    const other = nameOf(kind, id)
    return other === null ? writer.named(kind, id) : pickName(other, writer.language, id).text
  },
})

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
