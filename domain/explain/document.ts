// The settlement of a month as a document: statements, transfers, items, and for every share its grounds in sentences. Pure.
import type { Id, Names, Premises } from '#domain/registry/bundle.ts'
import type { Causes } from '#domain/settlement/causes.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { Payable } from '#domain/settlement/payable.ts'
import type { Item, Settlement } from '#domain/settlement/settlement.ts'
import { itemName } from '#domain/writing/item-name.ts'
import { pickName } from '#domain/writing/names.ts'
import {
  contentTable,
  factsOf,
  heading,
  moneyColumn,
  partColumn,
  textColumn,
  type Block,
  type Content,
} from './content.ts'
import { proofPart } from './document-proof.ts'
import { explainItem, type Section } from './sentences.ts'
import { DOCUMENT_WORDS } from './words/document.ts'
import type { Writer } from './writer.ts'

export type Countersigned = { party: Id; at: string; fingerprint: string; signature: string }
export type DocumentFacts = {
  premises: Premises
  settlement: Settlement
  /** Only this party's statement and shares; all if null. */
  party: Id | null
  businessIds: ReadonlyMap<Id, string>
  itemNames: Readonly<Record<string, Names>>
  simulated: boolean
  demonstration: boolean
  issue: number
  issuedAt: string | null
  commentsUntil: string | null
  closedAt: string | null
  force: { reason: string; by: string } | null
  /** While a dispute is open: what is payable all the same; absent in documents of closed months. */
  payable?: Payable
  acceptances: readonly { party: Id; accepted: boolean; at: string | null; disputedItems: readonly string[] }[]
  /** By item, as in the settlement; null where the grounds are not shown, and then says why not. */
  explanations: readonly (Explanation | null)[]
  hiddenGrounds?: string
  causes: ReadonlyMap<string, Causes>
  /** Of a closed month. */
  link: { previousDigest: string | null; chainHolds: boolean; countersignatures: readonly Countersigned[] } | null
}

/** What the document says; content-html.ts and the formats of api/documents/ give it a form. */
export function statementContent(facts: DocumentFacts, writer: Writer): Content {
  const words = DOCUMENT_WORDS[writer.language]
  const { settlement, party } = facts
  const month = writer.month(settlement.period)
  const premises = pickName(facts.premises.name, writer.language, facts.premises.id).text
  return {
    language: writer.language,
    title: party === null ? words.whole(premises, month) : words.of(writer.named('organisations', party), month),
    premises,
    state: writer.costs.states[settlement.status],
    marks: [...(facts.simulated ? [words.simulated] : []), ...(facts.demonstration ? [words.demonstration] : [])],
    blocks: [
      ...headPart(facts, writer, premises, month),
      ...statementsPart(facts, writer),
      ...transfersPart(facts, writer),
      ...payablePart(facts, writer),
      ...blockedPart(facts, writer),
      ...itemsPart(facts, writer),
      ...acceptancesPart(facts, writer),
      ...proofPart(facts, writer),
      heading(2, words.grounds),
      ...settlement.items.flatMap((item, i) => groundsPart(item, facts.explanations[i] ?? null, facts, writer)),
    ],
  }
}

function headPart(facts: DocumentFacts, writer: Writer, premises: string, month: string): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  const { settlement, party } = facts
  const businessId = party === null ? undefined : facts.businessIds.get(party)
  const notices = [
    settlement.status === 'draft' ? words.draft : settlement.status === 'issued' ? words.issued : null,
    facts.simulated ? words.simulatedText : null,
    facts.demonstration ? words.demonstrationText : null,
    facts.force === null ? null : words.forced(facts.force.by, facts.force.reason),
  ]
  return [
    factsOf([
      [words.premises, premises],
      [words.address, facts.premises.address],
      [words.month, month],
      ...(party === null ? [] : [[words.party, writer.named('organisations', party)] as const]),
      [words.businessId, businessId],
      [words.state, writer.costs.states[settlement.status]],
      [words.issue, settlement.status === 'issued' ? String(facts.issue) : null],
      [words.issuedAt, facts.issuedAt === null ? null : writer.instant(facts.issuedAt)],
      [words.commentsUntil, facts.commentsUntil === null ? null : writer.instant(facts.commentsUntil)],
      [words.closedAt, facts.closedAt === null ? null : writer.instant(facts.closedAt)],
      [words.digest, settlement.digest],
    ]),
    ...notices.flatMap((text): Block[] => (text === null ? [] : [{ is: 'notice', text }])),
  ]
}

function statementsPart({ settlement, party }: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = settlement.statements.filter((one) => party === null || one.party === party)
  return [
    heading(2, words.statements),
    contentTable(words.statements, rows, [
      textColumn(words.party, (row) => writer.named('organisations', row.party)),
      moneyColumn(words.net, (row) => row.net, writer.money),
      moneyColumn(words.vat, (row) => row.vat, writer.money),
      moneyColumn(words.gross, (row) => row.gross, writer.money),
    ]),
  ]
}

