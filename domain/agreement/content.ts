// What is agreed, as one value: the agreement's head with one version of it. It is what a proposal proposes, an approval approves and a comparison compares.
import type { Agreement, AgreementTerms, Id, LocalDate, Names, Rule } from '#domain/registry/bundle.ts'

export type AgreementHead = { id: Id; name?: Names; premises: Id; parties: Id[]; commentDays?: number }
export type VersionContent = { from: LocalDate; to: LocalDate | null; rules: Rule[]; terms?: AgreementTerms }
export type AgreementContent = {
  agreement: AgreementHead
  /** Its number among the agreement's versions. */
  number: number
  version: VersionContent
  /** Another agreement of the same premises that ends where this one begins. */
  replaces?: Id
}

/** Head and one stored version of an agreement; null when it has no version of that number. */
export function contentOf(agreement: Agreement, number: number): AgreementContent | null {
  const version = agreement.versions.find((one) => one.version === number)
  if (version === undefined) return null
  const { versions: _, ...head } = agreement
  const { approvals: _approvals, version: _number, ...content } = version
  return { agreement: head, number, version: content }
}
