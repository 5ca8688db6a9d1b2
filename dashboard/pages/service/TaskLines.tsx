// Tasks as lines: what, where, until when, by whom; high enough for a thumb.
import { IconCheckCircle, IconError, IconWarning } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { TaskShown } from '#contract/service.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Small } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { pickName } from '#domain/writing/names.ts'

const List = styled.ul`
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    padding: 10px 0;
    min-height: 56px;
    border-bottom: 1px solid var(--line);
  }
  li:last-child {
    border-bottom: 0;
  }
  li > div {
    display: flex;
    flex-direction: column;
    gap: 2px;
    min-width: 0;
  }
  a {
    font-weight: 600;
  }
`
export const TaskLines = ({ tasks }: { tasks: readonly TaskShown[] }) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  return (
    <List>
      {tasks.map((task) => (
        <li key={task.id}>
          <div>
            <AppLink to={`/service/tasks/${task.id}`}>{pickName(task.title, language, task.id).text}</AppLink>
            <Small>{placeText(task, language)}</Small>
            <Small>
              {[
                task.contractor === null ? null : pickName(task.contractor.name, language, '').text,
                task.assignee?.name,
              ]
                .filter((one) => one != null)
                .join(' · ')}
            </Small>
          </div>
          {task.state === 'open' ? (
            task.overdue ? (
              <ToneMark tone="bad" icon={IconError}>
                {words.overdue}, {words.dueOn(format.date(task.dueOn))}
              </ToneMark>
            ) : (
              <Small>{words.dueOn(format.date(task.dueOn))}</Small>
            )
          ) : (
            <ToneMark {...(task.state === 'done' ? DONE : NOT_DONE)}>
              {words.states[task.state]}
              {task.outcome === null ? null : `, ${format.instant(task.outcome.at, task.place.timeZone, 'day')}`}
            </ToneMark>
          )}
        </li>
      ))}
    </List>
  )
}
const DONE = { tone: 'good', icon: IconCheckCircle } as const
const NOT_DONE = { tone: 'warn', icon: IconWarning } as const

/** Premises, storey and space: where one goes. */
export const roomText = (
  { premises, premisesName, space }: TaskShown['place'],
  language: 'fi' | 'sv' | 'en',
  storey: (storey: string) => string,
): string =>
  [
    pickName(premisesName, language, premises).text,
    space?.storey == null ? null : storey(space.storey),
    space === null ? null : pickName(space.name ?? undefined, language, space.id).text,
  ]
    .filter((one) => one !== null)
    .join(', ')

/** Device, space and premises of a task in one line; what is hidden is left out. */
const placeText = ({ place }: TaskShown, language: 'fi' | 'sv' | 'en'): string =>
  [
    place.device === null ? null : pickName(place.device.name ?? undefined, language, place.device.id).text,
    place.space === null ? null : pickName(place.space.name ?? undefined, language, place.space.id).text,
    pickName(place.premisesName, language, place.premises).text,
  ]
    .filter((one) => one !== null)
    .join(' · ')
