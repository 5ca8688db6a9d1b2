// One service task, made for a phone: where, what to tick and photograph, and what was done. Without a network it waits and goes later.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { IconCheckCircle, IconError, IconInfo, IconWarning, InlineAlert } from 'suomifi-ui-components'
import type { TaskShown } from '#contract/service.ts'
import { taskQuery } from '#dashboard/client/service-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { Column } from '#dashboard/pages/install/fields.tsx'
import { useOutbox } from '#dashboard/pages/install/useOutbox.ts'
import { Waiting } from '#dashboard/pages/install/Waiting.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { pickName } from '#domain/writing/names.ts'
import { TaskAssignment } from './TaskAssignment.tsx'
import { TaskForm } from './TaskForm.tsx'
import { TaskOutcome } from './TaskOutcome.tsx'

export const TaskPage = () => {
  const { id = '' } = useParams()
  const query = useQuery({ ...taskQuery(id), retry: false })
  // What was fetched before stands in for what cannot be fetched now.
  return <PageWhenLoaded query={query}>{(task) => <Opened key={task.id} task={task} />}</PageWhenLoaded>
}

const Opened = ({ task }: { task: TaskShown }) => {
  const words = useWords(serviceWords)
  const { text, language } = useText()
  const { user } = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const outbox = useOutbox(user.id, (sent) => {
    for (const { answer } of sent) {
      const done = answer as TaskShown
      if (done.id === task.id) client.setQueryData(taskQuery(task.id).queryKey, done)
    }
    announce(words.finished)
    void client.invalidateQueries({ queryKey: ['service', 'tasks'] })
    void client.invalidateQueries({ queryKey: ['waiting'] })
  })
  const [queued, setQueued] = useState(false)
  const own = outbox.entries.find(({ path }) => path === `/service/tasks/${task.id}/completion`)
  const isRefused = own !== undefined && own.refused !== null
  useEffect(() => {
    // Refused for good: what stands here is older than what the server knows.
    if (isRefused) void client.invalidateQueries({ queryKey: ['service'] })
  }, [isRefused, client])
  const isWaiting = own !== undefined ? own.refused === null : queued && task.state === 'open'
  const title = pickName(task.title, language, task.id).text
  return (
    <Page title={title} crumbs={[{ to: '/service', text: text.nav.service }]} marks={<TaskMark task={task} />}>
      <Column>
        <Waiting outbox={outbox} />
        {!isRefused ? null : <InlineAlert status="warning">{words.conflict}</InlineAlert>}
        <TaskFacts task={task} />
        {task.instructions === '' ? null : (
          <InlineAlert status="neutral" labelText={words.instructions}>
            {task.instructions}
          </InlineAlert>
        )}
        {isWaiting ? (
          <InlineAlert status="neutral" labelText={words.queued}>
            {words.queuedText}
          </InlineAlert>
        ) : task.outcome !== null ? (
          <TaskOutcome task={task} outcome={task.outcome} />
        ) : task.may.includes('finish') ? (
          <TaskForm task={task} title={title} user={user.id} add={outbox.add} done={() => setQueued(true)} />
        ) : null}
        {task.may.includes('assign') ? <TaskAssignment key={task.version} task={task} /> : null}
        <AppLink to="/service">{words.toList}</AppLink>
      </Column>
    </Page>
  )
}

const MARKS = {
  open: { tone: 'info', icon: IconInfo },
  done: { tone: 'good', icon: IconCheckCircle },
  'not-possible': { tone: 'warn', icon: IconWarning },
  cancelled: { tone: 'warn', icon: IconWarning },
} as const
const TaskMark = ({ task }: { task: TaskShown }) => {
  const words = useWords(serviceWords)
  return task.overdue ? (
    <ToneMark tone="bad" icon={IconError}>
      {words.overdue}
    </ToneMark>
  ) : (
    <ToneMark {...MARKS[task.state]}>{words.states[task.state]}</ToneMark>
  )
}

const TaskFacts = ({ task }: { task: TaskShown }) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  const { place, ground, responsible, contractor, assignee } = task
  const name = (names: Parameters<typeof pickName>[0], id: string) => pickName(names, language, id).text
  const isHidden = place.device !== null && place.device.name === null && place.space === null
  const [value, limit] = [format.decimal(ground.value ?? '0'), format.decimal(ground.limit ?? '0')]
  const facts: [string, React.ReactNode][] = [
    [words.plan.due, format.date(task.dueOn)],
    [words.premises, name(place.premisesName, place.premises)],
    ...(place.address === null ? [] : [[words.address, place.address] as [string, React.ReactNode]]),
    ...(place.space === null
      ? []
      : [
          [
            words.space,
            [
              name(place.space.name ?? undefined, place.space.id),
              place.space.storey === null ? null : words.storey(place.space.storey),
            ]
              .filter((one) => one !== null)
              .join(', '),
          ] as [string, React.ReactNode],
        ]),
    ...(place.device === null
      ? []
      : [[words.device, name(place.device.name ?? undefined, place.device.id)] as [string, React.ReactNode]]),
    [
      words.why,
      ground.by === 'hours' || ground.by === 'count'
        ? words.whyWords[ground.by](value, limit)
        : words.whyWords[ground.by],
    ],
    [words.responsible, `${name(responsible.name, responsible.organisation)}, ${words.grounds[responsible.ground]}`],
    ...(contractor === null
      ? []
      : [[words.contractor, name(contractor.name, contractor.organisation)] as [string, React.ReactNode]]),
    [words.assignee, assignee?.name ?? words.unassigned],
  ]
  return (
    <Panel>
      <Stack>
        <Facts facts={facts} min={130} />
        {isHidden ? <p>{words.hidden}</p> : null}
      </Stack>
    </Panel>
  )
}
