// The alarms that stand, and the writing of what becomes of them: changes are gathered and written in batches, one after the other,
// and put on top of what people did meanwhile.
import { createHash } from 'node:crypto'
import { ALARM, alarmKey, STANDING_STATES, type Alarm, type AlarmEntry, type AlarmState } from '#domain/alarms/alarm.ts'
import { Failure } from '#domain/failure.ts'
import type { Audience, PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { withEntry } from '#api/alarms/steps.ts'
import type { Log } from '#api/parts.ts'

export const ENGINE: Actor = { kind: 'system', id: 'alarms', name: 'Samtila', organisation: null }
/** Papers of one transaction, and how long it is waited before a failed one is tried again. */
const BATCH = 200
const AGAIN_MS = 1_000

/** What is known of an alarm: as it was read or written last, with what is still to be written on top. */
export type Standing = {
  readonly id: Id
  readonly key: string
  readonly premises: Id
  readonly audience: Audience
  state: AlarmState
  body: Alarm
  /** 0: not written yet. */
  version: number
}
export type Mutation = (
  alarm: Standing,
) => { state?: AlarmState; changes: Partial<Alarm>; entry?: Omit<AlarmEntry, 'by' | 'organisation'> } | null

export type AlarmBook = {
  standing(): IterableIterator<Standing>
  get(key: string): Standing | undefined
  /** Raises an alarm; the same key at the same instant is the same alarm, also after a restart. */
  raise(alarm: { key: string; premises: Id; audience: Audience; body: Omit<Alarm, 'entries'>; text: string }): Standing
  change(alarm: Standing, mutation: Mutation): void
  /** It is over: from now on its key is free, whenever it is written. */
  clear(alarm: Standing, over: { at: number; clearedAt: number; kind: AlarmEntry['kind']; text: string }): void
  /** Reads those that stand, when starting. */
  load(): Promise<void>
  /** Somebody changed these papers. */
  noted(ids: readonly Id[]): void
  /** Resolves when everything gathered so far is written. */
  settled(): Promise<void>
  counts(): { raised: number; cleared: number; waiting: number; lastWriteMs: number }
  stop(): Promise<void>
}

type Work = { alarm: Standing; mutations: Mutation[]; since: number }

export function createAlarmBook(
  { records, now, log }: { records: Records; now: () => number; log: Log },
  on: { clearedByPerson: (alarm: Standing) => void },
): AlarmBook {
  const byKey = new Map<string, Standing>()
  const byId = new Map<Id, Standing>()
  let waiting = new Map<Id, Work>()
  const counts = { raised: 0, cleared: 0, lastWriteMs: 0 }
  let writing: Promise<void> | null = null
  let isStopped = false

  const drop = (alarm: Standing): void => {
    byId.delete(alarm.id)
    if (byKey.get(alarm.key) === alarm) byKey.delete(alarm.key)
  }
  const keep = (alarm: Standing): void => {
    byId.set(alarm.id, alarm)
    byKey.set(alarm.key, alarm)
  }

  function gather(alarm: Standing, mutation: Mutation | null): void {
    const work = waiting.get(alarm.id) ?? { alarm, mutations: [], since: performance.now() }
    if (mutation !== null) work.mutations.push(mutation)
    waiting.set(alarm.id, work)
    start()
  }

  function start(): void {
    writing ??= write().finally(() => {
      writing = null
      if (waiting.size > 0 && !isStopped) start()
    })
  }

  async function write(): Promise<void> {
    // What the same batch of readings brings goes together.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.size > 0 && !isStopped) {
      const batch = [...waiting.values()].slice(0, BATCH)
      for (const { alarm } of batch) waiting.delete(alarm.id)
      try {
        await writeBatch(batch)
      } catch (error) {
        if (error instanceof Failure && error.code === 'changed-meanwhile') {
          for (const work of batch) await writeOnTop(work)
          continue
        }
        log.error('alarms are not written; they are tried again', { error: String(error), alarms: batch.length })
        giveBack(batch)
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref())
      }
    }
  }

  function giveBack(batch: readonly Work[]): void {
    const later = waiting
    waiting = new Map(batch.map((work) => [work.alarm.id, work]))
    for (const [id, work] of later) {
      const first = waiting.get(id)
      if (first === undefined) waiting.set(id, work)
      else first.mutations.push(...work.mutations)
    }
  }

  async function writeBatch(batch: readonly Work[]): Promise<void> {
    const prepared = batch.flatMap((work) => {
      const next = applied(work)
      return next === null ? [] : [{ work, next }]
    })
    if (prepared.length === 0) return
    const { versions } = await records.changePapers(
      { papers: prepared.map(({ work, next }) => paperOf(work.alarm, next)) },
      ENGINE,
      'alarm.change',
    )
    for (const [i, { work, next }] of prepared.entries()) {
      const { alarm, since } = work
      alarm.version = versions[i] ?? alarm.version + 1
      alarm.state = next.state
      alarm.body = next.body
      counts.lastWriteMs = performance.now() - since
      if (next.state === 'cleared') {
        counts.cleared++
        drop(alarm)
      }
    }
  }

  /** Somebody was faster: what they did is read, and this goes on top of it. */
  async function writeOnTop(work: Work): Promise<void> {
    const { alarm } = work
    try {
      const paper = await records.getPaper(ALL, ALARM, alarm.id)
      if (paper === null) return drop(alarm)
      take(alarm, paper)
      if (paper.state !== 'cleared') await writeBatch([work])
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'changed-meanwhile'))
        log.error('an alarm is not written; it is tried again', { alarm: alarm.id, error: String(error) })
      giveBack([work])
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS / 10).unref())
    }
  }

  function take(alarm: Standing, paper: StoredPaper<Alarm>): void {
    const wasCleared = alarm.state === 'cleared'
    alarm.version = paper.version
    alarm.body = paper.body
    alarm.state = paper.state as AlarmState
    if (alarm.state !== 'cleared' || wasCleared) return
    drop(alarm)
    on.clearedByPerson(alarm)
  }

  async function refresh(id: Id): Promise<void> {
    const alarm = byId.get(id)
    if (alarm === undefined || waiting.has(id)) return
    const paper = await records.getPaper(ALL, ALARM, id)
    if (paper === null) drop(alarm)
    else if (paper.version > alarm.version && byId.get(id) === alarm) take(alarm, paper)
  }

  return {
    standing: () => byKey.values(),
    get: (key) => byKey.get(key),
    raise({ key, premises, audience, body, text }) {
      const id = alarmId(key, body.raisedAt)
      const entry = { at: now(), kind: 'raised' as const, text }
      const whole: Alarm = { ...body, entries: [{ ...entry, by: ENGINE.name, organisation: null }] }
      const alarm: Standing = { id, key, premises, audience, state: 'raised', body: whole, version: 0 }
      keep(alarm)
      counts.raised++
      gather(alarm, null)
      return alarm
    },
    change: gather,
    clear(alarm, { at, clearedAt, kind, text }) {
      if (byKey.get(alarm.key) === alarm) byKey.delete(alarm.key)
      gather(alarm, ({ state, body }) =>
        state === 'cleared'
          ? null
          : {
              state: 'cleared',
              changes: { clearedAt, conditionClearedAt: body.conditionClearedAt ?? clearedAt, snoozedUntil: null },
              entry: { at, kind, text },
            },
      )
    },
    async load() {
      for await (const paper of allPapers(records, ALL, ALARM, { states: STANDING_STATES })) {
        const { id, premises, audience, state, body, version } = paper
        if (byId.has(id)) continue
        keep({
          id,
          key: alarmKey(body, premises ?? ''),
          premises: premises ?? '',
          audience,
          state: state as AlarmState,
          body,
          version,
        })
      }
    },
    noted(ids) {
      for (const id of ids)
        if (byId.has(id))
          void (writing ?? Promise.resolve())
            .then(() => refresh(id))
            .catch((error: unknown) => log.warn('an alarm is not read', { alarm: id, error: String(error) }))
    },
    async settled() {
      while (writing !== null) await writing
    },
    counts: () => ({ ...counts, waiting: waiting.size }),
    async stop() {
      // What is gathered is still written, unless the store is away.
      await Promise.race([writing ?? Promise.resolve(), new Promise((resolve) => setTimeout(resolve, AGAIN_MS / 2))])
      isStopped = true
      await (writing ?? Promise.resolve())
    },
  }
}