function transfersPart({ settlement, party }: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = settlement.transfers.filter(({ from, to }) => party === null || from === party || to === party)
  return [
    heading(2, words.transfers),
    rows.length === 0
      ? { is: 'text', text: words.noTransfers }
      : contentTable(words.transfers, rows, [
          textColumn(words.pays, (row) => writer.named('organisations', row.from)),
          textColumn(words.gets, (row) => writer.named('organisations', row.to)),
          moneyColumn(words.net, (row) => row.net, writer.money),
          moneyColumn(words.gross, (row) => row.gross, writer.money),
        ]),
  ]
}

/** Only while something is disputed: the undisputed rest is payable all the same. */
function payablePart({ payable, party }: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = (payable?.transfers ?? []).filter(({ from, to }) => party === null || from === party || to === party)
  if (!rows.some(({ disputed }) => disputed.gross !== '0.00' || disputed.net !== '0.00')) return []
  return [
    heading(3, words.payable),
    { is: 'text', text: words.payableText },
    contentTable(words.payable, rows, [
      textColumn(words.pays, (row) => writer.named('organisations', row.from)),
      textColumn(words.gets, (row) => writer.named('organisations', row.to)),
      moneyColumn(words.payableNow, (row) => row.payable.gross, writer.money),
      moneyColumn(words.waits, (row) => row.disputed.gross, writer.money),
    ]),
  ]
}

function blockedPart({ settlement, itemNames }: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = settlement.items.filter(({ blocked }) => blocked !== null)
  if (rows.length === 0) return []
  return [
    heading(2, words.blocked),
    contentTable(words.blocked, rows, [
      textColumn(words.item, (item) => nameOf(item, itemNames, writer)),
      textColumn(words.reason, ({ blocked }) => (blocked === null ? '' : writer.costs.reasons[blocked])),
    ]),
  ]
}

function itemsPart({ settlement, party, itemNames }: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  return [
    heading(2, words.items),
    contentTable(words.items, settlement.items, [
      textColumn(words.item, (item) => nameOf(item, itemNames, writer)),
      textColumn(words.category, ({ category }) => writer.category(category)),
      textColumn(words.payer, ({ payer }) => writer.named('organisations', payer)),
      textColumn(words.vatTreatment, ({ vat }) => vatText(vat, writer)),
      partColumn(words.estimated, ({ estimated }) => estimated, writer.percent),
      moneyColumn(words.net, ({ net }) => net, writer.money),
      ...(party === null
        ? []
        : [
            moneyColumn<Item>(
              words.share,
              ({ shares }) => shares.find((share) => share.party === party)?.net ?? null,
              writer.money,
            ),
          ]),
    ]),
  ]
}

const vatText = (vat: Item['vat'], { costs, decimal }: Writer): string =>
  vat === null ? costs.noVat : costs.vatCategories[vat.category](decimal(vat.rate))
const nameOf = (item: Item, names: DocumentFacts['itemNames'], { costs, language }: Writer): string =>
  itemName(item, names[item.id], costs.sources, language)

function acceptancesPart({ settlement, acceptances }: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  if (settlement.status === 'draft') return []
  return [
    heading(2, words.acceptances),
    contentTable(words.acceptances, acceptances, [
      textColumn(words.party, ({ party }) => writer.named('organisations', party)),
      textColumn(words.state, ({ accepted, disputedItems }) =>
        disputedItems.length > 0 ? words.disputed : accepted ? words.accepted : words.waiting,
      ),
      textColumn(words.when, ({ at }) => (at === null ? '–' : writer.instant(at))),
    ]),
  ]
}

function groundsPart(item: Item, explanation: Explanation | null, facts: DocumentFacts, writer: Writer): Block[] {
  const words = DOCUMENT_WORDS[writer.language]
  const sections =
    explanation === null
      ? []
      : explainItem(explanation, facts.causes.get(item.id) ?? null, writer).filter(
          ({ party }) => facts.party === null || party === null || party === facts.party,
        )
  const parties = Map.groupBy(
    sections.filter(({ party }) => party !== null),
    ({ party }) => party,
  )
  const shares = item.shares.filter(({ party }) => facts.party === null || party === facts.party)
  return [
    heading(3, `${nameOf(item, facts.itemNames, writer)}: ${item.net === null ? '–' : writer.money(item.net)}`),
    ...(explanation === null && facts.hiddenGrounds !== undefined
      ? [{ is: 'text', text: facts.hiddenGrounds } as const]
      : []),
    ...sections.filter(({ party }) => party === null).flatMap((section) => partPart([section])),
    ...(shares.length === 0 || facts.party !== null
      ? []
      : [
          contentTable(words.shares, shares, [
            textColumn(words.party, ({ party }) => writer.named('organisations', party)),
            moneyColumn(words.net, ({ net }) => net, writer.money),
          ]),
        ]),
    ...[...parties.values()].flatMap(partPart),
  ]
}

/** How the item is split for a party, and its share, under the heading of the last. */
const partPart = (sections: readonly Section[]): Block[] => [
  heading(4, sections.at(-1)?.title ?? ''),
  { is: 'sentences', sentences: sections.flatMap(({ sentences }) => sentences) },
]
