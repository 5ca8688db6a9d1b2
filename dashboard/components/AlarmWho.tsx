// Who has an alarm: organisation, and the person where one is named.
import type { AlarmShown } from '#contract/alarms.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Soft } from '#dashboard/ui/Layout.tsx'
import { Name } from './Name.tsx'

export const AlarmWho = ({ assignee }: Pick<AlarmShown, 'assignee'>) => {
  const { list: words } = useWords(alarmWords)
  if (assignee === null) return <Soft>{words.nobody}</Soft>
  const { organisation, organisationName, person } = assignee
  return (
    <span>
      <Name names={organisationName} id={organisation} />
      {person === null ? null : `, ${person.name}`}
    </span>
  )
}
