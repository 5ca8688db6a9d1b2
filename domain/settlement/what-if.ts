// What if other rules had held: who would have borne what of months gone by, by month and category, against what was. Pure; changes nothing.
import type { Agreement, Bundle, Id, Rule } from '#domain/registry/bundle.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { plainDecimal } from '#domain/quantity/decimal.ts'
import type { ReadingsOf } from '#domain/ports/meter-readings.ts'
import { factsOf } from './facts.ts'
import { monthItems } from './month-items.ts'
import { requiredReadings } from './required-readings.ts'
import type { BlockCode, FrozenSettlement, Item, Settlement } from './settlement.ts'
import type { ShareCents } from './trace.ts'
import { vatGroups, type TaxedItem } from './vat.ts'

/**
 * Rules to be tried. Without `rules` those that were agreed; without `parties` those of each day's agreement, else one agreement of
 * these parties holds all the time.
 */
export type Variant = { name: string; rules?: readonly Rule[]; parties?: readonly Id[] }
export type Borne = { party: Id; net: string; gross: string }
export type Compared = Borne & { netDifference: string; grossDifference: string }
export type NotSplit = { item: string; category: string; code: BlockCode; detail: string; net: string | null }
export type WasMonth = { period: string; parties: Borne[]; categories: { category: string; parties: Borne[] }[] }
export type VariantMonth = {
  period: string
  parties: Compared[]
  categories: { category: string; parties: Compared[] }[]
  /** Items that these rules can't split: nobody bears them, so the differences are too low by them. */
  blocked: NotSplit[]
}
export type WhatIf = {
  /** Everyone who bears something, in the order of the agreements. */
  parties: Id[]
  was: { months: WasMonth[]; parties: Borne[] }
  /** `blockedNet` is what all the months' blocked items come to, as far as it is known. */
  variants: { name: string; months: VariantMonth[]; parties: Compared[]; blockedNet: string }[]
  simulated: boolean
}
export type WhatIfInput = {
  facts: Bundle
  premises: Id
  /** The settlement that stands of each month: closed, issued, or a draft. Its own adjustments of other months are left out. */
  months: readonly Settlement[]
  /** All frozen settlements: what they adjusted of a month is part of what was. */
  frozen: readonly FrozenSettlement[]
  variants: readonly Variant[]
  readings: ReadingsOf
}

/** The facts with the rules of a variant in the place of what was agreed. */
export function factsWith(facts: Bundle, premises: Id, { rules, parties }: Variant): Bundle {
  if (rules === undefined) return facts
  return { ...facts, agreements: agreementsWith(facts.agreements ?? [], premises, rules, parties) }
}

function agreementsWith(
  agreements: readonly Agreement[],
  premises: Id,
  rules: readonly Rule[],
  parties: readonly Id[] | undefined,
): Agreement[] {
  const given = [...rules]
  if (parties === undefined)
    return agreements.map(({ versions, ...head }) => ({
      ...head,
      versions: versions.map((version) => ({ ...version, rules: given })),
    }))
  const approvals = parties.map((organisation) => ({ organisation }))
  const version = { version: 1, from: '1970-01-01', to: null, rules: given, approvals }
  return [{ id: 'what-if', premises, parties: [...parties], versions: [version] }]
}

/** The readings that any of the variants needs. */
export function readingsOfVariants(
  facts: Bundle,
  premises: Id,
  periods: readonly string[],
  variants: readonly Variant[],
): ReturnType<typeof requiredReadings> {
  const widest = new Map<string, ReturnType<typeof requiredReadings>[number]>()
  for (const variant of variants)
    for (const one of requiredReadings(factsWith(facts, premises, variant), premises, periods)) {
      const key = `${one.device} ${one.point}`
      const known = widest.get(key) ?? one
      widest.set(key, { ...one, from: Math.min(known.from, one.from), to: Math.max(known.to, one.to) })
    }
  return [...widest.values()]
}

/**
 * Net is what each party bears; gross has the VAT by the rule of a settlement, on the month as one. The gross of a category is what it
 * adds to the categories before it (by code point), so that a month's categories add up to the month.
 */
