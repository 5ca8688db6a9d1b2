// A device's part, or the device for a time, goes to another organisation: offered by its owner, accepted by the receiver.
import { buyOut } from '#domain/party-change/buy-out.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Decimal, Device, DeviceRole, Grant, Id, Instant, LocalDate, RoleRow } from '#domain/registry/bundle.ts'
import { isInForce, rolesOn } from '#domain/registry/roles.ts'
import { encumbering } from './money-facts.ts'

/** A transfer passes the giver's whole part for good; a loan passes the role of holder until a day. */
export type TransferWanted =
  | { kind: 'transfer'; receiver: Id; from: LocalDate; price?: Decimal; note?: string }
  | { kind: 'loan'; receiver: Id; from: LocalDate; to: LocalDate; note?: string }
/** What it comes to, as the books stand on its day. */
export type TransferFigures = {
  /** The giver's exact part, such as 1/3; null for a loan. */
  share: string | null
  bookValue: Decimal | null
  shareValue: Decimal | null
  /** What is paid, net: as agreed, else what the giver has financed of it (domain/party-change/buy-out.ts). */
  price: Decimal | null
  /** Whether what is left of the purchase is depreciated for the receiver from then on. */
  financed: boolean
  /** Grants that are still encumbered on its day. */
  encumbering: Grant[]
}
export type TransferEvent = {
  what: 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'returned'
  at: Instant
  by: string
}
export type Transfer = {
  device: Id
  giver: Id
  wanted: TransferWanted
  figures: TransferFigures
  events: TransferEvent[]
  reason: string | null
}
/** States: offered → accepted, declined or withdrawn; an accepted loan → returned. */
export const TRANSFER = paperKind<Transfer>('transfer')

export type TransferRefusal = 'not-owner' | 'same' | 'dates-reversed' | 'retired' | 'held-by-another'
export type TransferPlan =
  | { ok: true; device: Device; figures: TransferFigures }
  | { ok: false; reason: TransferRefusal }

/** The roles that go along with a part: who keeps it, pays its running costs, and answers for its data. */
const PASSING: readonly RoleRow['role'][] = ['holder', 'payer', 'dataHolder']

/** The device as it is after it, and what it comes to; or why it can't be. */
export function planTransfer(device: Device, giver: Id, wanted: TransferWanted, landlord: Id): TransferPlan {
  const { receiver, from } = wanted
  if (receiver === giver) return { ok: false, reason: 'same' }
  const owns = (device.ownership ?? []).some((row) => isInForce(row, from) && Object.hasOwn(row.shares, giver))
  if (!owns) return { ok: false, reason: 'not-owner' }
  if ((device.lifecycle ?? []).some((row) => row.state === 'retired' && row.from <= from))
    return { ok: false, reason: 'retired' }
  if (wanted.kind === 'loan') {
    if (wanted.to <= from) return { ok: false, reason: 'dates-reversed' }
    if (!mayLend(device, giver, from)) return { ok: false, reason: 'held-by-another' }
    const roles = [
      ...lent(device.roles ?? [], from, wanted.to),
      { role: 'holder' as const, organisation: receiver, from, to: wanted.to },
    ]
    const figures = { share: null, bookValue: null, shareValue: null, price: null, financed: false }
    return { ok: true, device: { ...device, roles }, figures: { ...figures, encumbering: encumbering(device, from) } }
  }
  const bought = buyOut(device, giver, from, receiver, landlord)
  if (bought === null) return { ok: false, reason: 'not-owner' }
  const { share, bookValue, shareValue, price, financed } = bought.buyOut
  return {
    ok: true,
    device: { ...bought.device, ...rolesPassed(device, giver, receiver, from) },
    figures: {
      share,
      bookValue,
      shareValue,
      price: wanted.price ?? price,
      financed,
      encumbering: encumbering(device, from),
    },
  }
}

/** A co-owner doesn't lend what somebody else holds: the loan would take it from the holder, who isn't asked. */
const mayLend = (device: Device, giver: Id, from: LocalDate): boolean => {
  const on = rolesOn(device, from)
  const having = (role: DeviceRole): Id[] =>
    on.filter((one) => one.role === role).map(({ organisation }) => organisation)
  const [owners, holders] = [having('owner'), having('holder')]
  return owners.length === 1 || holders.length === 0 || holders.includes(giver)
}

/** Whoever keeps it does so until the loan begins, and again from its end on. */
const lent = (rows: readonly RoleRow[], from: LocalDate, to: LocalDate): RoleRow[] =>
  rows.flatMap((row) => {
    if (row.role !== 'holder' || (row.to !== null && row.to <= from) || row.from >= to) return [row]
    const before = row.from < from ? [{ ...row, to: from }] : []
    const after = row.to === null || row.to > to ? [{ ...row, from: to }] : []
    return [...before, ...after]
  })

/** The giver's passing roles end on the day; the receiver has them from then on, as long as the giver would have had. */
const rolesPassed = ({ roles }: Device, giver: Id, receiver: Id, from: LocalDate): Pick<Device, 'roles'> =>
  roles === undefined
    ? {}
    : {
        roles: roles.flatMap((row) => {
          if (row.organisation !== giver || !PASSING.includes(row.role) || (row.to !== null && row.to <= from))
            return [row]
          if (row.from >= from) return [{ ...row, organisation: receiver }]
          return [
            { ...row, to: from },
            { ...row, organisation: receiver, from },
          ]
        }),
      }
