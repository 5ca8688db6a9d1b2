// The settlement of a month as one HTML document: statements, transfers, items, and for every share its grounds in sentences. Pure, no script.
import type { Id, Names, Premises } from '#domain/registry/bundle.ts'
import type { Causes } from '#domain/settlement/causes.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { Item, Settlement } from '#domain/settlement/settlement.ts'
import { itemName } from '#domain/writing/item-name.ts'
import { pickName } from '#domain/writing/names.ts'
import { DOCUMENT_STYLE } from './document-style.ts'
import { figuresTable, moneyColumn, textColumn } from './figures-table.ts'
import { markup, Markup } from './markup.ts'
import { proofPart } from './document-proof.ts'
import { explainItem, type Section, type Sentence } from './sentences.ts'
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
  acceptances: readonly { party: Id; accepted: boolean; at: string | null; disputedItems: readonly string[] }[]
  /** By item, as in the settlement. */
  explanations: readonly Explanation[]
  causes: ReadonlyMap<string, Causes>
  /** Of a closed month. */
  link: { previousDigest: string | null; chainHolds: boolean; countersignatures: readonly Countersigned[] } | null
}

/** The whole document as text. The same facts give the same bytes. */
export function statementDocument(facts: DocumentFacts, writer: Writer): string {
  const words = DOCUMENT_WORDS[writer.language]
  const { settlement, party } = facts
  const month = writer.month(settlement.period)
  const premises = pickName(facts.premises.name, writer.language, facts.premises.id).text
  const title = party === null ? words.whole(premises, month) : words.of(writer.named('organisations', party), month)
  const marks = [...(facts.simulated ? [words.simulated] : []), ...(facts.demonstration ? [words.demonstration] : [])]
  const page = markup`<!doctype html>
    <html lang="${writer.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${[title, premises, ...marks].join(' · ')}</title>
        <style>${new Markup(DOCUMENT_STYLE)}</style>
      </head>
      <body>
        <table class="sheet" role="presentation">
          <thead>
            <tr>
              <td>
                <header class="every-page">
                  <span>Samtila</span>
                  <span>${title}</span>
                  <span>${premises}</span>
                  <span>${writer.costs.states[settlement.status]}</span>
                  ${marks.map((mark) => markup`<strong>${mark}</strong>`)}
                </header>
              </td>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                <main>
                  <h1>${title}</h1>
                  ${headPart(facts, writer, premises, month)} ${statementsPart(facts, writer)}
                  ${transfersPart(facts, writer)} ${blockedPart(facts, writer)} ${itemsPart(facts, writer)}
                  ${acceptancesPart(facts, writer)} ${proofPart(facts, writer)}
                  <h2>${words.grounds}</h2>
                  ${settlement.items.map((item, i) => groundsPart(item, facts.explanations[i] ?? null, facts, writer))}
                </main>
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
`
  return page.text
}

function headPart(facts: DocumentFacts, writer: Writer, premises: string, month: string): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  const { settlement, party } = facts
  const businessId = party === null ? undefined : facts.businessIds.get(party)
  const rows: [string, string | null | undefined][] = [
    [words.premises, premises],
    [words.address, facts.premises.address],
    [words.month, month],
    ...(party === null ? [] : ([[words.party, writer.named('organisations', party)]] satisfies [string, string][])),
    [words.businessId, businessId],
    [words.state, writer.costs.states[settlement.status]],
    [words.issue, settlement.status === 'issued' ? String(facts.issue) : null],
    [words.issuedAt, facts.issuedAt === null ? null : writer.instant(facts.issuedAt)],
    [words.commentsUntil, facts.commentsUntil === null ? null : writer.instant(facts.commentsUntil)],
    [words.closedAt, facts.closedAt === null ? null : writer.instant(facts.closedAt)],
    [words.digest, settlement.digest],
  ]
  const notices = [
    settlement.status === 'draft' ? words.draft : settlement.status === 'issued' ? words.issued : null,
    facts.simulated ? words.simulatedText : null,
    facts.demonstration ? words.demonstrationText : null,
    facts.force === null ? null : words.forced(facts.force.by, facts.force.reason),
  ]
  return markup`<dl>
      ${rows.map(([name, value]) =>
        value == null
          ? null
          : markup`<dt>${name}</dt>
              <dd>${value}</dd>`,
      )}
    </dl>
    ${notices.map((notice) => (notice === null ? null : markup`<p class="notice">${notice}</p>`))}`
}

function statementsPart({ settlement, party }: DocumentFacts, writer: Writer): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = settlement.statements.filter((one) => party === null || one.party === party)
  return markup`<h2>${words.statements}</h2>
    ${figuresTable(words.statements, rows, [
      textColumn(words.party, (row) => writer.named('organisations', row.party)),
      moneyColumn(words.net, (row) => writer.money(row.net)),
      moneyColumn(words.vat, (row) => writer.money(row.vat)),
      moneyColumn(words.gross, (row) => writer.money(row.gross)),
    ])}`
}

