// The part of the document about the chain and the parties' own signatures.
import { contentTable, heading, textColumn, type Block } from './content.ts'
import type { DocumentFacts } from './document.ts'
import { DOCUMENT_WORDS } from './words/document.ts'
import type { Writer } from './writer.ts'

/** Nothing for a month that is not closed. */
export function proofPart({ settlement, link }: DocumentFacts, writer: Writer): Block[] {
  if (link === null || settlement.digest === null) return []
  const words = DOCUMENT_WORDS[writer.language]
  return [
    heading(2, words.proof),
    { is: 'text', text: words.proofText },
    { is: 'text', text: link.chainHolds ? words.chainHolds : words.chainBroken },
    {
      is: 'facts',
      facts: [
        { name: words.digest, value: settlement.digest, code: true },
        ...(link.previousDigest === null
          ? []
          : [{ name: words.previousDigest, value: link.previousDigest, code: true }]),
      ],
    },
    link.countersignatures.length === 0
      ? { is: 'text', text: words.noSignatures }
      : contentTable(words.signatures, link.countersignatures, [
          textColumn(words.party, ({ party }) => writer.named('organisations', party)),
          textColumn(words.when, ({ at }) => writer.instant(at)),
          textColumn(words.fingerprint, ({ fingerprint }) => fingerprint),
          textColumn(words.signature, ({ signature }) => signature),
        ]),
  ]
}
