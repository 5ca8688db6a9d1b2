// A command that a person sent to a device, and what became of it, kept as a paper.
import { paperKind } from '#domain/ports/papers.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type Downlink = {
  device: Id
  name: string
  /** JSON, by the words of the device's family. */
  params: unknown
  /** The family and topic by which it went; null when it did not. */
  via: string | null
  topic: string | null
  /** What the device answered, or why it was not sent, as JSON; null before. */
  answer: unknown
  /** Milliseconds since 1970. */
  answeredAt: number | null
}
/**
 * States: `under-way` was given to the device or its gateway, `sent` left the gateway, `done` and `failed` are the device's answer,
 * `not-sent` could not be sent. Due when it expires.
 */
export const DOWNLINK = paperKind<Downlink>('downlink')
export type DownlinkPaper = StoredPaper<Downlink>
export type DownlinkState = 'under-way' | 'sent' | 'done' | 'failed' | 'not-sent'
export const OPEN_STATES: readonly DownlinkState[] = ['under-way', 'sent']

const TOPIC = /^samtila\/v1\/([^/]+)\/commands\/([^/]+)\//

/** The command that a topic of the broker's messages is about. */
export function commandOf(topic: string): { device: Id; id: Id } | null {
  const [, device, id] = TOPIC.exec(topic) ?? []
  return device === undefined || id === undefined ? null : { device, id }
}
