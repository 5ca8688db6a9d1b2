// Dated rows when one body's rights and duties pass to another: cut at the date, continued by the successor.
import { add, formatExact, parseDecimalFraction, ZERO } from '#domain/quantity/fraction.ts'
import type { Decimal, Id, LocalDate, OwnershipRow } from '#domain/registry/bundle.ts'

/** `organisation` is succeeded by `successor` from the local date `from` on. */
export type SuccessionOrder = { organisation: Id; successor: Id; from: LocalDate }

type Dated = { from: LocalDate; to: LocalDate | null }
type Held = Dated & { organisation: Id }

/** What becomes of one row: as it was (before the date), passed whole (after it), or cut in two. */
const cut = <T extends Dated>(row: T, from: LocalDate, pass: (row: T) => T): T[] => {
  if (row.to !== null && row.to <= from) return [row]
  if (row.from >= from) return [pass(row)]
  return [{ ...row, to: from }, pass({ ...row, from })]
}

/** Rows of the organisation; the list itself when none of them reaches beyond the date. */
export const passRows = <T extends Held>(rows: readonly T[], { organisation, successor, from }: SuccessionOrder): T[] =>
  rows.flatMap((row) =>
    row.organisation === organisation ? cut(row, from, (rest) => ({ ...rest, organisation: successor })) : [row],
  )

/** Shares of the organisation go to the successor, in its place; what the successor has already is added. */
export const passShares = (
  shares: Record<Id, Decimal>,
  { organisation, successor }: SuccessionOrder,
): Record<Id, Decimal> => {
  if (!Object.hasOwn(shares, organisation)) return shares
  const part = (id: Id) => (Object.hasOwn(shares, id) ? (parseDecimalFraction(shares[id] ?? '') ?? ZERO) : ZERO)
  const joint = formatExact(add(part(organisation), part(successor))) ?? '0'
  const entries = Object.entries(shares).filter(([id]) => id !== successor)
  return Object.fromEntries(entries.map(([id, share]) => (id === organisation ? [successor, joint] : [id, share])))
}

export const passOwnership = (rows: readonly OwnershipRow[], order: SuccessionOrder): OwnershipRow[] =>
  rows.flatMap((row) =>
    Object.hasOwn(row.shares, order.organisation)
      ? cut(row, order.from, (rest) => ({ ...rest, shares: passShares(rest.shares, order) }))
      : [row],
  )

/** Free days of [from, to) between rows that do not overlap. */
export const gapsBetween = (
  rows: readonly Dated[],
  from: LocalDate,
  to: LocalDate,
): { from: LocalDate; to: LocalDate }[] => {
  const gaps: { from: LocalDate; to: LocalDate }[] = []
  let free = from
  for (const row of rows.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (row.to !== null && row.to <= free) continue
    if (row.from >= to) break
    if (row.from > free) gaps.push({ from: free, to: row.from })
    if (row.to === null || row.to >= to) return gaps
    free = row.to
  }
  if (free < to) gaps.push({ from: free, to })
  return gaps
}
