// What one cost item of a month rests on: its objects, meters, price series and usage, and which of their members have a bearing on its shares.
import type { Bundle, Id, LocalDate, PointRef, SplitMethod } from '#domain/registry/bundle.ts'
import { inForceRuns, ruleFor } from '#domain/agreement/in-force.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Concerns } from './facts-diff.ts'
import { metersOf } from './methods/split.ts'

export type FactKind = Exclude<keyof Bundle, 'organisations' | 'usage' | 'readings'>
export type Behind = {
  /** Ids by list. */
  objects: Map<FactKind, Set<Id>>
  meters: PointRef[]
  /** Devices whose usage records are weights. */
  usage: Set<Id>
  methods: Set<SplitMethod['by']>
  category: string | null
  /** The asset of a depreciation. */
  asset: Id | null
}

/** The item's id is that of the settlement, with or without the segment's date. */
export function behindItem(premises: Id, item: string, month: string, facts: Bundle): Behind {
  const plain = item.replace(/@\d{4}-\d{2}-\d{2}$/, '')
  const id = plain.slice(plain.indexOf(':') + 1)
  const behind: Behind = {
    objects: new Map(),
    meters: [],
    usage: new Set(),
    methods: new Set(),
    category: null,
    asset: null,
  }
  const need = (kind: FactKind, one: Id): void => void behind.objects.getOrInsert(kind, new Set()).add(one)
  const needMeter = (ref: PointRef): void => {
    need('devices', ref.device)
    behind.meters.push(ref)
  }
  let device: Id | null = null
  const metered = facts.meteredCosts?.find((cost) => plain === `metered:${cost.id}`)
  if (metered !== undefined) {
    need('meteredCosts', id)
    needMeter(metered.meter)
    device = metered.meter.device
    need('tariffs', metered.tariff)
    const tariff = facts.tariffs?.find((one) => one.id === metered.tariff)
    for (const { components } of tariff?.versions ?? [])
      for (const component of components) if (component.kind === 'spot') need('priceSeries', component.series)
  }
  const billed =
    facts.invoices?.find((invoice) => plain === `invoice:${invoice.id}`) ??
    facts.recurringCosts?.find((cost) => plain === `recurring:${cost.id}`)
  if (billed !== undefined) device = billed.device ?? null
  if (plain.startsWith('invoice:')) need('invoices', id)
  if (plain.startsWith('recurring:')) need('recurringCosts', id)
  const asset = facts.devices?.find((one) => plain === `depreciation:${one.id}`)
  if (plain.startsWith('depreciation:')) {
    need('devices', id)
    device = behind.asset = id
  }
  behind.category =
    metered?.category ??
    billed?.category ??
    (asset?.acquisition === undefined ? null : (asset.acquisition.category ?? 'equipment'))

  const { first, end } = monthDays(month)
  const [from, to] = [formatDay(first), formatDay(end)]
  need('premises', premises)
  const agreements = (facts.agreements ?? []).filter((agreement) => agreement.premises === premises)
  for (const agreement of agreements)
    if (agreement.versions.some((version) => touches(version, from, to))) need('agreements', agreement.id)
  for (const { inForce } of inForceRuns(agreements, first, end)) {
    const rule = inForce === null || behind.category === null ? null : ruleFor(inForce.version, behind.category)
    if (inForce === null || rule === null) continue
    for (const { ref } of metersOf(rule.method, inForce.agreement.parties)) needMeter(ref)
    for (const method of methodsIn(rule.method)) {
      behind.methods.add(method.by)
      if (method.by === 'usage')
        for (const used of method.devices ?? (device === null ? [] : [device])) behind.usage.add(used)
      if (method.by === 'ownership' && device !== null) need('devices', device)
    }
  }
  return behind
}

function methodsIn(method: SplitMethod): SplitMethod[] {
  if (method.by === 'metered') return [method, ...methodsIn(method.remainder)]
  if (method.by === 'mix') return [method, ...method.parts.flatMap((part) => methodsIn(part.method))]
  return [method]
}

/** Members without a bearing on any cent. */
const IDLE = new Set(['name', 'number', 'supplier', 'basis', 'decision', 'text', 'payer', 'terms', 'fault'])
const MEMBERS: Record<FactKind, (name: string, behind: Behind) => boolean> = {
  premises: (name, { methods }) =>
    name === 'timeZone' ||
    (name === 'headcounts' && methods.has('headcount')) ||
    (['spaces', 'tenancies', 'landlord'].includes(name) && methods.has('area')),
  devices: (name, { methods, asset }) =>
    name === 'points' ||
    (name === 'acquisition' && asset !== null) ||
    (name === 'ownership' && methods.has('ownership')),
  priceSeries: (name) => name === 'unit',
  tariffs: () => true,
  agreements: (name) => name === 'parties' || name === 'versions',
  meteredCosts: () => true,
  recurringCosts: () => true,
  invoices: () => true,
}

/** Which members of an object concern the item: dated rows only where they touch the month, rules only of its category. */
export function concernsOf(kind: FactKind, id: Id, month: string, behind: Behind): Concerns {
  const { first, end } = monthDays(month)
  const [from, to] = [formatDay(first), formatDay(end)]
  const keys = new Set(behind.meters.filter(({ device }) => device === id).map(({ point }) => point))
  return (names, value) => {
    const name = names.at(-1) ?? ''
    // VAT alone makes no difference in a share; that of a tariff cuts segments.
    if (name === 'vat' && kind !== 'tariffs') return false
    if (IDLE.has(name) || !MEMBERS[kind](names[0] ?? '', behind)) return false
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return true
    if (kind === 'devices' && name === 'points' && 'key' in value) return keys.has(String(value.key))
    if (name === 'rules' && 'category' in value) return [behind.category, '*'].includes(String(value.category))
    if ('from' in value && 'to' in value && names.length <= 2)
      return touches(value as { from: LocalDate; to: LocalDate | null }, from, to)
    return true
  }
}
const touches = (row: { from: LocalDate; to: LocalDate | null }, from: LocalDate, to: LocalDate): boolean =>
  row.from < to && (row.to === null || row.to > from)
