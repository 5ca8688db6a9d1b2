// Notification of one process: follows what happens, tells people and programs, escalates, sends what is due. All it knows is in papers.
import { EVENT_KINDS } from '#domain/notification/derive.ts'
import { MAIL, WEBHOOK_DELIVERY } from '#domain/notification/delivery.ts'
import { ESCALATION } from '#domain/notification/escalation.ts'
import type { Occurrence } from '#domain/notification/occurrence.ts'
import type { Notifier } from '#domain/ports/notifier.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import type { Trace } from '#domain/ports/trace.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { NotificationCounts } from '#api/parts.ts'
import type { Log } from '#server/log.ts'
import { changesSince, lastLine, lateBetween, POSITION, type Position } from './changes.ts'
import { beginEscalations, escalate, loadCalendars } from './escalations.ts'
import { tell, type OutboxParts } from './outbox.ts'
import { loadPeople, lookAt, whoIsTold, type Told } from './people.ts'
import { loadPrograms, tellListeners, webhookDeliveries } from './programs.ts'
import { sendDueMails, type MailParts } from './send-mail.ts'
import { sendDueMessages, type WebhookParts } from './send-webhooks.ts'

const ALL = { organisation: null }
const ACTOR: Actor = { kind: 'system', id: 'notification', name: 'Samtila', organisation: null }
/** How soon a change is looked at, with others of the same moment. */
const SOON_MS = 50
const ESCALATIONS_PER_RUN = 200
const LATE_EVERY_MS = 60_000
/** So many lines of the audit log without anything to tell are passed over before the place is written down. */
const LINES_PASSED = 5_000

export type NotificationOptions = {
  records: Records
  notifier: Notifier
  sealer: Sealer
  publicUrl: string
  /** Publishes to a topic of the broker. */
  publish(topic: string, payload: string): Promise<void>
  /** Hosts beyond the public internet to which webhooks may go. */
  webhookHosts: readonly string[]
  trace?: Trace | null
  limits: { mailGroupMs: number; mailGapMs: number; webhookMs: number; webhookAnswerBytes: number }
  now: () => number
  /** In [0, 1). */
  random?: () => number
  log: Log
}
export type Notification = {
  /** Does everything that is due now. Runs follow each other, never two at once. */
  run(): Promise<void>
  counts(): NotificationCounts
  /** Follows changes from now on, while this node leads: what happens is told within a moment. */
  follow(leads: () => boolean): void
  close(): Promise<void>
}

