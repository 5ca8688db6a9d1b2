// What is known of a device's money on a day: book value and each owner's part, what still encumbers, what ends, the replacement's parts.
import { divideByWeights } from '#domain/quantity/largest-remainder.ts'
import { formatFraction } from '#domain/quantity/fraction.ts'
import { dayNumber, formatDay, monthDays, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Decimal, Device, Grant, Id, LocalDate } from '#domain/registry/bundle.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import { bookValue } from '#domain/settlement/items/depreciation.ts'
import { isToBeHeard, lifecycleOn } from './lifecycle.ts'

export const COVERS = ['warranty', 'serviceContract', 'insurance'] as const
type CoverName = (typeof COVERS)[number]
/** Days before an end on which it is told. */
const TOLD_DAYS = 90

/** An owner's exact part, as a fraction of one, and its cents by largest remainder: parts add up to the whole. */
type OwnersPart = { organisation: Id; share: string; amount: Decimal }
/** An amount divided among the owners of a day; empty where nobody owns it then. */
export function ownersParts(device: Device, date: LocalDate, cents: bigint): OwnersPart[] {
  const owners = rolesOn(device, date).flatMap(({ organisation, share }) =>
    share === null ? [] : [{ organisation, share }],
  )
  const parts = divideByWeights(
    cents,
    owners.map(({ share }) => share),
  )
  if (parts === null) return []
  return owners.map(({ organisation, share }, i) => ({
    organisation,
    share: formatFraction(share),
    amount: formatCents(parts[i]?.cents ?? 0n),
  }))
}

/** The first day after the expected life; null where either date or months are not known. */
export function lifeEnds({ acquisition, expectedLifeMonths }: Device): LocalDate | null {
  if (acquisition === undefined || expectedLifeMonths === undefined) return null
  const month = monthOfIndex(monthIndex(acquisition.date.slice(0, 7)) + expectedLifeMonths)
  const { first, end } = monthDays(month)
  return formatDay(Math.min(first + Number(acquisition.date.slice(8)) - 1, end - 1))
}

/** Grants that are encumbered on a date: its transfer or scrapping on that day may mean paying them back. */
export const encumbering = ({ funding = [] }: Pick<Device, 'funding'>, date: LocalDate): Grant[] =>
  funding.filter(({ encumberedUntil }) => encumberedUntil !== undefined && date <= encumberedUntil)

type MoneyWarning = {
  code:
    | `${CoverName}-ends`
    | 'serviceContract-ended'
    | 'insurance-ended'
    | 'grant-encumbers'
    | 'life-over'
    | 'replacement-due'
  /** The day that matters, and who is behind it where somebody is. */
  on: LocalDate
  by: string | null
}
/**
 * What should be known on a day: a cover that ends within 90 days or has ended while the device is used, a retired device whose
 * grant was encumbered on the day of its retirement, an expected life that is over, a replacement that is due.
 */
export function moneyWarnings(device: Device, date: LocalDate): MoneyWarning[] {
  const found: MoneyWarning[] = []
  const state = lifecycleOn(device, date)
  const soon = formatDay(dayNumber(date) + TOLD_DAYS)
  const retired = device.lifecycle?.find((row) => row.state === 'retired')
  if (retired !== undefined)
    for (const { by, encumberedUntil } of encumbering(device, retired.from))
      if (encumberedUntil !== undefined) found.push({ code: 'grant-encumbers', on: encumberedUntil, by })
  if (state === 'retired') return found
  for (const name of COVERS) {
    const cover = device[name]
    if (cover === undefined || cover.until > soon) continue
    if (cover.until >= date) found.push({ code: `${name}-ends`, on: cover.until, by: cover.by })
    else if (name !== 'warranty' && isToBeHeard(state))
      found.push({ code: `${name}-ended`, on: cover.until, by: cover.by })
  }
  const ends = lifeEnds(device)
  if (ends !== null && ends <= date) found.push({ code: 'life-over', on: ends, by: null })
  const { replacement } = device
  if (replacement !== undefined && replacement.on <= soon)
    found.push({ code: 'replacement-due', on: replacement.on, by: null })
  return found
}

/** Whether anything is known of its money. */
export const hasMoneyFacts = (device: Device): boolean =>
  [
    device.acquisition,
    device.supplier,
    device.funding,
    device.expectedLifeMonths,
    device.replacement,
    ...COVERS.map((name) => device[name]),
  ].some((fact) => fact !== undefined)

type MoneyOn = {
  bookValue: Decimal | null
  bookParts: OwnersPart[]
  lifeEnds: LocalDate | null
  replacementParts: OwnersPart[]
  warnings: MoneyWarning[]
}
/** Everything that is computed of the money facts on a day. The replacement is borne by the owners of its own day. */
export function moneyOn(device: Device, date: LocalDate): MoneyOn {
  const { acquisition, replacement } = device
  const cents = acquisition === undefined ? null : bookValue(acquisition, date)
  return {
    bookValue: cents === null ? null : formatCents(cents),
    bookParts: cents === null ? [] : ownersParts(device, date, cents),
    lifeEnds: lifeEnds(device),
    replacementParts:
      replacement === undefined ? [] : ownersParts(device, replacement.on, parseCents(replacement.cost) ?? 0n),
    warnings: moneyWarnings(device, date),
  }
}
