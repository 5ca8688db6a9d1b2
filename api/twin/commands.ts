// Brings commands to their devices: keeps them until they can be given, gives again what may be repeated, and writes down what became of each.
import { commandOf } from '#domain/downlinks/downlink.ts'
import { Failure } from '#domain/failure.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import {
  COMMAND,
  isOpenCommand,
  isToSend,
  OPEN_COMMAND_STATES,
  type Command,
  type CommandPaper,
  type CommandState,
} from '#domain/twin/command.ts'
import type { Json, JsonObject } from '#domain/twin/field.ts'
import type { SteerGround } from '#domain/twin/may-steer.ts'
import type { DeviceMessageEvent, RouteParts } from '#api/parts.ts'

export type WantedCommand = Pick<Command, 'name' | 'params' | 'repeatable' | 'source' | 'organisation' | 'reason'> & {
  id: Id
  device: Id
  premises: Id
  ground: SteerGround
  expiresAt: number
}
export type Commands = {
  /** Writes the commands, with the papers beside them, in one transaction; then gives them to devices that listen. */
  make(wanted: readonly WantedCommand[], beside: readonly PaperChange[], actor: Actor, action: string): Promise<void>
  /** Takes back a command that was not given to its device yet; false when it is too late. */
  withdraw(id: Id, actor: Actor): Promise<boolean>
  /** Gives what waits to the devices that listen here, again where no answer came. Asked of every node. */
  deliverDue(): Promise<void>
  /** Ends what is too late, and forgets what is old. Asked of the node that leads. */
  expire(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const SYSTEM: Actor = { kind: 'system', id: 'commands', name: 'Samtila', organisation: null }
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ANSWER_BYTES = 8_192
const FORGET_AT_ONCE = 1_000
const READ_AT_ONCE = 500

export function createCommands({ records, broker, limits, now, log }: RouteParts): Commands {
  /** Every command that is not over, as it is stored; another node may change one, then it is read again. */
  const open = new Map<Id, CommandPaper>()
  const triedAt = new Map<Id, number>()
  let last: Promise<unknown> = Promise.resolve()
  let forgotAt = 0

  /** That another node was quicker is no fault: what it wrote is read when it is told. */
  const tellUnwritten = (error: unknown): void => {
    if (!(error instanceof Failure && error.code === 'changed-meanwhile'))
      log.error('a command is not written', { error: error instanceof Error ? error.message : String(error) })
  }
  /** One after the other: an answer may come before the sending is written. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = last.then(step, step)
    last = done.catch(tellUnwritten)
    return done
  }

  function keep(paper: CommandPaper): void {
    if ((open.get(paper.id)?.version ?? 0) > paper.version) return
    if (isOpenCommand(paper.state)) open.set(paper.id, paper)
    else {
      open.delete(paper.id)
      triedAt.delete(paper.id)
    }
  }
  /** What another node made or changed. */
  async function readAgain(ids: Id[]): Promise<void> {
    for (let i = 0; i < ids.length; i += READ_AT_ONCE) {
      const part = ids.slice(i, i + READ_AT_ONCE)
      for (const paper of (await records.listPapers(ALL, COMMAND, { ids: part, limit: READ_AT_ONCE })).items)
        keep(paper)
    }
  }

  async function change(
    paper: CommandPaper,
    state: CommandState,
    changes: Partial<Command>,
    actor = SYSTEM,
  ): Promise<void> {
    const { id, premises, audience, dueAt, version } = paper
    const body = { ...paper.body, ...changes }
    const { versions } = await records.changePapers(
      { papers: [{ kind: COMMAND, paper: { id, premises, audience, dueAt, state, body }, expectedVersion: version }] },
      actor,
      `command.${state}`,
    )
    keep({ ...paper, state, body, version: versions[0] ?? version + 1 })
  }

  const again = { again: limits.commandAgainMs, attempts: limits.commandAttempts }
  /** Gives a command to its device if that listens now. It is written down as sent before it leaves. */
  async function deliver(id: Id): Promise<void> {
    const paper = open.get(id)
    if (paper === undefined || !isToSend(paper, now(), again)) return
    triedAt.set(id, now())
    const { device, name, params, attempts, sentAt } = paper.body
    let isWritten = false
    const sent = await broker.publishToDevice(device, {
      id,
      name,
      params,
      expiresAt: paper.dueAt,
      onlyNow: true,
      async beforeSending() {
        const at = now()
        await change(paper, paper.state === 'acknowledged' ? 'acknowledged' : 'sent', {
          attempts: attempts + 1,
          sentAt: sentAt ?? at,
          lastSentAt: at,
        })
        isWritten = true
      },
    })
    const written = open.get(id) ?? paper
    if (sent.sent) {
      if (written.body.via !== sent.via && isOpenCommand(written.state))
        await change(written, written.state as CommandState, { via: sent.via })
      return
    }
    const mayCome = sent.reason === 'not-connected'
    if (mayCome && isWritten)
      await change(written, paper.state as CommandState, { attempts, sentAt, lastSentAt: paper.body.lastSentAt })
    if (!mayCome)
      await change(written, 'failed', { answer: { reason: sent.reason, message: sent.message }, finishedAt: now() })
  }

  const deliverAll = (device: Id): void => {
    for (const [id, { body }] of open) if (body.device === device) void inTurn(() => deliver(id)).catch(() => {})
  }

  function follow({ device, use, topic, payload }: DeviceMessageEvent): void {
    if (use !== 'sent' && use !== 'result') return
    const named = commandOf(topic)
    if (named === null || named.device !== device) return
    void inTurn(async () => {
      const paper = open.get(named.id) ?? (await records.getPaper(ALL, COMMAND, named.id))
      if (paper === null || paper.body.device !== device) return
      if (use === 'sent') {
        if (paper.state === 'queued' || paper.state === 'sent')
          await change(paper, 'acknowledged', { acknowledgedAt: now() })
        return
      }
      const { isOk, answer } = answerOf(payload)
      const acknowledgedAt = paper.body.acknowledgedAt ?? now()
      if (isOpenCommand(paper.state))
        return change(paper, isOk ? 'done' : 'failed', { answer, acknowledgedAt, finishedAt: now() })
      // What was over before the answer stays so; that it was done all the same is told.
      if (paper.state === 'expired' && !paper.body.late)
        return change(paper, 'expired', { answer, acknowledgedAt, late: true })
    }).catch(() => {})
  }

  async function deliverDue(): Promise<void> {
    for (const [id, paper] of open) {
      // Devices behind a gateway do not arrive by themselves: they are tried again from time to time.
      const isDue =
        broker.presence(paper.body.device).connected || now() - (triedAt.get(id) ?? 0) >= limits.commandAgainMs
      if (isDue && isToSend(paper, now(), again)) await inTurn(() => deliver(id)).catch(() => {})
    }
  }

  async function expire(): Promise<void> {
    for (const [id, { dueAt }] of open)
      if (dueAt !== null && dueAt <= now())
        await inTurn(async () => {
          const current = open.get(id)
          if (current !== undefined) await change(current, 'expired', { finishedAt: now() })
        }).catch(() => {})
    if (now() - forgotAt > HOUR_MS) {
      forgotAt = now()
      await forget()
    }
  }

  async function forget(): Promise<void> {
    const { items } = await records.listPapers(ALL, COMMAND, {
      states: ['done', 'failed', 'expired'],
      limit: FORGET_AT_ONCE,
    })
    const before = now() - limits.commandKeptDays * DAY_MS
    const ids = items.filter(({ createdAt }) => createdAt < before).map(({ id }) => id)
    if (ids.length > 0) await records.deletePapers(COMMAND, ids, SYSTEM, 'command.forget')
  }

  function makeRoom(wanted: readonly WantedCommand[]): void {
    if (open.size + wanted.length > limits.commandsOpen)
      throw new Failure('too-many-requests', 'Too many commands wait already.', { retryAfterMs: 60_000 })
    const counts = new Map<Id, number>()
    for (const { body } of open.values()) counts.set(body.device, (counts.get(body.device) ?? 0) + 1)
    for (const { device } of wanted) {
      const count = (counts.get(device) ?? 0) + 1
      counts.set(device, count)
      if (count > limits.commandsOpenPerDevice)
        throw new Failure(
          'conflict',
          `${device} has ${limits.commandsOpenPerDevice} commands waiting: withdraw some first.`,
        )
    }
  }

  const stops = [
    broker.onDeviceMessage(follow),
    broker.onArrival(deliverAll),
    records.onPapers((changed) => {
      const ids = changed.filter(({ kind }) => kind === COMMAND).map(({ id }) => id)
      if (ids.length > 0) void inTurn(() => readAgain(ids)).catch(() => {})
    }),
  ]
  return {
    async make(wanted, beside, actor, action) {
      makeRoom(wanted)
      const papers = wanted.map((one) => paperOf(one, actor.name))
      if (papers.length + beside.length === 0) return
      const changes = papers.map((paper) => ({ kind: COMMAND, paper, expectedVersion: 0, action: 'command.make' }))
      await records.changePapers({ papers: [...changes, ...beside] }, actor, action)
      await readAgain(papers.map(({ id }) => id))
      await Promise.all(papers.map(({ id }) => inTurn(() => deliver(id))))
    },
    withdraw: (id, actor) =>
      inTurn(async () => {
        const paper = open.get(id)
        if (paper?.state !== 'queued') return false
        await change(
          paper,
          'failed',
          { answer: { reason: 'withdrawn', message: 'withdrawn' }, finishedAt: now() },
          actor,
        )
        return true
      }),
    deliverDue,
    expire,
    async start() {
      await inTurn(async () => {
        for await (const paper of allPapers(records, ALL, COMMAND, { states: OPEN_COMMAND_STATES })) keep(paper)
      })
    },
    async stop() {
      for (const stop of stops.splice(0)) stop()
      await last
    },
  }
}

function paperOf({ id, device, premises, expiresAt, ...wanted }: WantedCommand, by: string) {
  const body: Command = {
    ...wanted,
    device,
    by,
    attempts: 0,
    via: null,
    sentAt: null,
    lastSentAt: null,
    acknowledgedAt: null,
    finishedAt: null,
    answer: null,
    late: false,
  }
  return { id, premises, audience: 'operator' as const, state: 'queued', dueAt: expiresAt, body }
}

/** `{"ok":true,"data"}` or `{"ok":false,"error"}`; whatever else a device says counts as failed. */
function answerOf(payload: Uint8Array): { isOk: boolean; answer: Json } {
  const text = Buffer.from(payload).toString()
  if (payload.length > ANSWER_BYTES) return { isOk: false, answer: `${text.slice(0, ANSWER_BYTES)}…` }
  try {
    const { ok, data = null, error = null } = JSON.parse(text) as JsonObject
    return ok === true ? { isOk: true, answer: data } : { isOk: false, answer: error }
  } catch {
    return { isOk: false, answer: text }
  }
}
