// What the settlement asks of the telemetry store: which meters, from when to when.
import type { PointRef } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'

/** One meter and the instants [from, to] (ms) that a settlement needs of it. */
export type ReadingsRequest = PointRef & { from: number; to: number }
/** Answers of the requests; null where the meter has no numeric reading at all. */
export type ReadingsOf = (ref: PointRef) => MeterReadings | null
