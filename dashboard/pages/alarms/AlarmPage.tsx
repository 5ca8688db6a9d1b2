// One alarm: what it saw beside its limit, what to do, what people did, and the chart around it.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { AlarmDetail } from '#contract/alarms.ts'
import { alarmQuery } from '#dashboard/client/alarm-queries.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AlarmSeverityMark, AlarmStateMarks } from '#dashboard/components/AlarmMarks.tsx'
import { useAlarmReason } from '#dashboard/components/alarm-names.ts'
import { AlarmWho } from '#dashboard/components/AlarmWho.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { LiveState } from '#dashboard/components/LiveState.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { RuleSentences } from '#dashboard/components/RuleSentences.tsx'
import { useAlarmChanges } from '#dashboard/components/useAlarmChanges.ts'
import { useLive } from '#dashboard/components/useLive.ts'
import { USUAL_ZONE } from '#dashboard/format/own-zone.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { AlarmChart } from './AlarmChart.tsx'
import { AlarmSteps } from './AlarmSteps.tsx'
import { AlarmTimeline } from './AlarmTimeline.tsx'
import { useAlarmStep } from './useAlarmStep.ts'

export const AlarmPage = () => {
  const { id = '' } = useParams()
  const alarm = useQuery(alarmQuery(id))
  return <PageWhenLoaded query={alarm}>{(found) => <Opened key={found.id} alarm={found} />}</PageWhenLoaded>
}

const Opened = ({ alarm }: { alarm: AlarmDetail }) => {
  const words = useWords(alarmWords)
  const { language } = useText()
  const live = useLive('premises', alarm.premises)
  useAlarmChanges(live)
  const timeZone = useQuery(premisesQuery(alarm.premises)).data?.timeZone ?? USUAL_ZONE
  const place = pickName(alarm.deviceName ?? alarm.premisesName, language, alarm.device ?? alarm.premises).text
  const title = `${pickName(alarm.ruleName, language, alarm.rule).text}: ${place}`
  return (
    <Page
      title={title}
      crumbs={[{ to: '/alarms', text: words.title }]}
      marks={<AlarmSeverityMark severity={alarm.severity} />}
      lead={
        <Row as="span" $gap={1}>
          <AlarmStateMarks alarm={alarm} timeZone={timeZone} />
          <span>
            {words.one.since} <Age at={alarm.raisedAt} timeZone={timeZone} />
          </span>
        </Row>
      }
      actions={<LiveState connection={live.connection} timeZone={timeZone} />}
    >
      <What alarm={alarm} timeZone={timeZone} />
      <AlarmChart alarm={alarm} timeZone={timeZone} />
      <Affected alarm={alarm} />
      <AlarmSteps alarm={alarm} timeZone={timeZone} />
      <AlarmTimeline alarm={alarm} timeZone={timeZone} />
    </Page>
  )
}

const What = ({ alarm, timeZone }: { alarm: AlarmDetail; timeZone: string }) => {
  const words = useWords(alarmWords)
  const { one } = words
  const { format, language } = useText()
  const reason = useAlarmReason()
  const { device, gateway, clearedAt, conditionClearedAt, at, ruleNow } = alarm
  const said = reason(alarm)
  const advice = pickName(ruleNow?.advice, language, '').text
  const instant = (label: string, value: string | null): [string, React.ReactNode][] =>
    value === null ? [] : [[label, format.instant(value, timeZone)]]
  return (
    <Panel aria-labelledby="alarm-what">
      <Stack $gap={3}>
        <Stack $gap={1}>
          <h2 id="alarm-what">{one.what}</h2>
          <p style={{ fontSize: 20 }}>
            <strong>{said.charAt(0).toLocaleUpperCase() + said.slice(1)}</strong>
          </p>
          {gateway === null ? null : <p>{one.silentGateway(gateway)}</p>}
          {alarm.flapping || alarm.returns > 0 ? <p>{words.flappingText(alarm.returns)}</p> : null}
        </Stack>
        <Acknowledge alarm={alarm} />
        {advice === '' ? null : (
          <InlineAlert status="neutral" labelText={one.advice}>
            <p style={{ whiteSpace: 'pre-wrap' }}>{advice}</p>
          </InlineAlert>
        )}
        <Facts
          facts={[
            ...instant(one.measured, at === alarm.raisedAt ? null : at),
            ...instant(one.since, alarm.raisedAt),
            ...instant(one.overSince, conditionClearedAt),
            ...instant(one.ended, clearedAt),
            [one.who, <AlarmWho key="who" assignee={alarm.assignee} />],
            ...(device === null
              ? []
              : [
                  [
                    one.device,
                    <AppLink key="device" to={`/devices/${device}`}>
                      <Name names={alarm.deviceName} id={device} />
                    </AppLink>,
                  ] satisfies [string, React.ReactNode],
                ]),
            [
              one.place,
              <AppLink key="place" to={`/premises/${alarm.premises}`}>
                <Name names={alarm.premisesName} id={alarm.premises} />
              </AppLink>,
            ],
          ]}
        />
        <Stack $gap={0.5}>
          <Small>{one.rule}</Small>
          {ruleNow === null ? (
            <Soft>{one.ruleGone}</Soft>
          ) : (
            <>
              <AppLink to={`/alarm-rules/${alarm.rule}`}>
                <Name names={ruleNow.name} id={alarm.rule} />
              </AppLink>
              <RuleSentences rule={ruleNow} short />
            </>
          )}
        </Stack>
      </Stack>
    </Panel>
  )
}

/** The first step stands where the eye is. */
const Acknowledge = ({ alarm: { id, may } }: { alarm: AlarmDetail }) => {
  const { one: words } = useWords(alarmWords)
  const step = useAlarmStep(id)
  if (!may.acknowledge) return null
  return (
    <Stack $gap={1} className="no-print">
      {step.error === null ? null : <Refusal error={step.error} />}
      <Row $gap={2}>
        <Button
          disabled={step.isPending}
          onClick={() => step.mutate({ step: 'acknowledge', said: words.acknowledged })}
        >
          {words.acknowledge}
        </Button>
        <Soft>{words.acknowledgeText}</Soft>
      </Row>
    </Stack>
  )
}

const Affected = ({ alarm: { affected, affectedCount } }: { alarm: AlarmDetail }) => {
  const { one: words } = useWords(alarmWords)
  if (affectedCount === 0) return null
  return (
    <Panel aria-labelledby="alarm-affected">
      <Stack>
        <h2 id="alarm-affected">{words.affected(affectedCount)}</h2>
        <Soft as="p">{words.affectedText}</Soft>
        <ul>
          {affected.map(({ id, name }) => (
            <li key={id}>
              <AppLink to={`/devices/${id}`}>
                <Name names={name} id={id} />
              </AppLink>
            </li>
          ))}
        </ul>
      </Stack>
    </Panel>
  )
}
