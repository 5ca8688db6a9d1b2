// The checks of a month: gathers what they look at, and says each finding in the three languages.
import type { MonthChecks } from '#contract/checks.ts'
import { checkSentence } from '#domain/explain/checks/check-sentence.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { periodOf } from '#domain/quantity/period.ts'
import type { Bundle, Id, Premises } from '#domain/registry/bundle.ts'
import { checkMonth } from '#domain/settlement/checks/check-month.ts'
import { inOrder, type Finding } from '#domain/settlement/checks/finding.ts'
import type { MeterRead } from '#domain/settlement/checks/meters.ts'
import { supplierFinding, supplierVariance } from '#domain/settlement/checks/supplier-invoices.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import { factsOf } from '#domain/settlement/facts.ts'
import { requiredReadings } from '#domain/settlement/required-readings.ts'
import { SUPPLIER_INVOICE, type SupplierInvoice } from '#domain/supplier-invoices/supplier-invoice.ts'
import type { RouteParts } from '#api/parts.ts'
import { gatherFacts } from './gather.ts'
import { itemNames, writerFor } from './names.ts'
import type { Settlements } from './settlements.ts'
import { sha256 } from './sha256.ts'
import { termsOf } from './terms.ts'

const ALL = { organisation: null }
/** Suppliers' invoices of one premises that are looked through. */
const MAX_SUPPLIER_INVOICES = 1000
const LANGUAGES = ['fi', 'sv', 'en'] as const

/** Checks the month as it stands: frozen figures of an issued or closed one, the draft of any other. */
export async function checksOf(
  parts: RouteParts,
  settlements: Settlements,
  premises: Premises,
  period: string,
): Promise<MonthChecks> {
  const { records, now } = parts
  const at = now()
  const { settlement, explanations } = await settlements.explained(premises.id, period, 'all')
  const terms = await termsOf(records, premises.id, period)
  const facts = await gatherFacts(parts, premises.id, [period], null)
  const meters = await metersOf(parts, facts, premises, period, explanations)
  const index = monthIndex(period)
  const before = []
  for (const month of [index - 1, index - 12].map(monthOfIndex)) before.push(await settlements.show(premises.id, month))
  const findings = inOrder([
    ...checkMonth({ facts, premises, settlement, explanations, meters, before, terms, now: at }),
    ...(await supplierFindings(parts, facts, premises, period, explanations, terms.unusualEuros)),
  ])
  const names = await itemNames(records, premises.id, settlement)
  const writers = await Promise.all(LANGUAGES.map((language) => writerFor(records, premises, language, findings)))
  return {
    premises: premises.id,
    period,
    checkedAt: formatInstant(at),
    findings: findings.map((finding) => {
      const [fi = '', sv = '', en = ''] = writers.map((writer) =>
        checkSentence(finding, writer, settlement.items, names),
      )
      return { ...finding, items: [...finding.items], figures: { ...finding.figures }, sentence: { fi, sv, en } }
    }),
  }
}

async function metersOf(
  { telemetry }: RouteParts,
  facts: Bundle,
  premises: Premises,
  period: string,
  explanations: readonly Explanation[],
): Promise<MeterRead[]> {
  const items = itemsByMeter(facts, explanations)
  return Promise.all(
    requiredReadings(facts, premises.id, [period]).map(async ({ device, point, from, to }) => {
      const series = telemetry.findSeries(device, point)
      const readings = series === null ? null : await telemetry.meterReadings(series, from, to)
      const damaged = series === null ? [] : ((await telemetry.damaged?.(series, from, to)) ?? [])
      return { device, point, readings, damaged, items: items.get(`${device}/${point}`) ?? [] }
    }),
  )
}

/** Items by their own meter, also when they are blocked, and by all that stand anywhere in their explanation. */
function itemsByMeter({ meteredCosts = [] }: Bundle, explanations: readonly Explanation[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const look = (item: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('device' in value && 'point' in value && 'readings' in value) {
      const of = found.getOrInsert(`${String(value.device)}/${String(value.point)}`, [])
      if (!of.includes(item)) of.push(item)
    }
    for (const inner of Object.values(value)) look(item, inner)
  }
  for (const explanation of explanations) {
    if ('of' in explanation) continue
    const cost = meteredCosts.find(({ id }) => `metered:${id}` === explanation.item.replace(/@\d{4}-\d{2}-\d{2}$/, ''))
    if (cost !== undefined) look(explanation.item, { ...cost.meter, readings: null })
    look(explanation.item, explanation)
  }
  return found
}

async function supplierFindings(
  { records, telemetry }: RouteParts,
  facts: Bundle,
  premises: Premises,
  period: string,
  explanations: readonly Explanation[],
  unusualEuros: string,
): Promise<Finding[]> {
  const { items } = await records.listPapers(ALL, SUPPLIER_INVOICE, {
    premises: premises.id,
    limit: MAX_SUPPLIER_INVOICES,
    newestFirst: true,
  })
  const found: Finding[] = []
  for (const { body } of items.filter((one) => mostlyIn(one.body, period))) {
    const meter = facts.meteredCosts?.find(({ id }) => id === body.meteredCost)?.meter
    const series = meter === undefined ? null : telemetry.findSeries(meter.device, meter.point)
    if (series === null) continue
    const [first, last] = [body.serviceFrom, body.serviceTo].map((date) =>
      periodOf(date.slice(0, 7), premises.timeZone),
    )
    const month = periodOf(period, premises.timeZone)
    const readings: MeterReadings = await telemetry.meterReadings(
      series,
      Math.min(month.from, first?.from ?? month.from),
      Math.max(month.to, last?.to ?? month.to),
    )
    const own = factsOf(facts, premises.id, ({ device, point }) =>
      device === meter?.device && point === meter.point && readings.at.length > 0 ? readings : null,
    )
    const variance = supplierVariance(body, explanations, own)
    if (variance !== null) found.push(supplierFinding(body, variance, unusualEuros))
  }
  return found
}

/** An invoice is held against the month in which the middle of its days lies. */
function mostlyIn({ serviceFrom, serviceTo }: SupplierInvoice, period: string): boolean {
  const middle = (Date.parse(serviceFrom) + Date.parse(serviceTo)) / 2
  return new Date(middle).toISOString().slice(0, 7) === period
}

/** The paper of an invoice: ids are the premises' own. */
export const supplierPaper = (premises: Id, invoice: Id): Id =>
  `invoice-${sha256(`${premises} ${invoice}`).slice(0, 32)}`

/** The metered cost of these premises with the unit of its meter; null when there is none. */
export const meteredCostOf = async (
  { records }: Pick<RouteParts, 'records'>,
  premises: Id,
  cost: Id,
): Promise<{ payer: Id; unit: string | null } | null> => {
  const found = (await records.getObject(ALL, 'meteredCosts', cost))?.value
  if (found?.premises !== premises) return null
  const device = (await records.getObject(ALL, 'devices', found.meter.device))?.value
  const unit = device?.points?.find(({ key }) => key === found.meter.point)?.unit ?? null
  return { payer: found.payer, unit }
}
