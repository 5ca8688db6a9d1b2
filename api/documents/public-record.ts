// The public record of a closed month: one page with statement, agreement, method and proofs, without what is protected.
// It is HTML without script, with the proof as data in it: readable for as long as there are browsers, checkable by verify.mjs.
import { readFile } from 'node:fs/promises'
import { contentOf } from '#domain/agreement/content.ts'
import { agreementText } from '#domain/agreement/text/agreement-text.ts'
import { names, protectedIn, redacted, type Protected } from '#domain/documents/redact.ts'
import { RECORD_WORDS } from '#domain/documents/words/record-words.ts'
import { contentTable, heading, textColumn, type Block } from '#domain/explain/content.ts'
import { contentHtml } from '#domain/explain/content-html.ts'
import { markup, Markup } from '#domain/explain/markup.ts'
import { Failure } from '#domain/failure.ts'
import { monthDays, formatDay } from '#domain/quantity/local-date.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { Agreement, Bundle, Device, Language, Names, Premises } from '#domain/registry/bundle.ts'
import type { Look } from '#domain/registry/facts.ts'
import type { RouteParts } from '#api/parts.ts'
import { marksOf, proofOf } from '#api/settlement/proof.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { statementOf, type Redaction } from './statement.ts'

const ROOT = new URL('../../', import.meta.url)
type Proof = { bundle: Bundle; marks: unknown }

/** The page as text. @throws Failure 'settlement-state' while the month is open. */
export async function publicRecord(
  parts: RouteParts,
  settlements: Settlements,
  premises: Premises,
  period: string,
  language: Language,
): Promise<string> {
  const words = RECORD_WORDS[language]
  const proof = (await proofOf(premises.id, period, parts)) as Proof
  const devices: Device[] = []
  for await (const device of listAll(parts.records, 'devices', { premises: premises.id })) devices.push(device)
  const hidden = protectedIn(proof.bundle, { premises: [premises], devices })
  const bundle = redacted(proof.bundle, hidden)
  const redaction: Redaction = {
    premises: bundle.premises?.find(({ id }) => id === premises.id) ?? premises,
    nameOf: (kind, id) =>
      kind === 'devices' && hidden.devices.has(id)
        ? allLanguages(words.hiddenDevice)
        : kind === 'spaces' && hidden.spaces.has(id)
          ? allLanguages(words.hiddenSpace)
          : null,
    hides: (explanation) => names(explanation, hidden.devices),
    hiddenGrounds: words.hiddenGrounds,
  }
  const { content, settlement, hiddenItems } = await statementOf(parts, settlements, {
    premises,
    period,
    language,
    party: null,
    redaction,
  })
  if (settlement.status !== 'closed') throw new Failure('settlement-state', 'Only a closed month has a public record.')
  const metered = (bundle.meteredCosts ?? [])
    .filter(({ meter }) => hidden.devices.has(meter.device))
    .map(({ id }) => `metered:${id}`)
  const items = [...new Set([...hiddenItems.map(plainItem), ...metered])].toSorted()
  const blocks: Block[] = [
    { is: 'text', text: words.intro },
    heading(2, words.redaction),
    {
      is: 'text',
      text:
        hidden.devices.size + hidden.spaces.size === 0
          ? words.nothingRedacted
          : words.redacted(hidden.spaces.size, hidden.devices.size, hiddenItems.length),
    },
    ...content.blocks,
    ...agreementBlocks(bundle, period, language),
    heading(2, words.method),
    { is: 'text', text: words.methodText },
  ]
  const [method, verifier] = await Promise.all(
    ['docs/MONEY.md', 'verify/verify.mjs'].map((path) => readFile(new URL(path, ROOT), 'utf8')),
  )
  const file = {
    ...proof,
    bundle,
    marks: marksOf(bundle),
    ...(isEmpty(hidden) ? {} : { redacted: { spaces: hidden.spaces.size, devices: hidden.devices.size, items } }),
  }
  const kept = markup`<pre class="kept">${method ?? ''}</pre>
    <h2>${words.verify}</h2>
    <p>${words.verifyText}</p>
    <pre class="kept">${verifier ?? ''}</pre>
    <script type="application/json" id="samtila-proof">${new Markup(inScript(file))}</script>`
  return contentHtml({ ...content, title: words.title(content.premises, monthOf(content.title)), blocks }, kept)
}

const isEmpty = ({ spaces, devices }: Protected): boolean => spaces.size + devices.size === 0
const allLanguages = (text: string): Names => ({ fi: text, sv: text, en: text })
const plainItem = (id: string): string => id.replace(/^adjustment:\d{4}-\d{2}:/, '').replace(/@\d{4}-\d{2}-\d{2}$/, '')
/** What follows the last comma of a statement's title. */
const monthOf = (title: string): string => title.slice(title.lastIndexOf(',') + 1).trim()
/** JSON in which nothing ends the element that it stands in. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)

/** The versions in force in the month, as they read, with who approved them. */
function agreementBlocks(bundle: Bundle, period: string, language: Language): Block[] {
  const words = RECORD_WORDS[language]
  const { first, end } = monthDays(period)
  const look: Look = (kind, id) => (bundle[kind] as { id: string }[] | undefined)?.find((one) => one.id === id) as never
  const inForce = (agreement: Agreement) =>
    agreement.versions.filter(({ from, to }) => from < formatDay(end) && (to === null || to > formatDay(first)))
  return (bundle.agreements ?? []).flatMap((agreement) =>
    inForce(agreement).flatMap((version): Block[] => {
      const content = contentOf(agreement, version.version)
      if (content === null) return []
      const { title, parts } = agreementText(content, language, look)
      return [
        heading(2, `${words.agreement}: ${title}`),
        ...parts.flatMap((part): Block[] => [
          heading(3, part.title),
          { is: 'sentences', sentences: part.sentences.map((text) => ({ text, depth: 0 })) },
          ...(part.table === null
            ? []
            : [
                {
                  is: 'table',
                  caption: part.title,
                  columns: part.table.head.map((head) => ({ head, money: false })),
                  rows: part.table.rows.map((row) => row.map((text) => ({ text }))),
                } as const,
              ]),
        ]),
        heading(3, words.approvals),
        contentTable(words.approvals, version.approvals ?? [], [
          textColumn(
            words.organisation,
            ({ organisation }) => look('organisations', organisation)?.name[language] ?? organisation,
          ),
          textColumn(words.decision, ({ decision }) => decision ?? '–'),
        ]),
      ]
    }),
  )
}
