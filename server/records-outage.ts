// Watches a server of the records. While it is away nobody can be looked up in it: the operator's people are kept ready here and mailed at once,
// in the same words as always; when it is back a paper says since when it was away, and all hear of it in the usual way.
import { setTimeout as sleep } from 'node:timers/promises'
import { ENGINE_NAMES, ENGINE_OUTAGE, TOLD_AFTER_MS } from '#domain/notification/engine-outage.ts'
import type { Described } from '#domain/notification/sentence.ts'
import { writeMail } from '#domain/notification/write-mail.ts'
import { DEFAULT_WISHES } from '#domain/notification/wishes.ts'
import type { Notifier } from '#domain/ports/notifier.ts'
import type { Actor, Records, User } from '#domain/ports/records.ts'
import type { Log } from './log.ts'

const ACTOR: Actor = { kind: 'system', id: 'engines', name: 'Samtila', organisation: null }
const ALL = { organisation: null }
/** A server that has not answered by then is away. */
const ANSWER_MS = 10_000
/** How often it is looked who is to be told. */
const PEOPLE_EVERY_MS = 60_000

export type RecordsWatch = {
  look(now: number): Promise<void>
  /** Since when it is away, in milliseconds since 1970; null while it answers. */
  awaySince(): number | null
}

type Parts = {
  records: Pick<Records, 'getMeta' | 'listUsers' | 'getPaper' | 'changePapers'>
  notifier: Notifier
  publicUrl: string
  /** Whether this node leads: of several the one that led last tells. */
  leads(): boolean
  log: Pick<Log, 'info' | 'warn'>
  answerMs?: number
}

export function watchRecords(parts: Parts): RecordsWatch {
  const { records, notifier, log, answerMs = ANSWER_MS } = parts
  let awaySince: number | null = null
  let led = false
  let people: User[] = []
  let peopleAt = -Infinity
  /** Whom it is still to be mailed; null before it is told. */
  let toMail: User[] | null = null

  const answers = (): Promise<boolean> =>
    Promise.race([
      records.getMeta('readiness').then(
        () => true,
        () => false,
      ),
      sleep(answerMs, false, { ref: false }),
    ])

  async function away(now: number): Promise<void> {
    if (awaySince === null) log.warn('the records server does not answer')
    awaySince ??= now
    if (!led || now - awaySince < TOLD_AFTER_MS || notifier.state().from === null) return
    const waiting = (toMail ??= [...people])
    toMail = []
    // Whoever could not be mailed is tried with the next look.
    for (const user of waiting) if (!(await mailed(user, awaySince))) toMail.push(user)
  }

  async function mailed({ id, name, language, email }: User, since: number): Promise<boolean> {
    const thing: Described = {
      kind: 'system-away',
      severity: 'major',
      at: since,
      reason: 'assigned',
      step: null,
      what: ENGINE_NAMES.records,
      value: null,
      premises: null,
      device: null,
      space: null,
      isOver: false,
      path: '/system',
    }
    const { timeZone } = DEFAULT_WISHES
    const text = writeMail({ name, language, timeZone }, [thing], {
      more: 0,
      way: 'at-once',
      publicUrl: parts.publicUrl,
    })
    try {
      await notifier.send({ id: `records-away-${since}-${id}`, to: email ?? '', language, ...text })
      return true
    } catch (error) {
      log.warn('a mail was not sent', { user: id, error: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  async function back(since: number, now: number): Promise<void> {
    log.info('the records server answers again', { awayMs: now - since })
    if (!led || now - since < TOLD_AFTER_MS) return
    const stored = await records.getPaper(ALL, ENGINE_OUTAGE, 'records')
    const paper = {
      id: 'records',
      premises: null,
      audience: 'operator' as const,
      state: 'back',
      dueAt: null,
      body: { engine: 'records', since, until: now } as const,
    }
    await records.changePapers(
      { papers: [{ kind: ENGINE_OUTAGE, paper, expectedVersion: stored?.version ?? 0 }] },
      ACTOR,
      'engine.back',
    )
  }

  return {
    awaySince: () => awaySince,
    async look(now) {
      if (!(await answers())) return away(now)
      if (awaySince !== null) await back(awaySince, now)
      awaySince = null
      toMail = null
      led = parts.leads()
      if (now - peopleAt < PEOPLE_EVERY_MS) return
      people = (await records.listUsers(ALL)).filter(
        ({ disabled, email, memberships }) =>
          !disabled &&
          (email ?? '') !== '' &&
          memberships.some(({ organisation, roles }) => organisation === null && roles.includes('admin')),
      )
      peopleAt = now
    },
  }
}
