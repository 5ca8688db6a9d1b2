// What the settlement worker is asked and what it answers: plain data that crosses between threads.
import type { Bundle, Id, PointRef } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import type { KeptMonth } from '#domain/settlement/settle.ts'
import type { WhatIf, WhatIfInput } from '#domain/settlement/what-if.ts'
import type { FrozenSettlement, Settlement } from '#domain/settlement/settlement.ts'

export type GatheredReadings = (PointRef & { readings: MeterReadings | null })[]
/** Everything that a settlement of one month rests on. */
export type SettleJob = {
  facts: Bundle
  premises: Id
  period: string
  earlier: FrozenSettlement[]
  readings: GatheredReadings
  /** Closed months whose outcome is known: they are not computed again, and their readings may be absent. */
  recomputed: ReadonlyMap<string, KeptMonth>
  /** The closed months to adjust; all if absent. */
  adjusting?: readonly string[]
  /** Items to explain as well. */
  explain: readonly string[] | 'all'
}
/** `explanations` of the items asked for, in their order in the settlement; unknown ones are left out. */
export type SettleAnswer = {
  settlement: Settlement
  simulated: boolean
  explanations: Explanation[]
  /** Closed months that were computed again. */
  recomputed: ReadonlyMap<string, KeptMonth>
}
/** Months under other rules (domain/settlement/what-if.ts). */
export type WhatIfJob = Omit<WhatIfInput, 'readings'> & { readings: GatheredReadings }
export type SettleRequest = { call: number } & ({ job: SettleJob } | { whatIf: WhatIfJob })
export type SettleReply = { call: number } & ({ answer: SettleAnswer | WhatIf } | { error: string })
