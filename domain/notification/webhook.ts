// An endpoint of an organisation's own program, which is told of occurrences by signed HTTPS requests (Standard Webhooks).
import { SEVERITIES, type Severity } from '#domain/alarms/rule.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { familyOf, type Family, type Occurrence } from './occurrence.ts'

/** A secret, sealed; `until` (milliseconds since 1970) is when an earlier one ends, null for the one in force. */
export type WebhookSecret = { sealed: string; until: number | null }
export type Webhook = {
  name: string
  /** Null: the operator's. */
  organisation: Id | null
  url: string
  families: readonly Family[]
  from: Severity
  /** Null: of all premises that the organisation sees. */
  premises: Id | null
  /** The newest first. */
  secrets: readonly WebhookSecret[]
  /** Since when nothing has come through; null while it works. */
  failingSince: number | null
}
/** States: `on`, `off`, and `disabled` after days of failure. */
export const WEBHOOK = paperKind<Webhook>('webhook')

/** What a sealed secret is for, so that it fits nowhere else. */
export const webhookSecret = (id: Id): string => `webhook/${id}/secret`
/** How long the secret before a change still signs beside the new one. */
export const OLD_SECRET_MS = 24 * 3_600_000
/** An endpoint that fails for so long is disabled. */
export const DISABLED_AFTER_MS = 5 * 24 * 3_600_000

/** `alarm-raised` is `alarm.raised` to programs. */
export const messageType = (kind: Occurrence['kind']): string => kind.replace('-', '.')

export const isWanted = (
  { families, from, premises }: Pick<Webhook, 'families' | 'from' | 'premises'>,
  occurrence: Pick<Occurrence, 'kind' | 'severity' | 'premises'>,
): boolean =>
  families.includes(familyOf(occurrence.kind)) &&
  SEVERITIES.indexOf(occurrence.severity) >= SEVERITIES.indexOf(from) &&
  (premises === null || premises === occurrence.premises)

/** The secrets that sign now: the newest, and the one before it for a while. */
export const signingSecrets = ({ secrets }: Pick<Webhook, 'secrets'>, now: number): string[] =>
  secrets.filter(({ until }) => until === null || now < until).map(({ sealed }) => sealed)
