// What the broker asks of the telemetry store: to take readings, and once, at the start, when each device was heard last.
import type { Telemetry } from '#domain/ports/telemetry.ts'

export type BrokerTelemetry = Pick<Telemetry, 'seriesOf' | 'seriesOfDevice' | 'add' | 'commit' | 'latest'>
