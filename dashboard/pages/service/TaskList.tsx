// The tasks: filters in the address, the overdue first, then by their day. What it shows opens without a network later.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { InlineAlert, SearchInput } from 'suomifi-ui-components'
import type { TaskShown } from '#contract/service.ts'
import { taskQuery, tasksQuery } from '#dashboard/client/service-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { TableLinks } from '#dashboard/components/TableLinks.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { useOutbox } from '#dashboard/pages/install/useOutbox.ts'
import { Waiting } from '#dashboard/pages/install/Waiting.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { AskTask } from './AskTask.tsx'
import { keepService } from './offline.ts'
import { useService } from './ServicePage.tsx'
import { roomText, TaskLines } from './TaskLines.tsx'

const WHOSE = ['mine', 'ours', 'all'] as const
const STATES = ['open', 'done', 'not-possible', 'cancelled', 'all'] as const
const ORDERS = ['due', 'place'] as const
const GROUPS = ['overdue', 'today', 'week', 'later', 'ended'] as const
const DAY_MS = 86_400_000

export const TaskList = () => {
  const words = useWords(serviceWords)
  const { text, language } = useText()
  const { premises } = useService()
  const { user } = useSession()
  const { get, set } = useAddress()
  const client = useQueryClient()
  const now = useNow()
  const whose = WHOSE.find((one) => one === get('whose')) ?? 'all'
  const state = STATES.find((one) => one === get('state')) ?? 'open'
  const order = ORDERS.find((one) => one === get('order')) ?? 'due'
  const q = get('q') ?? ''
  const [typed, setTyped] = useState(q)
  const filters = { premises, whose, state, q }
  const query = useQuery(tasksQuery(filters))
  const outbox = useOutbox(user.id, () => void client.invalidateQueries({ queryKey: ['service'] }))
  const items = query.data?.items
  const [kept, setKept] = useState(false)
  useEffect(() => {
    // Each task of the list is whole: its page opens from it at once, also without a network.
    for (const task of items ?? []) client.setQueryData(taskQuery(task.id).queryKey, task)
    if (items !== undefined) void keepService(items.map(({ id }) => id)).then(setKept, () => setKept(false))
  }, [items, client])
  const groupOf = (task: TaskShown): (typeof GROUPS)[number] => {
    if (task.state !== 'open') return 'ended'
    if (task.overdue) return 'overdue'
    const { timeZone } = task.place
    if (task.dueOn <= localDate(now, timeZone)) return 'today'
    return task.dueOn <= localDate(now + 7 * DAY_MS, timeZone) ? 'week' : 'later'
  }
  /** By day, or by place: what is near each other stands together. */
  const groupsOf = (tasks: readonly TaskShown[]): [string, TaskShown[]][] =>
    order === 'due'
      ? GROUPS.map((group): [string, TaskShown[]] => [
          words.groups[group],
          tasks.filter((task) => groupOf(task) === group),
        ]).filter(([, list]) => list.length > 0)
      : [...Map.groupBy(tasks, ({ place }) => roomText(place, language, words.storey))].toSorted(([a], [b]) =>
          a.localeCompare(b, language),
        )
  return (
    <Stack $gap={3}>
      <Waiting outbox={outbox} />
      {query.data === undefined || query.error === null ? null : (
        <InlineAlert status="neutral">{words.offlineList}</InlineAlert>
      )}
      <Row $end>
        <Select
          label={words.whose}
          value={whose}
          options={WHOSE.map((value) => ({ value, text: words.whoseWords[value] }))}
          onChange={(value) => set({ whose: value === 'all' ? null : value })}
        />
        <Select
          label={words.state}
          value={state}
          options={STATES.map((value) => ({ value, text: words.stateFilter[value] }))}
          onChange={(value) => set({ state: value === 'open' ? null : value })}
        />
        <Select
          label={words.order}
          value={order}
          options={ORDERS.map((value) => ({ value, text: words.orders[value] }))}
          onChange={(value) => set({ order: value === 'due' ? null : value })}
        />
        <SearchInput
          labelText={words.searchTask}
          searchButtonLabel={words.search}
          clearButtonLabel={text.common.close}
          value={typed}
          onChange={(value) => setTyped(String(value ?? ''))}
          onSearch={(value) => set({ q: String(value ?? '').trim() })}
        />
      </Row>
      <WhenLoaded query={query}>
        {({ items: tasks, overdue }) => (
          <Stack $gap={3}>
            {overdue === 0 || state !== 'open' ? null : (
              <InlineAlert status="warning">{words.overdueCount(overdue)}</InlineAlert>
            )}
            {tasks.length === 0 ? (
              <Empty title={words.noTasks} step={words.noTasksStep} />
            ) : (
              groupsOf(tasks).map(([head, list], i) => (
                <Panel key={head} aria-labelledby={`group-${i}`}>
                  <Stack>
                    <h2 id={`group-${i}`}>{head}</h2>
                    <TaskLines tasks={list} />
                  </Stack>
                </Panel>
              ))
            )}
            {kept && tasks.length > 0 ? <Soft as="p">{words.keptOffline}</Soft> : null}
            {tasks.length === 0 ? null : <TableLinks list="tasks" filters={filters} />}
          </Stack>
        )}
      </WhenLoaded>
      <AskTask premises={premises} />
    </Stack>
  )
}
