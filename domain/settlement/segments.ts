// Cutting a month, and an item with it, into segments.
import type { InForce, InForceRun } from '#domain/agreement/in-force.ts'
import type { VatTreatment } from '#domain/agreement/tariff.ts'
import { sameVat } from '#domain/agreement/tariff.ts'

/** A segment [from, end) of a month, and the item's days [firstDay, endDay) in it. All are day numbers. */
export type Segment = {
  from: number
  end: number
  firstDay: number
  endDay: number
  inForce: InForce | null
  vat: VatTreatment | null
}

/**
 * The segments of the month in which the item has days: cut where the agreement version in force changes, and, when
 * `vatByDay` is given (one for each of the item's days), where VAT category or rate changes within its days.
 */
export function cutItem(
  runs: readonly InForceRun[],
  firstDay: number,
  endDay: number,
  vatByDay: readonly (VatTreatment | null)[],
): Segment[] {
  const cuts = new Set<number>()
  for (let i = 1; i < vatByDay.length; i += 1) if (!sameVat(vatByDay[i - 1]!, vatByDay[i]!)) cuts.add(firstDay + i)
  const segments: Segment[] = []
  for (const run of runs) {
    const inRun = [...cuts].filter((cut) => cut > run.firstDay && cut < run.endDay).sort((a, b) => a - b)
    const edges = [run.firstDay, ...inRun, run.endDay]
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const first = Math.max(edges[i]!, firstDay)
      const end = Math.min(edges[i + 1]!, endDay)
      if (first >= end) continue
      const vat = vatByDay[first - firstDay] ?? null
      segments.push({ from: edges[i]!, end: edges[i + 1]!, firstDay: first, endDay: end, inForce: run.inForce, vat })
    }
  }
  return segments
}
