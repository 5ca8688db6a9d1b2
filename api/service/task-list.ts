// The list of service tasks for somebody: filtered, open ones by their due day, ended ones the newest first, in pages.
import { bodyOn } from '#domain/agreement/responsible.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { SERVICE_TASK } from '#domain/service/task.ts'
import type { TaskPage, TaskQuery } from '#contract/service.ts'
import { DEFAULT_PAGE } from '#contract/common.ts'
import { Failure } from '#domain/failure.ts'
import type { Identity } from '#api/access/identity.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { organisationsOf } from './service-facts.ts'
import { createShown } from './shown.ts'
import type { StoredTask } from './tasks.ts'

/** `next` is the place in the list as it was sorted. */
export async function listTasks(
  records: Records,
  identity: Identity,
  query: TaskQuery,
  now: () => number,
): Promise<TaskPage> {
  const {
    premises,
    device,
    plan,
    state = 'open',
    whose = 'all',
    until,
    overdue,
    q,
    limit = DEFAULT_PAGE,
    after,
  } = query
  const from = after === undefined ? 0 : Number(after)
  if (!Number.isSafeInteger(from) || from < 0) throw new Failure('bad-request', 'after is the next of the page before.')
  const own = identity.organisation
  const organisations = await organisationsOf(records)
  const today = localDate(now(), 'UTC')
  const isOwn = (id: Id | null): boolean => id !== null && bodyOn(organisations, id, today) === own
  const isOurs = ({ body }: StoredTask): boolean =>
    own === null || isOwn(body.contractor) || (body.contractor === null && isOwn(body.responsible.organisation))
  const concerns = ({ body }: StoredTask): boolean =>
    own === null || isOwn(body.responsible.organisation) || isOwn(body.contractor)
  const isMine = (task: StoredTask): boolean =>
    task.body.assignee === null ? isOurs(task) : task.body.assignee.id === identity.id
  const found: StoredTask[] = []
  const scope = { organisation: own }
  const papers = allPapers(records, scope, SERVICE_TASK, {
    ...(premises === undefined ? {} : { premises }),
    ...(state === 'all' ? {} : { states: [state] }),
    ...(q === undefined ? {} : { text: q }),
  })
  let late = 0
  for await (const task of papers) {
    const { body } = task
    if (device !== undefined && body.device !== device) continue
    if (plan !== undefined && body.plan !== plan) continue
    if (whose === 'mine' && !isMine(task)) continue
    if (whose === 'ours' && !concerns(task)) continue
    const isLate = task.state === 'open' && task.dueAt !== null && task.dueAt <= now()
    if (isLate) late += 1
    if (overdue !== undefined && overdue !== isLate) continue
    if (until !== undefined && body.dueOn > until) continue
    found.push(task)
  }
  found.sort(byTurn)
  const shown = createShown(records, identity, now)
  const items = []
  for (const task of found.slice(from, from + limit)) items.push(await shown.task(task))
  return { items, next: from + limit < found.length ? String(from + limit) : null, overdue: late }
}

/** Open tasks first, by due day; then what has ended, the newest first. */
const byTurn = (a: StoredTask, b: StoredTask): number => {
  const [endedA, endedB] = [a.body.outcome?.at ?? 0, b.body.outcome?.at ?? 0]
  if (a.state === 'open' && b.state === 'open')
    return a.body.dueOn < b.body.dueOn ? -1 : a.body.dueOn > b.body.dueOn ? 1 : a.id < b.id ? -1 : 1
  if (a.state === 'open' || b.state === 'open') return a.state === 'open' ? -1 : 1
  return endedB - endedA || (a.id < b.id ? -1 : 1)
}
