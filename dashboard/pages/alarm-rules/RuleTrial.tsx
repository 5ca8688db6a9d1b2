// What a rule would have done: how many alarms, on which days, for which devices; before it is switched on.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, LoadingSpinner } from 'suomifi-ui-components'
import type { AlarmTried, AlarmTryAnswer, AlarmTryWanted } from '#contract/alarm-rules.ts'
import { tryRule } from '#dashboard/client/alarm-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { Figures, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { TrialChart } from './TrialChart.tsx'

const DAY_MS = 86_400_000
const RANGES = { week: 7, month: 30, quarter: 90 } as const
type Range = keyof typeof RANGES

type Props = {
  /** The rule to try; null where it is not whole, which is then shown. */
  wanted: () => Pick<AlarmTryWanted, 'id' | 'premises' | 'rule'> | null
  timeZone: string
  title?: boolean
}
export const RuleTrial = ({ wanted, timeZone, title = true }: Props) => {
  const { form: words } = useWords(alarmWords)
  const announce = useAnnounce()
  const [range, setRange] = useState<Range>('month')
  const trial = useMutation({
    mutationFn: async (rule: Pick<AlarmTryWanted, 'id' | 'premises' | 'rule'>) => {
      const to = Date.now()
      return tryRule({
        ...rule,
        from: new Date(to - RANGES[range] * DAY_MS).toISOString(),
        to: new Date(to).toISOString(),
      })
    },
    onSuccess: (answer) =>
      announce(answer === null || answer.count === 0 ? words.wouldNone : words.wouldHave(answer.count)),
  })
  const start = () => {
    const rule = wanted()
    if (rule !== null) trial.mutate(rule)
  }
  return (
    <Stack>
      {title ? <h2>{words.try}</h2> : null}
      <Soft as="p">{words.tryText}</Soft>
      <Row $gap={2} $end>
        <Select
          label={words.tryMonths}
          value={range}
          options={(['week', 'month', 'quarter'] as const).map((value) => ({ value, text: words.tryRanges[value] }))}
          onChange={setRange}
        />
        <Button variant="secondary" disabled={trial.isPending} onClick={start}>
          {words.try}
        </Button>
      </Row>
      {trial.isPending ? (
        <LoadingSpinner status="loading" variant="small" text={words.trying} textAlign="right" />
      ) : null}
      {trial.error === null ? null : <Refusal error={trial.error} />}
      {trial.data == null || trial.isPending ? null : <Answer answer={trial.data} timeZone={timeZone} />}
    </Stack>
  )
}

const Answer = ({ answer, timeZone }: { answer: AlarmTryAnswer; timeZone: string }) => {
  const { form: words } = useWords(alarmWords)
  const { format } = useText()
  const { count, alarms, devices, readings, complete, sparse, reason } = answer
  if (reason !== null) return <InlineAlert status="neutral">{words.triedWhy[reason]}</InlineAlert>
  return (
    <Stack>
      <p style={{ fontSize: 20 }}>
        <strong>{count === 0 ? words.wouldNone : capital(words.wouldHave(count))}</strong>{' '}
        <Soft>{words.tried(devices, format.number(readings, 0))}</Soft>
      </p>
      {complete ? null : <InlineAlert status="warning">{words.notComplete}</InlineAlert>}
      {sparse === 0 ? null : <InlineAlert>{words.triedSparse(sparse)}</InlineAlert>}
      {count === 0 ? null : (
        <>
          <TrialChart answer={answer} timeZone={timeZone} />
          <Tried alarms={alarms} timeZone={timeZone} />
          {alarms.length < count ? <Soft as="p">{words.triedOf(alarms.length, count)}</Soft> : null}
        </>
      )}
    </Stack>
  )
}

/** So many stand there at first: below them the rule still has to be named and saved. */
const FIRST = 10

const Tried = ({ alarms, timeZone }: { alarms: readonly AlarmTried[]; timeZone: string }) => {
  const { form: words, one, flapping } = useWords(alarmWords)
  const { text, format, language } = useText()
  const [isAll, setAll] = useState(false)
  const written = (value: string | null, unit: string | null) =>
    value === null ? '–' : format.withUnit(format.decimal(value), unit)
  const columns: Column<AlarmTried>[] = [
    {
      key: 'at',
      head: words.triedAt,
      heading: true,
      sort: ({ raisedAt }) => raisedAt,
      render: ({ raisedAt }) => <Figures>{format.instant(raisedAt, timeZone)}</Figures>,
    },
    {
      key: 'end',
      head: words.triedEnd,
      sort: ({ clearedAt }) => clearedAt,
      render: ({ clearedAt }) =>
        clearedAt === null ? words.triedStands : <Figures>{format.instant(clearedAt, timeZone)}</Figures>,
    },
    {
      key: 'device',
      head: one.device,
      sort: ({ device, deviceName }) => pickName(deviceName, language, device ?? '').text,
      render: ({ device, deviceName }) =>
        device === null ? (
          '–'
        ) : (
          <AppLink to={`/devices/${device}`}>
            <Name names={deviceName} id={device} />
          </AppLink>
        ),
    },
    {
      key: 'value',
      head: words.triedWhat,
      figures: true,
      sort: ({ value }) => value,
      render: ({ value, limit, unit, flapping: flaps }) =>
        `${written(value, unit)} / ${written(limit, unit)}${flaps ? ` · ${flapping}` : ''}`,
    },
  ]
  return (
    <>
      <DataTable
        caption={words.try}
        quietCaption
        columns={columns}
        rows={isAll ? alarms : alarms.slice(0, FIRST)}
        rowKey={({ device, point, raisedAt }) => `${device} ${point} ${raisedAt}`}
        sortWord={text.common.sorted}
      />
      {isAll || alarms.length <= FIRST ? null : (
        <div>
          <Button variant="secondaryNoBorder" onClick={() => setAll(true)}>
            {words.triedAll(alarms.length)}
          </Button>
        </div>
      )}
    </>
  )
}
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
