// Alarms as short lines on other pages: how grave, what, why, since when, who has it.
import type { AlarmShown } from '#contract/alarms.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Row, Soft } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Age } from './Age.tsx'
import { AlarmSeverityMark, AlarmStateMarks } from './AlarmMarks.tsx'
import { useAlarmReason } from './alarm-names.ts'
import { AlarmWho } from './AlarmWho.tsx'
import { AppLink } from './AppLink.tsx'
import { Lines } from './Lines.tsx'
import { Name } from './Name.tsx'

type Props = {
  alarms: readonly AlarmShown[]
  timeZoneOf: (premises: string) => string
  /** On a device's own page its name says nothing. */
  place?: boolean
}
export const AlarmLines = ({ alarms, timeZoneOf, place = true }: Props) => {
  const { language } = useText()
  const reason = useAlarmReason()
  return (
    <Lines>
      {alarms.map((alarm) => (
        <li key={alarm.id}>
          <Row $gap={2}>
            <AlarmSeverityMark severity={alarm.severity} />
            <span>
              <AppLink to={`/alarms/${alarm.id}`}>
                <Name names={alarm.ruleName} id={alarm.rule} />
              </AppLink>
              <Soft>
                {place
                  ? ` · ${pickName(alarm.deviceName ?? alarm.premisesName, language, alarm.device ?? alarm.premises).text}`
                  : ''}
                {` · ${reason(alarm)} · `}
                <Age at={alarm.raisedAt} timeZone={timeZoneOf(alarm.premises)} />
              </Soft>
            </span>
          </Row>
          <Row $gap={1}>
            {alarm.state === 'cleared' ? null : <AlarmWho assignee={alarm.assignee} />}
            <AlarmStateMarks alarm={alarm} timeZone={timeZoneOf(alarm.premises)} />
          </Row>
        </li>
      ))}
    </Lines>
  )
}
