// Which agreement version is in force on which days: the highest approved one that covers the day.
import type { Agreement, AgreementVersion, Id, Rule } from '#domain/registry/bundle.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'

export type InForce = { agreement: Agreement; version: AgreementVersion }
/** Days [firstDay, endDay) on which one version, or none, is in force. */
export type InForceRun = { firstDay: number; endDay: number; inForce: InForce | null }

/** A version that not every party has approved is never in force; when it was approved decides nothing. */
export function isApproved(agreement: Agreement, version: AgreementVersion): boolean {
  const approved = new Set<Id>((version.approvals ?? []).map((approval) => approval.organisation))
  return agreement.parties.every((party) => approved.has(party))
}

/** The version in force on each of the days, in runs. Agreements of one premises do not overlap; if they do, the first id holds. */
export function inForceRuns(agreements: readonly Agreement[], firstDay: number, endDay: number): InForceRun[] {
  const candidates = agreements
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((agreement) =>
      agreement.versions
        .filter((version) => isApproved(agreement, version))
        .toSorted((a, b) => b.version - a.version)
        .map((version) => ({
          inForce: { agreement, version },
          from: dayNumber(version.from),
          to: version.to === null ? Infinity : dayNumber(version.to),
        })),
    )
  const runs: InForceRun[] = []
  for (let day = firstDay; day < endDay; day += 1) {
    const inForce = candidates.find(({ from, to }) => from <= day && day < to)?.inForce ?? null
    const run = runs.at(-1)
    if (run !== undefined && run.inForce === inForce) run.endDay = day + 1
    else runs.push({ firstDay: day, endDay: day + 1, inForce })
  }
  return runs
}

/** The first rule of the category, else the first for `*`, else null. */
export function ruleFor(version: AgreementVersion, category: string): Rule | null {
  return (
    version.rules.find((rule) => rule.category === category) ??
    version.rules.find((rule) => rule.category === '*') ??
    null
  )
}
