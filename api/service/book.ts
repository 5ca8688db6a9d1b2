// Reads the service book for somebody: what they see of tasks, inspections and faults, filtered, the newest first.
import { FAULT } from '#domain/faults/fault.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id, Language } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import {
  entriesOfInspection,
  entryOfFault,
  entryOfTask,
  SERVICE_WORDS,
  type BookEntry,
  type BookKind,
} from '#domain/service/book.ts'
import { INSPECTION } from '#domain/service/inspection.ts'
import { SERVICE_TASK } from '#domain/service/task.ts'

export type BookFilter = {
  premises: Id
  timeZone: string
  device?: Id
  year?: number
  kind?: BookKind
  q?: string
  language: Language
}

/** `years` are those of all entries that the other filters leave. */
export async function readBook(
  records: Records,
  scope: Scope,
  filter: BookFilter,
): Promise<{ entries: BookEntry[]; years: number[] }> {
  const { premises, timeZone, device, year, kind, q, language } = filter
  const all: BookEntry[] = []
  const wants = (one: BookKind): boolean => kind === undefined || kind === one
  if (wants('task'))
    for await (const paper of allPapers(records, scope, SERVICE_TASK, {
      premises,
      states: ['done', 'not-possible', 'cancelled'],
    }))
      all.push(...listed(entryOfTask(paper, language, timeZone)))
  if (wants('inspection'))
    for await (const paper of allPapers(records, scope, INSPECTION, { premises }))
      all.push(...entriesOfInspection(paper, language, timeZone))
  if (wants('fault'))
    for await (const paper of allPapers(records, scope, FAULT, { premises, states: ['done', 'closed'] }))
      all.push(...listed(entryOfFault(paper, language, timeZone)))
  const needle = q?.trim().toLowerCase() ?? ''
  const found = all.filter(
    (entry) =>
      (device === undefined || entry.device === device) && (needle === '' || textOf(entry, language).includes(needle)),
  )
  const years = [...new Set(found.map(({ on }) => +on.slice(0, 4)))].sort((a, b) => b - a)
  const entries = found
    .filter(({ on }) => year === undefined || +on.slice(0, 4) === year)
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
  return { entries, years }
}
const listed = (entry: BookEntry | null): BookEntry[] => (entry === null ? [] : [entry])
const textOf = ({ title, by, what, device, result, kind, certificate }: BookEntry, language: Language): string =>
  [
    ...Object.values(title),
    by,
    ...what,
    device ?? '',
    SERVICE_WORDS[language].results[result],
    SERVICE_WORDS[language].kinds[kind],
    certificate?.name ?? '',
  ]
    .join('\n')
    .toLowerCase()