export function whatIf({ facts: bundle, premises, months, frozen, variants, readings }: WhatIfInput): WhatIf {
  const facts = factsOf(bundle, premises, readings)
  const computed = variants.map((variant) => {
    const agreements = factsWith(bundle, premises, variant).agreements ?? []
    const own = { ...facts, agreements: agreements.filter((one) => one.premises === premises) }
    return months.map(({ period }) => monthItems(own, period))
  })
  const wasItems = months.map((settlement) => itemsThatWere(settlement, frozen))
  const parties = [
    ...new Set([
      ...computed.flatMap((ofMonths) => ofMonths.flatMap((month) => month.parties)),
      ...wasItems.flatMap((items) => items.flatMap(({ shares }) => shares.map(({ party }) => party))),
    ]),
  ]
  const was = wasItems.map((items) => borneBy(items, parties))
  return {
    parties,
    was: {
      months: was.map((borne, i) => shownMonth(months[i]!.period, borne, parties)),
      parties: shown(totalOf(was), parties),
    },
    variants: variants.map(({ name }, v) => {
      const then = computed[v]!.map(({ items }) => borneBy(items, parties))
      const ofMonth = then.map((borne, i): VariantMonth => {
        const { period } = months[i]!
        const categories = [...new Set([...borne.categories.keys(), ...was[i]!.categories.keys()])].sort()
        return {
          period,
          parties: compared(borne.all, was[i]!.all, parties),
          categories: categories.map((category) => ({
            category,
            parties: compared(
              borne.categories.get(category) ?? NOTHING,
              was[i]!.categories.get(category) ?? NOTHING,
              parties,
            ),
          })),
          blocked: computed[v]![i]!.items.flatMap(({ item, category, blocked, detail, cents }) =>
            blocked === null
              ? []
              : [{ item, category, code: blocked, detail, net: cents === null ? null : formatCents(cents) }],
          ),
        }
      })
      const blocked = ofMonth.flatMap((month) => month.blocked.map(({ net }) => (net === null ? 0n : parseCents(net)!)))
      return {
        name,
        months: ofMonth,
        parties: compared(totalOf(then), totalOf(was), parties),
        blockedNet: formatCents(blocked.reduce((sum, cents) => sum + cents, 0n)),
      }
    }),
    simulated: facts.usedSimulated(),
  }
}

type Taxed = TaxedItem & { category: string }

/** Items of a month as they were settled, with what later months adjusted of it. */
function itemsThatWere({ period, items }: Settlement, frozen: readonly FrozenSettlement[]): Taxed[] {
  const adjustments = frozen.flatMap((one) => one.items.filter(({ id }) => id.startsWith(`adjustment:${period}:`)))
  return [...items.filter(({ source }) => source !== 'adjustment'), ...adjustments].map(taxed)
}

function taxed({ category, payer, vat, shares }: Item): Taxed {
  return {
    category,
    payer,
    vat: vat === null ? null : { category: vat.category, rate: plainDecimal(vat.rate)! },
    shares: shares.map(({ party, net }): ShareCents => ({ party, cents: parseCents(net)! })),
  }
}

type Sums = ReadonlyMap<Id, { net: bigint; gross: bigint }>
type BorneMonth = { all: Sums; categories: ReadonlyMap<string, Sums> }
const NOTHING: Sums = new Map()

function borneBy(items: readonly Taxed[], parties: readonly Id[]): BorneMonth {
  const categories = new Map<string, Sums>()
  let taken: Taxed[] = []
  let before: Sums = NOTHING
  const byCategory = Map.groupBy(items, ({ category }) => category)
  for (const category of [...byCategory.keys()].sort()) {
    taken = [...taken, ...byCategory.get(category)!]
    const sums = sumsOf(taken)
    categories.set(
      category,
      new Map(parties.map((party) => [party, less(sums.get(party) ?? ZEROS, before.get(party) ?? ZEROS)])),
    )
    before = sums
  }
  return { all: before, categories }
}

const ZEROS = { net: 0n, gross: 0n }
const less = (a: typeof ZEROS, b: typeof ZEROS): typeof ZEROS => ({ net: a.net - b.net, gross: a.gross - b.gross })

function sumsOf(items: readonly Taxed[]): Sums {
  const sums = new Map<Id, { net: bigint; gross: bigint }>()
  for (const { party, netCents, vatCents } of vatGroups(items)) {
    const known = sums.get(party) ?? ZEROS
    sums.set(party, { net: known.net + netCents, gross: known.gross + netCents + vatCents })
  }
  return sums
}

function totalOf(months: readonly BorneMonth[]): Sums {
  const total = new Map<Id, { net: bigint; gross: bigint }>()
  for (const { all } of months)
    for (const [party, { net, gross }] of all) {
      const known = total.get(party) ?? ZEROS
      total.set(party, { net: known.net + net, gross: known.gross + gross })
    }
  return total
}

function shown(sums: Sums, parties: readonly Id[]): Borne[] {
  return parties.map((party) => {
    const { net, gross } = sums.get(party) ?? ZEROS
    return { party, net: formatCents(net), gross: formatCents(gross) }
  })
}

function shownMonth(period: string, { all, categories }: BorneMonth, parties: readonly Id[]): WasMonth {
  const list = [...categories].map(([category, sums]) => ({ category, parties: shown(sums, parties) }))
  return { period, parties: shown(all, parties), categories: list }
}

function compared(sums: Sums, was: Sums, parties: readonly Id[]): Compared[] {
  return parties.map((party) => {
    const now = sums.get(party) ?? ZEROS
    const { net, gross } = less(now, was.get(party) ?? ZEROS)
    return {
      party,
      net: formatCents(now.net),
      gross: formatCents(now.gross),
      netDifference: formatCents(net),
      grossDifference: formatCents(gross),
    }
  })
}
