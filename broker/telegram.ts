// A message with readings on its way from the packet to the acknowledgement.
import type { Connector } from '#domain/ports/records.ts'
import type { Decoded } from './codecs/codec.ts'
import type { MessageTrace } from './message-trace.ts'
import type { Session } from './session.ts'

/** Who sent it: an open session, or whoever once sent what is replayed from the quarantine. */
export type Sender = Pick<Session, 'device' | 'credential' | 'gateway' | 'entry'>

export type Telegram = {
  readonly sender: Sender
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: number
  /** Milliseconds since 1970 when it was received; also the instant of readings that have none. */
  readonly receivedAt: number
  /** When the platform learns its readings: `receivedAt`, or when it is replayed. What was known before stays what it was. */
  readonly learnedAt: number
  /** The connector that covers the topic; null for a device's own telemetry topic. */
  readonly connector: Connector | null
  /** Lets aedes go on: null acknowledges, an error closes the connection. */
  readonly done: (error: Error | null) => void
  /** Of one message in many. */
  trace?: MessageTrace | null
  /** What it was read as, where reading it twice would differ (memory of births and uplinks) or cost much (mappings). */
  decoded?: Decoded
  /** Readings given to the store in the last attempt. */
  readings: number
  /** Something of it went to the quarantine, which must be durable too. */
  hasQuarantine: boolean
  /** The quarantine had no room for it, so it is not acknowledged. */
  isUnkept: boolean
}
