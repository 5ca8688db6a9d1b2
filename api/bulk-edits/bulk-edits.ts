// Bulk edits of devices: looked at one by one with the rights of whoever does it, written in one transaction, taken back in one.
import { setImmediate } from 'node:timers/promises'
import type { BulkEditNew } from '#contract/bulk-edits.ts'
import {
  BULK_EDIT,
  editDevice,
  type BulkEdit,
  type BulkState,
  type DeviceEdit,
  type EditRefusal,
  type EditRow,
} from '#domain/bulk-edits/bulk-edit.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Stored } from '#domain/ports/records.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { importBundle, problemsOfBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { createId } from '#api/access/secrets.ts'
import { createDeviceList, type DeviceFilter } from '#api/devices/list-devices.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound } from '#api/routes/answers.ts'

export type StoredBulkEdit = StoredPaper<BulkEdit>
/** How far the work of this process is with one; gone when it is over. */
export type BulkProgress = { done: number; total: number; storing: boolean }
const READ_AT_ONCE = 200
/** Another node may be at work with it for so long. */
const INTERRUPTED_AFTER_MS = 600_000
const INTERRUPTED = 'The program was stopped in the middle. Begin anew: nothing was changed halfway.'
const refusal = (reason: EditRefusal['reason'], message: string | null = null): EditRefusal => ({ reason, message })
/** What is written of a device, with the version that it must have. */
type Write = { row: EditRow; device: Device; version: number }

