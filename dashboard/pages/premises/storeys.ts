// Spaces by storey, and which dated facts hold on a day. Pure.
import type { Space } from '#contract/bundle.ts'

/** Storeys in their natural order (2 before 10), their spaces by id; spaces without a storey last, under ''. */
export const storeysOf = (spaces: readonly Space[]): { storey: string; spaces: Space[] }[] => {
  const byStorey = Map.groupBy(spaces, ({ storey }) => storey ?? '')
  return [...byStorey]
    .map(([storey, group]) => ({
      storey,
      spaces: group.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })),
    }))
    .sort((a, b) =>
      a.storey === '' || b.storey === ''
        ? Number(a.storey === '') - Number(b.storey === '')
        : a.storey.localeCompare(b.storey, 'en', { numeric: true }),
    )
}

/** Whether a half-open span of local dates holds on a date. */
export const coversDate = ({ from, to }: { from: string; to: string | null }, date: string): boolean =>
  from <= date && (to === null || date < to)
