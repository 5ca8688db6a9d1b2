// START HERE: every check of a month before it is issued. Pure: facts, readings and settlements in, findings out.
import type { MonthTerms } from '#domain/agreement/month-terms.ts'
import { compare, fraction, parseDecimalFraction, ZERO } from '#domain/quantity/fraction.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { periodOf } from '#domain/quantity/period.ts'
import type { Bundle, Premises } from '#domain/registry/bundle.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { changesAgainst } from './changes.ts'
import { missingInvoices, missingPrices, vacancyFindings } from './facts-checks.ts'
import { inOrder, type Finding } from './finding.ts'
import { damageFindings, meterFindings, type MeterRead } from './meters.ts'
import { remainderFindings } from './remainder.ts'
import { unapprovedFindings } from './unapproved.ts'

export type CheckInput = {
  facts: Bundle
  premises: Premises
  settlement: Settlement
  explanations: readonly Explanation[]
  meters: readonly MeterRead[]
  /** The month before and the same month a year before, as far as they cost anything. */
  before: readonly Settlement[]
  terms: MonthTerms
  now: number
}

/** An estimated part up to this is only noted where nothing is agreed. */
const ESTIMATE_NOTED = fraction(5n, 100n)

export function checkMonth({ facts, premises, settlement, explanations, ...rest }: CheckInput): Finding[] {
  const { meters, before, terms, now } = rest
  const month = settlement.period
  const period = periodOf(month, premises.timeZone)
  const findings: Finding[] = []
  if (now < period.to)
    findings.push({ code: 'not-over', severity: 'hinders', items: [], figures: { ends: formatInstant(period.to) } })
  for (const { item, code, detail } of settlement.blocked)
    findings.push({ code: 'blocked', severity: 'hinders', items: [item], figures: { reason: code, detail } })
  for (const { id, estimated } of settlement.items) {
    const part = parseDecimalFraction(estimated) ?? ZERO
    if (part.n === 0n) continue
    const agreed = terms.estimates
    const isBeyond = compare(part, agreed === null ? ESTIMATE_NOTED : (parseDecimalFraction(agreed.most) ?? ZERO)) > 0
    const severity = !isBeyond ? 'note' : agreed?.beyond === 'block' ? 'hinders' : 'warn'
    const figures = { part: estimated, ...(agreed === null ? {} : { most: agreed.most }) }
    findings.push({ code: 'estimated', severity, items: [id], figures })
  }
  for (const other of before) if (hasCosts(other)) findings.push(...changesAgainst(settlement, other, terms))
  findings.push(
    ...remainderFindings(explanations, terms.remainderBands),
    ...meters.flatMap((meter) => meterFindings(meter, { from: period.from, to: Math.min(period.to, now) })),
    ...meters.flatMap(damageFindings),
    ...unapprovedFindings(facts.devices ?? [], meters, month, terms),
    ...vacancyFindings(facts, premises, month),
    ...missingInvoices(facts, premises, month),
    ...missingPrices(facts, premises, month, now),
  )
  return inOrder(findings)
}

const hasCosts = ({ items }: Settlement): boolean => items.some(({ net }) => net !== null && net !== '0.00')
