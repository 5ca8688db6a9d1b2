// The part of the document about the chain and the parties' own signatures.
import type { DocumentFacts } from './document.ts'
import { figuresTable, textColumn } from './figures-table.ts'
import { markup, type Markup } from './markup.ts'
import { DOCUMENT_WORDS } from './words/document.ts'
import type { Writer } from './writer.ts'

/** Nothing for a month that is not closed. */
export function proofPart({ settlement, link }: DocumentFacts, writer: Writer): Markup {
  if (link === null || settlement.digest === null) return markup``
  const words = DOCUMENT_WORDS[writer.language]
  return markup`<h2>${words.proof}</h2>
    <p>${words.proofText}</p>
    <p>${link.chainHolds ? words.chainHolds : words.chainBroken}</p>
    <dl>
      <dt>${words.digest}</dt>
      <dd><code>${settlement.digest}</code></dd>
      ${
        link.previousDigest === null
          ? null
          : markup`<dt>${words.previousDigest}</dt>
              <dd><code>${link.previousDigest}</code></dd>`
      }
    </dl>
    ${
      link.countersignatures.length === 0
        ? markup`<p>${words.noSignatures}</p>`
        : figuresTable(words.signatures, link.countersignatures, [
            textColumn(words.party, ({ party }) => writer.named('organisations', party)),
            textColumn(words.when, ({ at }) => writer.instant(at)),
            textColumn(words.fingerprint, ({ fingerprint }) => fingerprint),
            textColumn(words.signature, ({ signature }) => signature),
          ])
    }`
}
