// What has happened since a place of the audit log: every change of a paper stands there, so nothing is missed over a stop, and nothing is told twice.
import { deriveOccurrences, EVENT_KINDS, overdueOccurrence } from '#domain/notification/derive.ts'
import type { Occurrence } from '#domain/notification/occurrence.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { SERVICE_TASK } from '#domain/service/task.ts'

const ALL = { organisation: null }
/** Lines read in the first call and in further ones, and changes that become one transaction of what is told. */
const LINES_FIRST = 50
const LINES_READ = 1_000
const CHANGES_AT_ONCE = 500

/** Up to which line all is told (0: nothing yet), and up to when it was looked what is late (milliseconds since 1970). */
export type Position = { line: number; lateUntil: number }
/** One paper, `audit`. */
export const POSITION = paperKind<Position>('notification-position')

type Line = { seq: number; kind: string; id: string; version: number }

/** The number of the newest line of the audit log. */
export const lastLine = async (records: Records): Promise<number> =>
  (await records.audit(ALL, { limit: 1 })).items[0]?.seq ?? 0

/** The next occurrences in their order, and the line up to which they are. */
export async function changesSince(
  records: Records,
  line: number,
): Promise<{ occurrences: Occurrence[]; line: number }> {
  const { lines, newest } = await linesAfter(records, line)
  const taken = lines.slice(0, CHANGES_AT_ONCE)
  const histories = new Map<string, Awaited<ReturnType<Records['paperHistory']>>>()
  const occurrences: Occurrence[] = []
  for (const { kind, id, version } of taken) {
    const key = `${kind} ${id}`
    const history = histories.get(key) ?? (await records.paperHistory<unknown>(ALL, kind, id))
    histories.set(key, history)
    const after = history[version - 1]
    if (after !== undefined) occurrences.push(...deriveOccurrences(kind, history[version - 2] ?? null, after))
  }
  const upTo = taken.length < lines.length ? (taken.at(-1)?.seq ?? line) : newest
  return { occurrences, line: upTo }
}

/** The log gives the newest first, so it is read back to the place. */
async function linesAfter(records: Records, line: number): Promise<{ lines: Line[]; newest: number }> {
  const lines: Line[] = []
  let newest = line
  for (let after: string | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<Records['audit']>> = await records.audit(ALL, {
      limit: after === undefined ? LINES_FIRST : LINES_READ,
      ...(after === undefined ? {} : { after }),
    })
    for (const { seq, kind, id, detail } of page.items) {
      if (seq <= line) return { lines: lines.toReversed(), newest }
      newest = Math.max(newest, seq)
      if (!EVENT_KINDS.has(kind)) continue
      const { version } = JSON.parse(detail) as { version?: number }
      if (version !== undefined) lines.push({ seq, kind, id, version })
    }
    after = page.next
  }
  return { lines: lines.toReversed(), newest }
}

/** Service tasks whose day ended in (from, to]. */
export async function lateBetween(records: Records, from: number, to: number): Promise<Occurrence[]> {
  const late: Occurrence[] = []
  for await (const task of allPapers(records, ALL, SERVICE_TASK, { states: ['open'], dueBefore: to + 1 }))
    if (task.dueAt !== null && task.dueAt > from) late.push(overdueOccurrence(task))
  return late
}
