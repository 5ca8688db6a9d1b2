// Sends the webhook messages that are due, each signed; one endpoint after the other's pace, with retries, dead letters, and an end after days of failure.
import {
  ATTEMPTS_KEPT,
  pauseAfter,
  WEBHOOK_DELIVERY,
  type Attempt,
  type WebhookDelivery,
} from '#domain/notification/delivery.ts'
import { Failure } from '#domain/failure.ts'
import {
  DISABLED_AFTER_MS,
  signingSecrets,
  WEBHOOK,
  webhookSecret,
  type Webhook,
} from '#domain/notification/webhook.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import type { Trace } from '#domain/ports/trace.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Log } from '#server/log.ts'
import { post, type PostLimits } from './post.ts'
import { signedHeaders } from './signature.ts'

const ALL = { organisation: null }
const MESSAGES_PER_RUN = 500
/** Endpoints that are sent to at one time, and how long one is left alone after it failed. */
const AT_ONCE = 8
const REST_MS = 60_000
const GONE = 410

export type WebhookParts = {
  records: Records
  sealer: Sealer
  now: () => number
  random: () => number
  log: Log
  actor: Actor
  /** Hosts that the operator allows beyond the public internet. */
  named: ReadonlySet<string>
  limits: PostLimits
  trace?: Trace | null
  /** Until when an endpoint is left alone. */
  resting: Map<Id, number>
  counted(state: 'sent' | 'failed' | 'dead' | 'dropped'): void
}