export function createBulkEdits(parts: RouteParts) {
  const { records, telemetry, limits, now, log } = parts
  const running = new Map<Id, BulkProgress>()

  const put = async (
    identity: Identity,
    id: Id,
    state: BulkState,
    body: BulkEdit,
    expectedVersion: number,
    action: string,
  ): Promise<void> => {
    await records.changePapers(
      { papers: [{ kind: BULK_EDIT, paper: paperOf(identity, id, state, body), expectedVersion }] },
      actorOf(identity),
      action,
    )
  }
  const paperOf = (identity: Identity, id: Id, state: BulkState, body: BulkEdit) => ({
    id,
    premises: null,
    audience: identity.organisation === null ? ('operator' as const) : [identity.organisation],
    state,
    dueAt: null,
    body,
  })

  /** The devices as whoever asks sees them, in the order of the ids. */
  async function* devicesOf(
    identity: Identity,
    ids: readonly Id[],
    progress: BulkProgress,
  ): AsyncGenerator<[Id, Stored<Device> | null]> {
    for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
      const chunk = ids.slice(at, at + READ_AT_ONCE)
      const scope = { organisation: identity.organisation }
      const page = await records.listObjects(scope, 'devices', { ids: chunk, limit: chunk.length })
      const found = new Map(page.items.map((stored) => [stored.value.id, stored]))
      for (const id of chunk) {
        yield [id, found.get(id) ?? null]
        progress.done += 1
      }
      await setImmediate()
    }
  }

  /** Why whoever asks may not change a device to this; null when they may. */
  const hindrance = async (identity: Identity, before: Device, after: Device): Promise<EditRefusal | null> => {
    try {
      await checkMayChange(identity, { devices: [before] }, records)
      await checkMayChange(identity, { devices: [after] }, records)
      return null
    } catch (cause) {
      if (cause instanceof Failure) return refusal('not-allowed', cause.message)
      throw cause
    }
  }

  /** What the edit means for each device, and what is then written. */
  const look = async (
    identity: Identity,
    edit: DeviceEdit,
    ids: readonly Id[],
    progress: BulkProgress,
  ): Promise<{ rows: EditRow[]; writes: Write[] }> => {
    const list = createDeviceList(parts, { organisation: identity.organisation })
    const rows: EditRow[] = []
    const writes: Write[] = []
    for await (const [id, stored] of devicesOf(identity, ids, progress)) {
      const row: EditRow = {
        device: id,
        version: stored?.version ?? 0,
        changes: [],
        refusal: null,
        became: null,
        kept: null,
      }
      rows.push(row)
      if (stored === null) {
        row.refusal = refusal('gone')
        continue
      }
      const edited = editDevice(stored.value, edit, await list.todayIn(stored.value.premises), stored.hidden)
      if (!edited.ok) {
        row.refusal = edited.refusal
        continue
      }
      row.changes = edited.changes
      row.refusal = await hindrance(identity, stored.value, edited.device)
      if (row.refusal === null) writes.push({ row, device: edited.device, version: stored.version })
    }
    return { rows, writes: await right(writes) }
  }

  /** Those that would be right; the others say what is wrong with them. */
  const right = async (writes: Write[]): Promise<Write[]> => {
    const found = await problemsOfBundle({ devices: writes.map(({ device }) => device) }, records, () => setImmediate())
    if (found.length === 0) return writes
    const wrong = new Map<number, Problem>()
    for (const problem of found) {
      const at = /^\/devices\/(\d+)(?:\/|$)/.exec(problem.pointer)?.[1]
      if (at === undefined)
        throw new Failure('invalid-bundle', `The change as a whole would not be right: ${problem.message}`, {
          problems: found,
        })
      wrong.set(Number(at), problem)
    }
    for (const [at, problem] of wrong) {
      const write = writes[at]
      if (write !== undefined) write.row.refusal = refusal('invalid', problem.message)
    }
    return writes.filter((_, at) => !wrong.has(at))
  }

  /** Writes devices and the paper in one transaction. */
  const write = async (
    identity: Identity,
    writes: readonly Write[],
    paper: { id: Id; state: BulkState; body: BulkEdit; version: number },
    action: string,
  ): Promise<void> => {
    const change = { kind: BULK_EDIT, paper: paperOf(identity, paper.id, paper.state, paper.body) }
    const result = await importBundle(
      { devices: writes.map(({ device }) => device) },
      {
        records,
        telemetry,
        now: now(),
        actor: actorOf(identity),
        action,
        expectedVersions: new Map(writes.map(({ device, version }) => [`devices/${device.id}`, version])),
        beside: { papers: [{ ...change, expectedVersion: paper.version }] },
        pause: () => setImmediate(),
      },
    )
    if (!result.ok)
      throw new Failure('invalid-bundle', 'The devices would not be right any more.', { problems: result.problems })
  }

  /** Works in the background; what stops it is told by the paper. */
  const run = (identity: Identity, id: Id, progress: BulkProgress, work: () => Promise<void>): void => {
    running.set(id, progress)
    void work()
      .catch(async (cause: unknown) => {
        if (!(cause instanceof Failure)) log.error('a bulk edit failed', { bulkEdit: id, cause: String(cause) })
        const stored = await records.getPaper({ organisation: null }, BULK_EDIT, id)
        if (stored === null) return
        const failure = cause instanceof Failure ? cause.message : 'It failed for an unknown reason.'
        await put(identity, id, 'failed', { ...stored.body, failure }, stored.version, 'bulk-edit.fail')
      })
      .catch((cause: unknown) => log.warn('a bulk edit could not say that it failed', { cause: String(cause) }))
      .finally(() => running.delete(id))
  }

  const begin = async (identity: Identity, stored: StoredBulkEdit, from: BulkState, to: BulkState): Promise<number> => {
    if (stored.state !== from)
      throw new Failure(
        'conflict',
        `This bulk edit is ${stored.state}; only one that is ${from} can be ${to === 'applying' ? 'done' : 'taken back'}.`,
      )
    await put(identity, stored.id, to, stored.body, stored.version, `bulk-edit.${to}`)
    return stored.version + 1
  }

  return {
    progressOf: (id: Id): BulkProgress | null => running.get(id) ?? null,
    isInterrupted: ({ id, state, changedAt }: StoredBulkEdit): boolean =>
      state.endsWith('ing') && !running.has(id) && now() - changedAt > INTERRUPTED_AFTER_MS,
    INTERRUPTED,

    count: async ({ organisation }: Identity, filter: DeviceFilter): Promise<number | null> =>
      (await createDeviceList(parts, { organisation }).ids(filter, limits.bulkDevices))?.length ?? null,

    async get({ organisation }: Identity, id: Id): Promise<StoredBulkEdit> {
      const stored = await records.getPaper({ organisation }, BULK_EDIT, id)
      if (stored === null) throw notFound()
      return stored
    },

    /** Looks at all of them in the background; nothing is changed. @throws Failure 'bad-request', 'too-large'. */
    async check(identity: Identity, { devices, filter, edit }: BulkEditNew): Promise<Id> {
      if (Object.keys(edit).length === 0) throw new Failure('bad-request', 'Say what is to be changed.')
      if ((devices === undefined) === (filter === undefined))
        throw new Failure('bad-request', 'Give either the devices or a filter.')
      const list = createDeviceList(parts, { organisation: identity.organisation })
      const ids = devices === undefined ? await list.ids(filter ?? {}, limits.bulkDevices) : [...new Set(devices)]
      if (ids === null || ids.length > limits.bulkDevices)
        throw new Failure('too-large', `One bulk edit takes ${limits.bulkDevices} devices at most. Narrow the filter.`)
      const id = createId('bulk')
      const body: BulkEdit = { edit: edit as DeviceEdit, by: identity.name, rows: [], failure: null }
      await put(identity, id, 'checking', body, 0, 'bulk-edit.check')
      const progress = { done: 0, total: ids.length, storing: false }
      run(identity, id, progress, async () => {
        const { rows } = await look(identity, body.edit, ids, progress)
        await put(identity, id, 'checked', { ...body, rows }, 1, 'bulk-edit.checked')
      })
      return id
    },

    /** Does it, but for those that somebody has changed since they were looked at. */
    async apply(identity: Identity, stored: StoredBulkEdit): Promise<void> {
      const version = await begin(identity, stored, 'checked', 'applying')
      const planned = stored.body.rows.filter((row) => row.refusal === null)
      const progress = { done: 0, total: planned.length, storing: false }
      run(identity, stored.id, progress, async () => {
        const ids = planned.map(({ device }) => device)
        const { rows, writes } = await look(identity, stored.body.edit, ids, progress)
        const before = new Map(planned.map((row) => [row.device, row.version]))
        const fresh = writes.filter(({ row }) => {
          if (row.version === before.get(row.device)) return true
          row.refusal = refusal('changed')
          return false
        })
        for (const { row, version: was } of fresh) row.became = was + 1
        const looked = new Map(rows.map((row) => [row.device, row]))
        const body = { ...stored.body, rows: stored.body.rows.map((row) => looked.get(row.device) ?? row) }
        progress.storing = true
        await write(identity, fresh, { id: stored.id, state: 'applied', body, version }, 'bulk-edit')
      })
    },

    /** Gives every device back what it had, but for those that somebody has changed since. */
    async undo(identity: Identity, stored: StoredBulkEdit): Promise<void> {
      const version = await begin(identity, stored, 'applied', 'undoing')
      const done = stored.body.rows.filter((row) => row.became !== null)
      const progress = { done: 0, total: done.length, storing: false }
      run(identity, stored.id, progress, async () => {
        const scope = { organisation: identity.organisation }
        const rows = new Map(stored.body.rows.map((row) => [row.device, { ...row }]))
        const writes: Write[] = []
        const ids = done.map(({ device }) => device)
        for await (const [id, now] of devicesOf(identity, ids, progress)) {
          const row = rows.get(id)
          if (row === undefined) continue
          if (now === null) row.kept = refusal('gone')
          else if (now.version !== row.became) row.kept = refusal('changed')
          else {
            const history = await records.objectHistory(scope, 'devices', id)
            const before = history.find((one) => one.version === row.version)?.value
            row.kept = before === undefined ? refusal('gone') : await hindrance(identity, now.value, before)
            if (before !== undefined && row.kept === null) writes.push({ row, device: before, version: now.version })
          }
        }
        const body = { ...stored.body, rows: [...rows.values()] }
        progress.storing = true
        await write(identity, writes, { id: stored.id, state: 'undone', body, version }, 'bulk-edit.undo')
      })
    },
  }
}
