// Alarms as a table: what, how grave, where, since when, who has it; some of them chosen for one step together.
import { useId } from 'react'
import { styled } from 'styled-components'
import type { AlarmShown } from '#contract/alarms.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AlarmSeverityMark, AlarmStateMarks } from '#dashboard/components/AlarmMarks.tsx'
import { useAlarmReason } from '#dashboard/components/alarm-names.ts'
import { AlarmWho } from '#dashboard/components/AlarmWho.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { Row, Small, Soft, Stack, VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

const Tick = styled.label`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-width: 32px;
  min-height: 32px;
  cursor: pointer;
  input {
    width: 20px;
    height: 20px;
    accent-color: var(--link);
  }
  @media (max-width: 599px) {
    min-width: 44px;
    min-height: 44px;
  }
`
const GRAVITY = ['info', 'warning', 'major', 'critical'] as const

type Props = {
  alarms: readonly AlarmShown[]
  timeZoneOf: (premises: string) => string
  chosen: ReadonlySet<string>
  choose: (id: string) => void
  /** Nobody may choose who may not act. */
  mayChoose: boolean
}
export const AlarmTable = ({ alarms, timeZoneOf, chosen, choose, mayChoose }: Props) => {
  const words = useWords(alarmWords)
  const { text, language } = useText()
  const reason = useAlarmReason()
  const tick = useId()
  const nameOf = ({ ruleName, rule }: AlarmShown) => pickName(ruleName, language, rule).text
  const columns: Column<AlarmShown>[] = [
    {
      key: 'alarm',
      head: words.list.alarm,
      heading: true,
      sort: nameOf,
      render: (alarm) => (
        <Stack $gap={0}>
          <AppLink to={`/alarms/${alarm.id}`} data-row={alarm.id}>
            <Name names={alarm.ruleName} id={alarm.rule} />
          </AppLink>
          <span>{reason(alarm)}</span>
          {alarm.affectedCount > 0 ? <Small>{words.list.affected(alarm.affectedCount)}</Small> : null}
        </Stack>
      ),
    },
    {
      key: 'severity',
      head: words.list.severity,
      sort: ({ severity }) => GRAVITY.indexOf(severity),
      render: ({ severity }) => <AlarmSeverityMark severity={severity} />,
    },
    {
      key: 'place',
      head: words.list.place,
      sort: ({ device, deviceName, premises, premisesName }) =>
        device === null ? pickName(premisesName, language, premises).text : pickName(deviceName, language, device).text,
      render: ({ device, deviceName, gateway, premises, premisesName }) => (
        <Stack $gap={0}>
          {device === null ? (
            gateway === null ? null : (
              <span>{gateway}</span>
            )
          ) : (
            <AppLink to={`/devices/${device}`}>
              <Name names={deviceName} id={device} />
            </AppLink>
          )}
          <Soft>
            <Name names={premisesName} id={premises} />
          </Soft>
        </Stack>
      ),
    },
    {
      key: 'since',
      head: words.list.since,
      sort: ({ raisedAt }) => raisedAt,
      render: ({ raisedAt, premises }) => <Age at={raisedAt} timeZone={timeZoneOf(premises)} />,
    },
    {
      key: 'who',
      head: words.list.who,
      render: ({ assignee }) => <AlarmWho assignee={assignee} />,
    },
    {
      key: 'state',
      head: words.list.state,
      sort: ({ state }) => words.states[state],
      render: (alarm) => (
        <Row $gap={0.5}>
          <AlarmStateMarks alarm={alarm} timeZone={timeZoneOf(alarm.premises)} />
        </Row>
      ),
    },
  ]
  if (mayChoose)
    columns.unshift({
      key: 'choose',
      head: words.list.choice,
      choice: true,
      render: (alarm) =>
        alarm.state === 'raised' ? (
          <Tick htmlFor={`${tick}-${alarm.id}`}>
            <input
              id={`${tick}-${alarm.id}`}
              type="checkbox"
              data-choose={alarm.id}
              checked={chosen.has(alarm.id)}
              onChange={() => choose(alarm.id)}
            />
            <VisuallyHidden>
              {words.list.choose(
                `${nameOf(alarm)}, ${pickName(alarm.deviceName ?? alarm.premisesName, language, alarm.id).text}`,
              )}
            </VisuallyHidden>
          </Tick>
        ) : null,
    })
  return (
    <DataTable
      caption={words.title}
      quietCaption
      rows={alarms}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={columns}
    />
  )
}
