// Agreements: with what each version still lacks, and which is in force today.
import { Agreement } from '#contract/bundle.ts'
import { AgreementPage, AgreementQuery, AgreementRecorded, type AgreementVersionState } from '#contract/agreements.ts'
import type { Agreement as AgreementFacts, LocalDate } from '#domain/registry/bundle.ts'
import type { Stored } from '#domain/ports/records.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { shown } from './answers.ts'
import { addChange, addHistory, addList, addOne, covering } from './objects.ts'

export function addAgreementRoutes(app: ApiApp, parts: RouteParts): void {
  const noun = { app, parts, path: '/agreements', kind: 'agreements' as const, tag: 'agreements' }
  const show = (stored: Stored<AgreementFacts>, at?: LocalDate): AgreementRecorded => ({
    ...shown(stored),
    // The local date differs from the UTC one for some hours only; the settlement itself goes by the premises' time zone.
    states: statesOf(stored.value, at ?? new Date(parts.now()).toISOString().slice(0, 10)),
  })
  addList(noun, { query: AgreementQuery, answer: AgreementPage }, (stored) => show(stored))
  addOne(noun, AgreementRecorded, show, (agreement, at) => ({
    ...agreement,
    versions: covering(agreement.versions, at),
  }))
  addChange(noun, Agreement)
  addHistory(noun)
}

/** Of the approved versions that cover the date the highest is in force. */
export function statesOf(agreement: AgreementFacts, date: string): AgreementVersionState[] {
  const missing = (version: AgreementFacts['versions'][number]): string[] =>
    agreement.parties.filter((party) => !(version.approvals ?? []).some((approval) => approval.organisation === party))
  const inForce = agreement.versions
    .filter(
      (version) => missing(version).length === 0 && version.from <= date && (version.to === null || date < version.to),
    )
    .reduce<number | null>((highest, { version }) => (highest === null || version > highest ? version : highest), null)
  return agreement.versions.map((version) => ({
    version: version.version,
    missing: missing(version),
    inForce: version.version === inForce,
  }))
}