export async function sendDueMessages(parts: WebhookParts): Promise<void> {
  const { records, now } = parts
  const query = { states: ['due', 'failed'], dueBefore: now() + 1, limit: MESSAGES_PER_RUN }
  const { items } = await records.listPapers(ALL, WEBHOOK_DELIVERY, query)
  const queues = [...Map.groupBy(items, ({ body }) => body.webhook)]
  const work = async (): Promise<void> => {
    for (let next = queues.shift(); next !== undefined; next = queues.shift())
      try {
        await sendTo(parts, ...next)
      } catch (error) {
        // Its secret cannot be opened, or it was changed just now: the other endpoints go on.
        parts.resting.set(next[0], now() + REST_MS)
        parts.log.warn('a webhook cannot be sent to', { webhook: next[0], error: String(error) })
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** The messages of one endpoint, one after the other; after a failure the others wait. */
async function sendTo(parts: WebhookParts, id: Id, messages: StoredPaper<WebhookDelivery>[]): Promise<void> {
  const { records, now, resting } = parts
  for (const message of messages) {
    if ((resting.get(id) ?? 0) > now() && message.body.type !== 'webhook.test') continue
    const webhook = await records.getPaper(ALL, WEBHOOK, id)
    if (!(await mayBeSent(parts, webhook, message))) continue
    if (webhook === null) continue
    const isDone = await sendMessage(parts, webhook, message)
    if (isDone) resting.delete(id)
    // A person who tries it out holds nothing up.
    else if (message.body.type !== 'webhook.test') resting.set(id, now() + REST_MS)
  }
}

/** Given up for an endpoint that is no more or is off; dropped when its organisation sees the matter no more. */
async function mayBeSent(
  parts: WebhookParts,
  webhook: StoredPaper<Webhook> | null,
  message: StoredPaper<WebhookDelivery>,
): Promise<boolean> {
  const { paper, type } = message.body
  if (webhook === null || (webhook.state !== 'on' && type !== 'webhook.test')) {
    parts.counted('dead')
    await put(parts, [changed(message, 'dead', null, attempt(parts.now(), 0, null, 'The webhook is off.'))], 'dead')
    return false
  }
  const { organisation } = webhook.body
  if (paper !== null && (await parts.records.getPaper({ organisation }, paper.kind, paper.id)) === null) {
    parts.counted('dropped')
    await put(parts, [changed(message, 'dropped', null, null)], 'dropped')
    return false
  }
  return true
}

async function sendMessage(
  parts: WebhookParts,
  webhook: StoredPaper<Webhook>,
  message: StoredPaper<WebhookDelivery>,
): Promise<boolean> {
  const { sealer, now, named, limits, counted, log } = parts
  const startedAt = now()
  const started = performance.now()
  const secrets = signingSecrets(webhook.body, startedAt).map((sealed) =>
    sealer.open(sealed, webhookSecret(webhook.id)),
  )
  const headers = signedHeaders(message.id, startedAt, message.body.body, secrets)
  // Whoever takes it can join its own trace to ours.
  const under = parts.trace?.current()
  if (under != null) headers['traceparent'] = under.traceparent
  const posted = await post(webhook.body.url, headers, message.body.body, named, limits)
  const durationMs = Math.floor(performance.now() - started)
  const { status } = posted
  if (posted.error === null && posted.retryAfterMs === null && (status ?? 0) < 300) {
    counted('sent')
    const mended = webhook.body.failingSince === null ? [] : [standing(webhook, webhook.state, null)]
    await put(parts, [changed(message, 'sent', null, attempt(startedAt, durationMs, status, null)), ...mended], 'sent')
    return true
  }
  const error = posted.error ?? `It answered ${status ?? 0}.`
  const isTest = message.body.type === 'webhook.test'
  const pause = isTest ? null : pauseAfter(message.body.tries + 1, parts.random())
  const state = pause === null ? 'dead' : 'failed'
  counted(state)
  log.warn('a webhook message was not taken', { webhook: webhook.id, delivery: message.id, error })
  const dueAt = pause === null ? null : now() + Math.max(pause, posted.retryAfterMs ?? 0)
  await put(
    parts,
    [
      changed(message, state, dueAt, attempt(startedAt, durationMs, status, error)),
      ...(isTest ? [] : failing(webhook, status, startedAt)),
    ],
    state,
  )
  return false
}

/** Since when it fails; given up after days of it, or when it says that it is gone for good. */
function failing(webhook: StoredPaper<Webhook>, status: number | null, at: number): PaperChange[] {
  const since = webhook.body.failingSince
  if (status === GONE || (since !== null && at - since >= DISABLED_AFTER_MS))
    return [standing(webhook, 'disabled', since ?? at)]
  return since === null ? [standing(webhook, webhook.state, at)] : []
}

const attempt = (at: number, durationMs: number, status: number | null, error: string | null): Attempt => ({
  at,
  status,
  durationMs,
  error,
})
const standing = (
  { id, premises, audience, version, body }: StoredPaper<Webhook>,
  state: string,
  failingSince: number | null,
): PaperChange => ({
  kind: WEBHOOK,
  paper: { id, premises, audience, state, dueAt: null, body: { ...body, failingSince } },
  expectedVersion: version,
})
const changed = (
  { id, premises, audience, version, body }: StoredPaper<WebhookDelivery>,
  state: 'sent' | 'failed' | 'dead' | 'dropped',
  dueAt: number | null,
  tried: Attempt | null,
): PaperChange => ({
  kind: WEBHOOK_DELIVERY,
  paper: {
    id,
    premises,
    audience,
    state,
    dueAt,
    body: {
      ...body,
      tries: body.tries + Number(tried?.error != null),
      attempts: [...body.attempts, ...(tried === null ? [] : [tried])].slice(-ATTEMPTS_KEPT),
    },
  },
  expectedVersion: version,
})
/** The first is the message; what is known of the endpoint gives way to somebody who changes it just now. */
async function put({ records, actor }: WebhookParts, papers: PaperChange[], state: string): Promise<void> {
  try {
    await records.changePapers({ papers }, actor, `webhook.${state}`)
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'changed-meanwhile' && papers.length > 1)) throw error
    await records.changePapers({ papers: papers.slice(0, 1) }, actor, `webhook.${state}`)
  }
}
