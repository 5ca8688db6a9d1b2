// What decides whether a meter may be billed by, as it is recorded for a device.
import { MeterFacts } from './bundle.ts'
import { closed, orNull } from './common.ts'
import type { Static } from 'typebox'

/** `null` takes back what was recorded. */
export const MeterFactsWanted = closed({ meter: orNull(MeterFacts) })
export type MeterFactsWanted = Static<typeof MeterFactsWanted>