/** The same for the same alarm, so that it is raised once, also when the process ends while it is written. */
export const alarmId = (key: string, raisedAt: number): Id =>
  `alarm-${createHash('sha256').update(`${key} ${raisedAt}`).digest('hex').slice(0, 20)}`

function applied({ alarm, mutations }: Work): { state: AlarmState; body: Alarm } | null {
  let { state, body } = alarm
  let isChanged = alarm.version === 0
  for (const mutation of mutations) {
    const made = mutation({ ...alarm, state, body })
    if (made === null) continue
    isChanged = true
    const entry = made.entry === undefined ? null : { ...made.entry, by: ENGINE.name, organisation: null }
    body = { ...body, ...made.changes, entries: entry === null ? body.entries : withEntry(body.entries, entry) }
    state = made.state ?? state
  }
  return isChanged ? { state, body } : null
}

const paperOf = (alarm: Standing, { state, body }: { state: AlarmState; body: Alarm }): PaperChange => ({
  kind: ALARM,
  paper: { id: alarm.id, premises: alarm.premises, audience: alarm.audience, state, dueAt: body.snoozedUntil, body },
  expectedVersion: alarm.version,
  action: state === 'cleared' ? 'alarm.clear' : alarm.version === 0 ? 'alarm.raise' : 'alarm.change',
})
