// A listener: a program of an organisation that follows occurrences by MQTT. Its credential may subscribe to one topic and publish nothing.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type Listener = { name: string; organisation: Id }
/** The id is the user name of its credential. State: `on`. */
export const LISTENER = paperKind<Listener>('listener')

/** The one topic of an organisation's occurrences. */
export const notifyTopic = (organisation: Id): string => `samtila/v1/notify/${organisation}`