export function openNotification(options: NotificationOptions): Notification {
  const { records, notifier, sealer, publicUrl, now, log, limits, publish } = options
  const random = options.random ?? Math.random
  const counts: NotificationCounts = {
    occurrences: 0,
    notices: 0,
    published: 0,
    escalations: 0,
    mail: { sent: 0, failed: 0, dead: 0, dropped: 0 },
    webhook: { sent: 0, failed: 0, dead: 0, dropped: 0 },
  }
  const leaving = new Set<Id>()
  const lastMailAt = new Map<Id, number>()
  const common = { records, publicUrl, now, random, log, actor: ACTOR }
  const mail: MailParts = { ...common, notifier, leaving, lastMailAt, counted: (state) => void counts.mail[state]++ }
  const webhook: WebhookParts = {
    ...common,
    sealer,
    named: new Set(options.webhookHosts),
    trace: options.trace ?? null,
    limits: { timeoutMs: limits.webhookMs, answerBytes: limits.webhookAnswerBytes },
    resting: new Map(),
    counted: (state) => void counts.webhook[state]++,
  }
  const outbox = (): OutboxParts => ({
    records,
    hasMail: notifier.state().from !== null,
    groupMs: limits.mailGroupMs,
    gapMs: limits.mailGapMs,
    lastMailAt: (user) => lastMailAt.get(user) ?? 0,
    isLeaving: (id) => leaving.has(id),
  })

  /** As it is stored, and the line up to which was looked since; null: to be read. */
  let place: { at: Position; version: number; line: number } | null = null
  let lateLookedAt = 0
  async function placeNow(): Promise<NonNullable<typeof place>> {
    if (place !== null) return place
    const stored = await records.getPaper(ALL, POSITION, 'audit')
    if (stored !== null) return { at: stored.body, version: stored.version, line: stored.body.line }
    // The first start: what was before is not told any more.
    const line = await lastLine(records)
    return { at: { line, lateUntil: now() }, version: 0, line }
  }

  /** Tells what has happened since the place where the last run stopped; true when there may be more. */
  async function tellChanges(): Promise<boolean> {
    const { at, version, line } = await placeNow()
    const changes = await changesSince(records, line)
    const isLateDue = now() - lateLookedAt >= LATE_EVERY_MS
    const late = isLateDue ? await lateBetween(records, at.lateUntil, now()) : []
    if (isLateDue) lateLookedAt = now()
    const occurrences = [...changes.occurrences, ...late]
    if (occurrences.length === 0 && version > 0 && changes.line - at.line < LINES_PASSED) {
      place = { at, version, line: changes.line }
      return false
    }
    const papers = occurrences.length === 0 ? [] : await toldOf(occurrences)
    const next = { line: changes.line, lateUntil: isLateDue ? now() : at.lateUntil }
    papers.push({
      kind: POSITION,
      paper: { id: 'audit', premises: null, audience: 'operator', state: 'kept', dueAt: null, body: next },
      expectedVersion: version,
    })
    // In one transaction with what it told: over a stop nothing is lost, and nothing is told twice.
    place = null
    const { versions } = await records.changePapers({ papers }, ACTOR, 'notification.told')
    place = { at: next, version: versions.at(-1) ?? 0, line: changes.line }
    counts.occurrences += occurrences.length
    return changes.occurrences.length > 0
  }

  async function toldOf(occurrences: readonly Occurrence[]): Promise<PaperChange[]> {
    const [people, programs, calendars] = await Promise.all([
      loadPeople(records),
      loadPrograms(records),
      loadCalendars(records),
    ])
    const sight = lookAt(records, occurrences)
    const papers: PaperChange[] = []
    const told: Told[] = []
    for (const escalation of await beginEscalations(records, occurrences, calendars, sight, now())) {
      const calendar = calendars.find(({ id }) => id === escalation.body.calendar)?.body ?? null
      const begun = await escalate(records, escalation, calendar, people, now())
      papers.push(begun.change)
      told.push(...begun.told)
      counts.escalations += 1
    }
    // Who is on call for it is not told of it a second time.
    const called = new Set(told.map(({ person, thing }) => `${person.user.id} ${thing.id}`))
    for (const occurrence of occurrences)
      for (const one of await whoIsTold(occurrence, people, sight))
        if (!called.has(`${one.person.user.id} ${occurrence.id}`)) told.push(one)
    const notices = await tell(outbox(), told, people, now())
    counts.notices += notices.filter(({ kind }) => kind !== MAIL).length
    papers.push(
      ...notices,
      ...(await webhookDeliveries({ records, publicUrl, now, publish }, occurrences, programs, sight)),
    )
    counts.published += await tellListeners({ records, publicUrl, now, publish }, occurrences, programs, sight)
    return papers
  }

  async function escalateDue(): Promise<void> {
    const query = { states: ['running'], dueBefore: now() + 1, limit: ESCALATIONS_PER_RUN }
    const { items } = await records.listPapers(ALL, ESCALATION, query)
    if (items.length === 0) return
    const people = await loadPeople(records)
    const calendars = await loadCalendars(records)
    const told: Told[] = []
    const papers: PaperChange[] = []
    for (const paper of items) {
      const calendar = calendars.find(({ id }) => id === paper.body.calendar)?.body ?? null
      const step = await escalate(records, paper, calendar, people, now())
      papers.push(step.change)
      told.push(...step.told)
    }
    papers.push(...(await tell(outbox(), told, people, now())))
    await records.changePapers({ papers }, ACTOR, 'notification.escalated')
  }

  let queue: Promise<void> = Promise.resolve()
  let sending: Promise<void> | null = null
  /** Sending takes as long as others take to answer; what happens meanwhile is told all the same. */
  function send(): Promise<void> {
    sending ??= (async () => {
      await Promise.all([sendDueMails(mail, await loadPeople(records)), sendDueMessages(webhook)])
    })().finally(() => (sending = null))
    return sending
  }
  async function work(): Promise<void> {
    while (await tellChanges()) continue
    await escalateDue()
  }
  function run(): Promise<void> {
    const done = queue.then(work).then(send)
    queue = done.catch(() => {})
    return done
  }

  let soon: NodeJS.Timeout | null = null
  let stop = (): void => {}
  let isClosed = false
  function look(): void {
    soon ??= setTimeout(() => {
      soon = null
      if (isClosed) return
      const told = queue.then(work)
      queue = told.catch((error: unknown) => log.error('telling failed', { error: String(error) }))
      void told.then(send).catch((error: unknown) => log.error('sending failed', { error: String(error) }))
    }, SOON_MS).unref()
  }
  return {
    run,
    counts: () => structuredClone(counts),
    follow(leads) {
      stop = records.onPapers((changed) => {
        if (leads() && changed.some(({ kind }) => EVENT_KINDS.has(kind) || kind === WEBHOOK_DELIVERY)) look()
      })
      if (leads()) look()
    },
    async close() {
      isClosed = true
      stop()
      if (soon !== null) clearTimeout(soon)
      await queue
      await sending?.catch(() => {})
    },
  }
}
