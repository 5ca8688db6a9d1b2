// Tells programs: a delivery for each webhook that wants an occurrence, and a message to the listeners of each organisation that sees it.
import { LISTENER, notifyTopic } from '#domain/notification/listener.ts'
import { WEBHOOK_DELIVERY, type WebhookDelivery } from '#domain/notification/delivery.ts'
import type { Occurrence, Thing } from '#domain/notification/occurrence.ts'
import { isWanted, WEBHOOK, type Webhook } from '#domain/notification/webhook.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { describeThings } from '#api/notification/describe.ts'
import { messageOf } from './message.ts'
import { idOf } from './outbox.ts'
import type { Sight } from './people.ts'

const ALL = { organisation: null }

export type Programs = { webhooks: StoredPaper<Webhook>[]; listening: ReadonlySet<Id> }

export async function loadPrograms(records: Records): Promise<Programs> {
  const webhooks = await Array.fromAsync(allPapers(records, ALL, WEBHOOK, { states: ['on'] }))
  const listeners = await Array.fromAsync(allPapers(records, ALL, LISTENER, {}))
  return { webhooks, listening: new Set(listeners.map(({ body }) => body.organisation)) }
}

type Parts = {
  records: Records
  publicUrl: string
  now: () => number
  publish(topic: string, payload: string): Promise<void>
}
const concerns = ({ organisations }: Occurrence, organisation: Id | null): boolean =>
  organisations === null || organisation === null || organisations.includes(organisation)
const as = (occurrence: Occurrence, organisation: Id | null): Thing => ({
  ...occurrence,
  as: organisation,
  reason: 'subscribed',
})

/** The deliveries to make. */
export async function webhookDeliveries(
  { records, publicUrl, now }: Parts,
  occurrences: readonly Occurrence[],
  { webhooks }: Programs,
  sight: Sight,
): Promise<PaperChange[]> {
  const changes: PaperChange[] = []
  for (const webhook of webhooks) {
    const { organisation } = webhook.body
    const wanted: Thing[] = []
    for (const one of occurrences)
      if (isWanted(webhook.body, one) && concerns(one, organisation) && (await sight.sees(organisation, one)))
        wanted.push(as(one, organisation))
    const described = await describeThings(records, wanted)
    for (const [place, thing] of wanted.entries()) {
      const found = described[place]
      if (found == null) continue
      const body = {
        webhook: webhook.id,
        paper: thing.paper,
        tries: 0,
        attempts: [],
        ...messageOf(thing, found, publicUrl),
      }
      changes.push({
        kind: WEBHOOK_DELIVERY,
        paper: {
          id: idOf('msg', webhook.id, thing.id),
          premises: null,
          audience: organisation === null ? 'operator' : [organisation],
          state: 'due',
          dueAt: now(),
          body: body satisfies WebhookDelivery,
        },
      })
    }
  }
  return changes
}

/** Publishes to the topic of each organisation with listeners that sees it; at least once, with the id of the occurrence in it. */
export async function tellListeners(
  { records, publicUrl, publish }: Parts,
  occurrences: readonly Occurrence[],
  { listening }: Programs,
  sight: Sight,
): Promise<number> {
  let told = 0
  for (const organisation of listening) {
    const things: Thing[] = []
    for (const one of occurrences)
      if (concerns(one, organisation) && (await sight.sees(organisation, one))) things.push(as(one, organisation))
    const described = await describeThings(records, things)
    for (const [place, thing] of things.entries()) {
      const found = described[place]
      if (found == null) continue
      await publish(notifyTopic(organisation), messageOf(thing, found, publicUrl).body)
      told += 1
    }
  }
  return told
}
