// The service of one device on its page: open tasks, plans, inspections, and what was done last.
import { useQuery } from '@tanstack/react-query'
import type { DeviceRecorded } from '#contract/devices.ts'
import { bookQuery, inspectionsQuery, plansQuery, tasksQuery } from '#dashboard/client/service-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { AskTask } from './AskTask.tsx'
import { DueMark } from './Inspections.tsx'
import { TaskLines } from './TaskLines.tsx'
import { useTriggerText } from './trigger-text.ts'

const LAST = 3
export const DeviceService = ({ device }: { device: Pick<DeviceRecorded, 'id' | 'premises'> }) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  const triggerText = useTriggerText()
  const tasks = useQuery(tasksQuery({ premises: device.premises, device: device.id })).data?.items
  const plans = useQuery(plansQuery({ premises: device.premises, device: device.id, state: 'active' })).data?.items
  const inspections = useQuery(inspectionsQuery({ device: device.id })).data?.items
  const book = useQuery(bookQuery(device.premises, { device: device.id, limit: LAST, language })).data?.items
  if (tasks === undefined || plans === undefined || inspections === undefined || book === undefined) return null
  const isEmpty = tasks.length + plans.length + inspections.length + book.length === 0
  return (
    <Panel aria-labelledby="device-service">
      <Stack>
        <h2 id="device-service">{words.ofDevice.title}</h2>
        {isEmpty ? <Soft as="p">{words.ofDevice.none}</Soft> : null}
        {tasks.length === 0 ? null : (
          <Stack as="section" $gap={1}>
            <h3>{words.ofDevice.open}</h3>
            <TaskLines tasks={tasks} />
          </Stack>
        )}
        {inspections.length === 0 ? null : (
          <Stack as="section" $gap={1}>
            <h3>{words.ofDevice.inspections}</h3>
            <ul>
              {inspections.map((one) => (
                <li key={one.id}>
                  <AppLink to={`/service/inspections/${one.id}`}>{pickName(one.title, language, one.id).text}</AppLink>,{' '}
                  {words.dueOn(format.date(one.dueOn))} <DueMark inspection={one} />
                </li>
              ))}
            </ul>
          </Stack>
        )}
        {plans.length === 0 ? null : (
          <Stack as="section" $gap={1}>
            <h3>{words.ofDevice.plans}</h3>
            <ul>
              {plans.map((plan) => (
                <li key={plan.id}>
                  {pickName(plan.title, language, plan.id ?? '').text} <Soft>{triggerText(plan.trigger)}</Soft>
                </li>
              ))}
            </ul>
          </Stack>
        )}
        {book.length === 0 ? null : (
          <Stack as="section" $gap={1}>
            <h3>{words.ofDevice.last}</h3>
            <ul>
              {book.map((entry) => (
                <li key={`${entry.id} ${entry.at}`}>
                  {format.date(entry.on)}: {pickName(entry.title, language, entry.id).text} <Soft>{entry.by}</Soft>
                </li>
              ))}
            </ul>
            <p>
              <AppLink to={`/service/book?premises=${device.premises}&device=${device.id}`}>{words.book.whole}</AppLink>
            </p>
          </Stack>
        )}
        <AskTask premises={device.premises} device={device.id} />
      </Stack>
    </Panel>
  )
}
