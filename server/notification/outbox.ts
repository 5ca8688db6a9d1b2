// Gathers what is told into papers: a notice in the product for each person, and a mail that waits a little for what comes next.
import { createHash } from 'node:crypto'
import { MAIL, type MailDelivery } from '#domain/notification/delivery.ts'
import { noticesOf, THINGS_NAMED } from '#domain/notification/notice.ts'
import type { Thing } from '#domain/notification/occurrence.ts'
import { mailDue } from '#domain/notification/wishes.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import type { People, Person, Told } from './people.ts'

const ALL = { organisation: null }

/** The same for the same parts: what is made again after a crash is the same paper. */
export const idOf = (prefix: string, ...parts: readonly (string | number | null)[]): Id =>
  `${prefix}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`

export type OutboxParts = {
  records: Records
  /** No mail server: nothing is mailed. */
  hasMail: boolean
  /** How long the first thing of a mail waits for others, and the least time between two mails to one person. */
  groupMs: number
  gapMs: number
  /** When the last mail to a person left, in milliseconds since 1970. */
  lastMailAt(user: Id): number
  /** A mail that is being sent now takes nothing more. */
  isLeaving(mail: Id): boolean
}

/** The papers by which these are told of these things: notices (new), and mails (new, or those that still wait, with more in them). */
export async function tell(
  parts: OutboxParts,
  told: readonly Told[],
  people: People,
  now: number,
): Promise<PaperChange[]> {
  const changes: PaperChange[] = []
  const shown = told.filter(
    ({ person, thing, call }) => call !== 'none' || person.wishes.ways[thing.severity] !== 'none',
  )
  for (const [user, list] of Map.groupBy(shown, ({ person }) => person.user.id)) {
    const things = list.map(({ thing }) => thing)
    changes.push({
      kind: noticesOf(user),
      paper: {
        id: idOf('notice', user, ...things.map(({ id, step }) => `${id} ${step ?? ''}`)),
        premises: null,
        audience: 'operator',
        state: 'unread',
        dueAt: null,
        body: { things: things.slice(0, THINGS_NAMED), more: Math.max(0, things.length - THINGS_NAMED) },
      },
    })
  }
  if (parts.hasMail) changes.push(...(await mails(parts, shown, people, now)))
  return changes
}

type Letter = { person: Person; way: MailDelivery['way']; dueAt: number; things: Thing[] }

async function mails(parts: OutboxParts, told: readonly Told[], people: People, now: number): Promise<PaperChange[]> {
  const letters = new Map<string, Letter>()
  for (const { person, thing, call } of told) {
    const reader = people.standingIn(person, thing.as, now)
    if (reader === null || (reader.user.email ?? '') === '') continue
    const isDeputy = reader !== person
    const leaves = mailDue(reader.wishes, thing.severity, now, call)
    if (leaves === null) continue
    const chosen = call !== 'none' ? 'at-once' : reader.wishes.ways[thing.severity]
    const way = chosen === 'hourly' || chosen === 'daily' ? chosen : 'at-once'
    const gap = thing.severity === 'critical' || call === 'woken' ? parts.gapMs / 5 : parts.gapMs
    const dueAt = way === 'at-once' ? Math.max(leaves + parts.groupMs, parts.lastMailAt(reader.user.id) + gap) : leaves
    const key = `${reader.user.id} ${way}`
    const letter = letters.get(key) ?? { person: reader, way, dueAt, things: [] }
    letter.dueAt = Math.min(letter.dueAt, dueAt)
    letter.things.push(isDeputy ? { ...thing, reason: 'deputy' } : thing)
    letters.set(key, letter)
  }
  if (letters.size === 0) return []
  const waiting = await waitingMails(parts)
  return [...letters].map(([key, letter]) => change(letter, waiting.get(key) ?? null))
}

async function waitingMails({ records, isLeaving }: OutboxParts): Promise<Map<string, StoredPaper<MailDelivery>>> {
  const waiting = new Map<string, StoredPaper<MailDelivery>>()
  for await (const mail of allPapers(records, ALL, MAIL, { states: ['due'] }))
    if (!isLeaving(mail.id)) waiting.set(`${mail.body.user} ${mail.body.way}`, mail)
  return waiting
}

/** Joins a mail that still waits, else is a mail of its own. */
function change({ person, way, dueAt, things }: Letter, waiting: StoredPaper<MailDelivery> | null): PaperChange {
  // Told again of the same (by a subscription, then on call): the later says why.
  const again = new Set(things.map(({ id }) => id))
  const before = (waiting?.body.things ?? []).filter(({ id }) => !again.has(id))
  const room = THINGS_NAMED - before.length
  return {
    kind: MAIL,
    paper: {
      id: waiting?.id ?? idOf('mail', person.user.id, way, ...things.map(({ id, step }) => `${id} ${step ?? ''}`)),
      premises: null,
      audience: 'operator',
      state: 'due',
      dueAt: Math.min(dueAt, waiting?.dueAt ?? dueAt),
      body: {
        user: person.user.id,
        way,
        things: [...before, ...things.slice(0, room)],
        more: (waiting?.body.more ?? 0) + Math.max(0, things.length - room),
        attempts: [],
      } satisfies MailDelivery,
    },
    ...(waiting === null ? {} : { expectedVersion: waiting.version }),
  }
}
