// Sends the mails that are due: written now, as things stand and as the reader may see them; what the mail server refuses is tried again.
import { ATTEMPTS_KEPT, MAIL, pauseAfter, type Attempt, type MailDelivery } from '#domain/notification/delivery.ts'
import { NOTIFICATION_WORDS, type Described } from '#domain/notification/sentence.ts'
import { writeMail, type MailText } from '#domain/notification/write-mail.ts'
import type { Notifier } from '#domain/ports/notifier.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { describeThings } from '#api/notification/describe.ts'
import type { Log } from '#server/log.ts'
import type { People, Person } from './people.ts'

const ALL = { organisation: null }
/** Mails looked at in one run, and on their way at one time. */
const MAILS_PER_RUN = 200
const AT_ONCE = 4

export type MailParts = {
  records: Records
  notifier: Notifier
  publicUrl: string
  now: () => number
  random: () => number
  log: Log
  actor: Actor
  leaving: Set<Id>
  lastMailAt: Map<Id, number>
  counted(state: 'sent' | 'failed' | 'dead' | 'dropped'): void
}

/** One run. A mail of a person waits while an earlier one to the same person is being tried again. */
export async function sendDueMails(parts: MailParts, people: People): Promise<void> {
  const { records, notifier, now, leaving } = parts
  if (notifier.state().from === null) return
  const query = { states: ['due', 'failed'], dueBefore: now() + 1, limit: MAILS_PER_RUN }
  const { items } = await records.listPapers(ALL, MAIL, query)
  if (items.length === 0) return
  const failing = await records.listPapers(ALL, MAIL, { states: ['failed'], limit: MAILS_PER_RUN })
  const held = new Set(failing.items.filter(({ dueAt }) => (dueAt ?? 0) > now()).map(({ body }) => body.user))
  const queue: StoredPaper<MailDelivery>[] = []
  for (const mail of items) {
    if (held.has(mail.body.user) || leaving.has(mail.id)) continue
    // One a run to each person: what comes next may join the next one.
    held.add(mail.body.user)
    leaving.add(mail.id)
    queue.push(mail)
  }
  let isAway = false
  const work = async (): Promise<void> => {
    for (let mail = queue.shift(); mail !== undefined; mail = queue.shift())
      try {
        if (!isAway && !(await sendMail(parts, mail, people.of(mail.body.user)))) isAway = true
      } finally {
        leaving.delete(mail.id)
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** False when the mail server could not be reached: the others need not be tried now. */
async function sendMail(parts: MailParts, mail: StoredPaper<MailDelivery>, person: Person | null): Promise<boolean> {
  const { notifier, now, log, counted } = parts
  const to = person?.user.email ?? ''
  const text = person === null || to === '' ? null : await textOf(parts, mail.body, person)
  if (person === null || text === null) {
    counted('dropped')
    await record(parts, mail, 'dropped', null, mail.body.attempts)
    return true
  }
  const startedAt = now()
  try {
    // The same message has the same id however often it leaves, so that a copy (the server took it, we stopped) can be told.
    await notifier.send({ id: mail.id, to, language: person.user.language, ...text })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const attempt = {
      at: startedAt,
      status: codeOf(error),
      durationMs: now() - startedAt,
      error: message.slice(0, 500),
    }
    const pause = pauseAfter(mail.body.attempts.length + 1, parts.random())
    const state = pause === null ? 'dead' : 'failed'
    counted(state)
    log.warn('a mail was not sent', { mail: mail.id, user: person.user.id, error: message })
    await record(parts, mail, state, pause === null ? null : now() + pause, [...mail.body.attempts, attempt])
    return attempt.status !== null
  }
  parts.lastMailAt.set(person.user.id, now())
  counted('sent')
  const attempt = { at: startedAt, status: null, durationMs: now() - startedAt, error: null }
  await record(parts, mail, 'sent', null, [...mail.body.attempts, attempt])
  return true
}

/** SMTP's answer code, where the server answered. */
const codeOf = (error: unknown): number | null => {
  const code: unknown = error instanceof Error && 'responseCode' in error ? error.responseCode : null
  return typeof code === 'number' ? code : null
}

async function textOf({ records, publicUrl }: MailParts, mail: MailDelivery, person: Person): Promise<MailText | null> {
  const { name, language, memberships } = person.user
  const words = NOTIFICATION_WORDS[language]
  if (mail.way === 'test')
    return { subject: words.testSubject, text: [words.greeting(name), '', words.test, publicUrl, ''].join('\n') }
  // Whoever left an organisation meanwhile reads nothing of it.
  const own = mail.things.filter((thing) => memberships.some(({ organisation }) => organisation === thing.as))
  const described = (await describeThings(records, own)).filter((one): one is Described => one !== null)
  if (described.length === 0) return null
  const reader = { name, language, timeZone: person.wishes.timeZone }
  return writeMail(reader, described, { more: mail.more, way: mail.way, publicUrl })
}

async function record(
  { records, actor }: MailParts,
  { id, premises, audience, body, version }: StoredPaper<MailDelivery>,
  state: 'sent' | 'failed' | 'dead' | 'dropped',
  dueAt: number | null,
  attempts: readonly Attempt[],
): Promise<void> {
  const paper = { id, premises, audience, state, dueAt, body: { ...body, attempts: attempts.slice(-ATTEMPTS_KEPT) } }
  await records.changePapers({ papers: [{ kind: MAIL, paper, expectedVersion: version }] }, actor, `mail.${state}`)
}
