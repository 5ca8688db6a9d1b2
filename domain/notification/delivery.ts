// The outbox: what is on its way to people by e-mail and to programs by webhook, with each attempt; and when it is tried again.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Thing } from './occurrence.ts'

/** One try: HTTP status where there was one, how long it took, what went wrong. */
export type Attempt = { at: number; status: number | null; durationMs: number; error: string | null }

/** A mail to one person. It gathers what comes before it is due; the text is written when it leaves, as things stand then. */
export type MailDelivery = {
  user: Id
  way: 'at-once' | 'hourly' | 'daily' | 'test'
  things: readonly Thing[]
  more: number
  attempts: readonly Attempt[]
}
export const MAIL = paperKind<MailDelivery>('mail-delivery')

/** A message to an endpoint; `body` is sent byte by byte the same each time. */
export type WebhookDelivery = {
  webhook: Id
  /** `alarm.raised`, `webhook.test`, … */
  type: string
  /** The paper that it tells of: it is sent only while the organisation sees it. Null for a test. */
  paper: { kind: string; id: Id } | null
  body: string
  /** Failed tries since it was made, or sent again by a person. */
  tries: number
  attempts: readonly Attempt[]
}
export const WEBHOOK_DELIVERY = paperKind<WebhookDelivery>('webhook-delivery')

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Pauses after each failed try; after the last one it is given up. Two days in all. */
const PAUSES_MS = [
  5_000,
  30_000,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
]
/** Attempts that are kept one by one. */
export const ATTEMPTS_KEPT = 20

/** How long to wait after so many failed tries, less up to a fifth at random (`chance` in [0, 1)); null: no more. */
export function pauseAfter(attempts: number, chance: number): number | null {
  const pause = PAUSES_MS[attempts - 1]
  return pause === undefined ? null : Math.floor(pause * (1 - chance / 5))
}
