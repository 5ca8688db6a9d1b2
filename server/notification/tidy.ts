// Forgets notices, deliveries and escalations that are over, after the days that the limit says; what is still due stays.
import { MAIL, WEBHOOK_DELIVERY } from '#domain/notification/delivery.ts'
import { ESCALATION } from '#domain/notification/escalation.ts'
import { noticesOf } from '#domain/notification/notice.ts'
import type { PaperKind } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'

const ALL = { organisation: null }
const AT_ONCE = 500
const DAY_MS = 86_400_000
const ACTOR: Actor = { kind: 'system', id: 'notification', name: 'Samtila', organisation: null }
const OVER = ['sent', 'dead', 'dropped']

/** One run. Gives how many papers went. */
export async function forgetOldNotices(records: Records, days: number, now: number): Promise<number> {
  const before = now - days * DAY_MS
  const kinds: [kind: PaperKind<unknown>, states: string[]][] = [
    [MAIL, OVER],
    [WEBHOOK_DELIVERY, OVER],
    [ESCALATION, ['ended']],
    ...(await records.listUsers(ALL)).map(({ id }): [string, string[]] => [noticesOf(id), ['read', 'unread']]),
  ]
  let gone = 0
  for (const [kind, states] of kinds) {
    for (;;) {
      // The oldest come first: a page without an old one is the last.
      const { items } = await records.listPapers(ALL, kind, { states, limit: AT_ONCE })
      const old = items
        .filter(({ changedAt, createdAt }) => Math.max(changedAt, createdAt) < before)
        .map(({ id }) => id)
      if (old.length === 0) break
      gone += await records.deletePapers(kind, old, ACTOR, 'notification.forgotten')
    }
  }
  return gone
}
