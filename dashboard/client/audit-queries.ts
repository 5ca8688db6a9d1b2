// What is asked about the audit log: its lines by a filter, all of them for a file, and whether its chain holds.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AuditChecked, AuditPage, AuditShown } from '#contract/audit.ts'
import { apiPath, getJson } from './http.ts'

/** A screen or two; further lines are asked for by a button. */
const SHOWN_LINES = 25
const TAKEN_LINES = 200
/** A file of more would not fit in a browser; the API gives the rest. */
const MOST_LINES_IN_FILE = 200_000

/** Instants are ISO 8601; `text` is a part of who, what or an id. */
export type AuditFilter = { text?: string; kind?: string; premises?: string; from?: string; to?: string }

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<AuditPage>(apiPath('/audit', { ...filter, limit: SHOWN_LINES, after: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const auditCheckQuery = queryOptions({
  queryKey: ['audit-check'],
  queryFn: ({ signal }) => getJson<AuditChecked>(apiPath('/audit/check'), signal),
})

/** All lines that fit, the newest first; `progress` hears how many there are so far. */
export const takeAudit = async (filter: AuditFilter, progress: (lines: number) => void): Promise<AuditShown[]> => {
  const lines: AuditShown[] = []
  let after: string | null = ''
  while (after !== null && lines.length < MOST_LINES_IN_FILE) {
    const page: AuditPage = await getJson(apiPath('/audit', { ...filter, limit: TAKEN_LINES, after }))
    lines.push(...page.items)
    progress(lines.length)
    after = page.next
  }
  return lines
}