function transfersPart({ settlement, party }: DocumentFacts, writer: Writer): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = settlement.transfers.filter(({ from, to }) => party === null || from === party || to === party)
  if (rows.length === 0)
    return markup`<h2>${words.transfers}</h2>
      <p>${words.noTransfers}</p>`
  return markup`<h2>${words.transfers}</h2>
    ${figuresTable(words.transfers, rows, [
      textColumn(words.pays, (row) => writer.named('organisations', row.from)),
      textColumn(words.gets, (row) => writer.named('organisations', row.to)),
      moneyColumn(words.net, (row) => writer.money(row.net)),
      moneyColumn(words.gross, (row) => writer.money(row.gross)),
    ])}`
}

function blockedPart({ settlement, itemNames }: DocumentFacts, writer: Writer): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  const rows = settlement.items.filter(({ blocked }) => blocked !== null)
  if (rows.length === 0) return markup``
  return markup`<h2>${words.blocked}</h2>
    ${figuresTable(words.blocked, rows, [
      textColumn(words.item, (item) => nameOf(item, itemNames, writer)),
      textColumn(words.reason, ({ blocked }) => (blocked === null ? '' : writer.costs.reasons[blocked])),
    ])}`
}

function itemsPart({ settlement, party, itemNames }: DocumentFacts, writer: Writer): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  const shareOf = (item: Item): string | null => item.shares.find((share) => share.party === party)?.net ?? null
  return markup`<h2>${words.items}</h2>
    ${figuresTable(words.items, settlement.items, [
      textColumn(words.item, (item) => nameOf(item, itemNames, writer)),
      textColumn(words.category, ({ category }) => writer.category(category)),
      textColumn(words.payer, ({ payer }) => writer.named('organisations', payer)),
      textColumn(words.vatTreatment, ({ vat }) => vatText(vat, writer)),
      textColumn(words.estimated, ({ estimated }) => writer.percent(estimated)),
      moneyColumn(words.net, ({ net }) => (net === null ? '–' : writer.money(net))),
      ...(party === null
        ? []
        : [
            moneyColumn<Item>(words.share, (item) => {
              const net = shareOf(item)
              return net === null ? '–' : writer.money(net)
            }),
          ]),
    ])}`
}

const vatText = (vat: Item['vat'], { costs, decimal }: Writer): string =>
  vat === null ? costs.noVat : costs.vatCategories[vat.category](decimal(vat.rate))
const nameOf = (item: Item, names: DocumentFacts['itemNames'], { costs, language }: Writer): string =>
  itemName(item, names[item.id], costs.sources, language)

function acceptancesPart({ settlement, acceptances }: DocumentFacts, writer: Writer): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  if (settlement.status === 'draft') return markup``
  return markup`<h2>${words.acceptances}</h2>
    ${figuresTable(words.acceptances, acceptances, [
      textColumn(words.party, ({ party }) => writer.named('organisations', party)),
      textColumn(words.state, ({ accepted, disputedItems }) =>
        disputedItems.length > 0 ? words.disputed : accepted ? words.accepted : words.waiting,
      ),
      textColumn(words.when, ({ at }) => (at === null ? '–' : writer.instant(at))),
    ])}`
}

function groundsPart(item: Item, explanation: Explanation | null, facts: DocumentFacts, writer: Writer): Markup {
  const words = DOCUMENT_WORDS[writer.language]
  const sections =
    explanation === null
      ? []
      : explainItem(explanation, facts.causes.get(item.id) ?? null, writer).filter(
          ({ party }) => facts.party === null || party === null || party === facts.party,
        )
  const common = sections.filter(({ party }) => party === null)
  const parties = Map.groupBy(
    sections.filter(({ party }) => party !== null),
    ({ party }) => party,
  )
  const shares = item.shares.filter(({ party }) => facts.party === null || party === facts.party)
  return markup`<section>
    <h3>${nameOf(item, facts.itemNames, writer)}: ${item.net === null ? '–' : writer.money(item.net)}</h3>
    ${common.map(
      ({ title, sentences }) =>
        markup`<h4>${title}</h4>
          ${sentenceList(sentences)}`,
    )}
    ${
      shares.length === 0 || facts.party !== null
        ? null
        : figuresTable(words.shares, shares, [
            textColumn(words.party, ({ party }) => writer.named('organisations', party)),
            moneyColumn(words.net, ({ net }) => writer.money(net)),
          ])
    }
    ${[...parties.values()].map((own) => partyPart(own))}
  </section> `
}

/** Of one party: how the item is split, and its share; the heading is that of the share. */
const partyPart = (sections: readonly Section[]): Markup =>
  markup`<h4>${sections.at(-1)?.title ?? ''}</h4>
    ${sentenceList(sections.flatMap(({ sentences }) => sentences))}`

/** Sentences as nested lists. */
function sentenceList(sentences: readonly Sentence[]): Markup {
  const items: Markup[] = []
  for (let i = 0; i < sentences.length;) {
    const { text, depth } = sentences[i]!
    let end = i + 1
    while (end < sentences.length && sentences[end]!.depth > depth) end += 1
    const below = sentences.slice(i + 1, end)
    items.push(markup`<li>${text}${below.length === 0 ? null : sentenceList(below)}</li>`)
    i = end
  }
  return markup`<ul>
    ${items}
  </ul>`
}
