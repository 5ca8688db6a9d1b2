// The buy-out of a device at book value: who takes the leaver's part and what it financed, and for how much.
import { divideByWeights } from '#domain/quantity/largest-remainder.ts'
import {
  add,
  compare,
  divide,
  formatFraction,
  parseDecimalFraction,
  subtract,
  sum,
  ONE,
  ZERO,
} from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { formatExact } from '#domain/quantity/fraction.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { Decimal, Device, Id, LocalDate, OwnershipRow } from '#domain/registry/bundle.ts'
import { isInForce } from '#domain/registry/roles.ts'
import { bookValue } from '#domain/settlement/items/depreciation.ts'
import type { BuyOut } from './party-change.ts'

/** The device after the buy-out with what is paid for it; null when the body neither owns a part then nor later, nor financed it. */
export function buyOut(
  device: Device,
  leaver: Id,
  from: LocalDate,
  wanted: Id | undefined,
  landlord: Id,
): { device: Device; buyOut: BuyOut } | null {
  const { acquisition, ownership = [] } = device
  const financed = acquisition?.payer === leaver
  const owns = ownership.some(({ shares, to }) => Object.hasOwn(shares, leaver) && (to === null || to > from))
  if (!owns && !financed) return null
  const row = ownership.find((one) => isInForce(one, from))
  const share = row === undefined ? ZERO : partOf(row, leaver)
  const buyer = wanted ?? buyerOf(device, row, leaver, landlord)
  const book = acquisition === undefined ? null : bookValue(acquisition, from)
  // The leaver's part in cents, the rest being the others': by largest remainder, so that parts add up to the book value.
  const part = book === null ? null : (divideByWeights(book, [share, subtract(ONE, share)])?.[0]?.cents ?? 0n)
  const owed = part === null ? null : financed ? 0n : part
  const price = book === null ? null : financed ? book : 0n
  const cents = (amount: bigint | null): Decimal | null => (amount === null ? null : formatCents(amount))
  return {
    device: {
      ...device,
      ...(owns ? { ownership: ownership.flatMap((one) => passed(one, leaver, buyer, from)) } : {}),
      ...(financed && acquisition !== undefined ? { acquisition: { ...acquisition, payer: buyer } } : {}),
    },
    buyOut: {
      device: device.id,
      buyer,
      share: formatFraction(share),
      bookValue: cents(book),
      shareValue: cents(part),
      stillOwed: cents(owed),
      price: cents(price),
      financed,
    },
  }
}

/** An owner's exact part of a row. */
function partOf({ shares }: OwnershipRow, owner: Id): Fraction {
  const whole = sum(Object.values(shares).map(numberOf))
  return Object.hasOwn(shares, owner) && whole.n !== 0n ? divide(numberOf(shares[owner]!), whole) : ZERO
}
const numberOf = (share: Decimal): Fraction => parseDecimalFraction(share) ?? ZERO

function buyerOf({ acquisition }: Device, row: OwnershipRow | undefined, leaver: Id, landlord: Id): Id {
  if (acquisition !== undefined && acquisition.payer !== leaver) return acquisition.payer
  const others = Object.entries(row?.shares ?? {}).filter(([owner]) => owner !== leaver)
  const greatest = others.toSorted(([a, x], [b, y]) => -compare(numberOf(x), numberOf(y)) || (a < b ? -1 : 1))[0]
  return greatest?.[0] ?? landlord
}

/** The row up to the day, and from it on with the buyer in the leaver's place. */
function passed(row: OwnershipRow, leaver: Id, buyer: Id, from: LocalDate): OwnershipRow[] {
  if (!Object.hasOwn(row.shares, leaver) || (row.to !== null && row.to <= from)) return [row]
  const { [leaver]: given = '0', ...others } = row.shares
  const held = Object.hasOwn(others, buyer) ? numberOf(others[buyer]!) : ZERO
  const after = { ...row, shares: { ...others, [buyer]: formatExact(add(held, numberOf(given))) ?? given } }
  return row.from >= from
    ? [after]
    : [
        { ...row, to: from },
        { ...after, from },
      ]
}
