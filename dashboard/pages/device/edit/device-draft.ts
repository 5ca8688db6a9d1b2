// One device as it is written in the form, and the change that the form asks for: only what differs from what is recorded.
import type { DeviceChangeWanted } from '#contract/device-change.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { typedAmount } from '#dashboard/client/typed-amount.ts'
import type { VatCategory } from '#dashboard/components/VatFields.tsx'
import { namesOf, writtenNames, type WrittenNames } from '#dashboard/components/NamesFields.tsx'
import { tagsOf } from '#dashboard/components/tags.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { moneyDraftOf, moneyOf, type MoneyDraft } from '#dashboard/pages/device/money-draft.ts'

export const OTHER_ROLES = ['holder', 'maintainer', 'acquirer', 'payer', 'dataHolder', 'user'] as const
export type OtherRole = (typeof OTHER_ROLES)[number]
export type Owner = { organisation: string; part: string }
export type RolesDraft = { owners: readonly Owner[]; holders: Readonly<Record<OtherRole, readonly string[]>> }
export type PurchaseDraft = {
  cost: string
  date: string
  usefulLifeMonths: string
  residual: string
  payer: string
  category: string
  vatCategory: VatCategory
  vatRate: string
}
export type DeviceDraft = {
  name: WrittenNames
  serial: string
  manufacturer: string
  model: string
  type: string
  space: string
  tags: string
  expectedInterval: string
  purchase: PurchaseDraft
  money: MoneyDraft
  from: string
  /** Null: as they are on the day. */
  roles: RolesDraft | null
}

const USUAL_VAT = '25.5'
export function draftOf(device: DeviceRecorded, today: string): DeviceDraft {
  const { acquisition } = device
  return {
    name: writtenNames(device.name),
    serial: device.serial ?? '',
    manufacturer: device.manufacturer ?? '',
    model: device.model ?? '',
    type: device.type ?? '',
    space: device.space ?? '',
    tags: (device.tags ?? []).join(', '),
    expectedInterval: device.expectedInterval ?? '',
    purchase: {
      cost: acquisition?.cost ?? '',
      date: acquisition?.date ?? '',
      usefulLifeMonths: acquisition?.usefulLifeMonths.toString() ?? '',
      residual: acquisition?.residual ?? '',
      payer: acquisition?.payer ?? '',
      category: acquisition?.category ?? 'equipment',
      vatCategory: acquisition?.vat.category ?? 'S',
      vatRate: acquisition?.vat.category === 'S' ? acquisition.vat.rate : USUAL_VAT,
    },
    money: moneyDraftOf(device),
    from: today,
    roles: null,
  }
}

type Dated = { from: string; to: string | null }
/** Who has which role on a day, as the form shows it. */
export function rolesDraftOn({ ownership = [], roles = [] }: DeviceRecorded, day: string): RolesDraft {
  const holds = ({ from, to }: Dated): boolean => from <= day && (to === null || day < to)
  const of = (role: OtherRole): string[] => [
    ...new Set(roles.filter((row) => row.role === role && holds(row)).map(({ organisation }) => organisation)),
  ]
  return {
    owners: Object.entries(ownership.find(holds)?.shares ?? {}).map(([organisation, part]) => ({ organisation, part })),
    holders: {
      holder: of('holder'),
      maintainer: of('maintainer'),
      acquirer: of('acquirer'),
      payer: of('payer'),
      dataHolder: of('dataHolder'),
      user: of('user'),
    },
  }
}

const acquisitionOf = (written: PurchaseDraft, before: DeviceRecorded['acquisition']): unknown => {
  const { cost, date, usefulLifeMonths, residual, payer, category, vatCategory, vatRate } = written
  if ([cost, date, usefulLifeMonths, payer].every((text) => text.trim() === '')) return null
  const rate = vatCategory === 'S' ? typedDecimal(vatRate) : '0'
  const basis = before !== undefined && before.vat.category === vatCategory ? before.vat.basis : undefined
  return {
    cost: typedAmount(cost),
    ...(residual.trim() === '' ? {} : { residual: typedAmount(residual) }),
    date,
    usefulLifeMonths: Number(usefulLifeMonths),
    payer,
    // Absent is `equipment`: it is not written where it never stood.
    ...(category === 'equipment' && before?.category === undefined ? {} : { category }),
    vat: { category: vatCategory, rate, ...(basis === undefined ? {} : { basis }) },
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))
const ordered = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, ordered(inner)]),
      )
    : Array.isArray(value)
      ? value.map(ordered)
      : (value ?? null)
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** Hidden fields are never among it, as the form does not show them. @throws RequestError for a sum that is none */
export function changeOf(draft: DeviceDraft, device: DeviceRecorded): Omit<DeviceChangeWanted, 'apply'> {
  const hidden = new Set(device.hidden)
  const tags = tagsOf(draft.tags)
  const money = moneyOf(draft.money)
  const before: Record<string, unknown> = { ...device }
  const wished: Record<string, unknown> = {
    ...(hidden.has('name') ? {} : { name: namesOf(draft.name) }),
    ...(hidden.has('serial') ? {} : { serial: orNull(draft.serial) }),
    ...(hidden.has('model') ? {} : { manufacturer: orNull(draft.manufacturer), model: orNull(draft.model) }),
    ...(hidden.has('type') ? {} : { type: orNull(draft.type), tags: tags.length === 0 ? null : tags }),
    ...(hidden.has('place') ? {} : { space: orNull(draft.space) }),
    ...(hidden.has('readings') ? {} : { expectedInterval: orNull(draft.expectedInterval) }),
    acquisition: acquisitionOf(draft.purchase, device.acquisition),
    ...(hidden.has('money')
      ? {}
      : Object.fromEntries(
          ['supplier', 'funding', 'warranty', 'serviceContract', 'insurance', 'expectedLifeMonths', 'replacement'].map(
            (key) => [key, money[key] ?? null],
          ),
        )),
  }
  const set = Object.fromEntries(Object.entries(wished).filter(([key, value]) => !same(value, before[key])))
  const rolesNow = rolesDraftOn(device, draft.from)
  return {
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(draft.roles === null || same(draft.roles, rolesNow)
      ? {}
      : { roles: { from: draft.from, ...rolesOf(draft.roles, rolesNow) } }),
  }
}

/** Only the roles that differ: what stands unchanged keeps its rows. */
function rolesOf({ owners, holders }: RolesDraft, now: RolesDraft): object {
  const named = owners.filter(({ organisation }) => organisation !== '')
  const differing = OTHER_ROLES.filter((role) => !same(holders[role], now.holders[role]))
  return {
    ...(same(owners, now.owners)
      ? {}
      : { shares: Object.fromEntries(named.map(({ organisation, part }) => [organisation, typedDecimal(part)])) }),
    ...(differing.length === 0 ? {} : { holders: Object.fromEntries(differing.map((role) => [role, holders[role]])) }),
  }
}
