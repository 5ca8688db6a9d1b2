// The alarm rules of a premises: what each does, how grave, how many devices; switched on and off from the list.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, IconClose, IconPlus, SearchInput } from 'suomifi-ui-components'
import type { AlarmRuleShown, AlarmRuleWanted } from '#contract/alarm-rules.ts'
import { alarmRulesQuery } from '#dashboard/client/alarm-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { AlarmSeverityMark } from '#dashboard/components/AlarmMarks.tsx'
import { AppLink, useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { RuleSentences } from '#dashboard/components/RuleSentences.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { Filters, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

const USES = ['', 'true', 'false'] as const

export const AlarmRules = () => {
  const { rules: words, ...rest } = useWords(alarmWords)
  const { text } = useText()
  const { get, set } = useAddress()
  const go = useGo()
  const session = useSession()
  const { all, nameOf } = usePremisesNames()
  const premises = get('premises') ?? all[0]?.id ?? ''
  const on = USES.find((one) => one === get('on')) ?? ''
  const q = get('q') ?? ''
  const device = get('device') ?? ''
  const rules = useQuery({
    ...alarmRulesQuery({
      premises,
      ...(on === '' ? {} : { on }),
      ...(q === '' ? {} : { q }),
      ...(device === '' ? {} : { device }),
    }),
    enabled: premises !== '',
  })
  const mayMake = hasRole(session, 'manager')
  return (
    <Page
      title={words.title}
      crumbs={[{ to: '/alarms', text: rest.title }]}
      lead={words.lead}
      actions={
        mayMake && premises !== '' ? (
          <Row $gap={2}>
            <Button variant="secondary" onClick={() => void go(`/alarm-rules/suggested?premises=${premises}`)}>
              {words.suggestions}
            </Button>
            <Button icon={<IconPlus />} onClick={() => void go(`/alarm-rules/new?premises=${premises}`)}>
              {words.make}
            </Button>
          </Row>
        ) : null
      }
    >
      <Panel>
        <Stack $gap={3}>
          <Filters aria-label={words.filters}>
            <Select
              label={words.choosePremises}
              value={premises}
              options={all.map(({ id }) => ({ value: id, text: nameOf(id) }))}
              onChange={(value) => set({ premises: value, device: null })}
            />
            <Select
              label={words.use}
              value={on}
              options={[
                { value: '', text: words.all },
                { value: 'true', text: words.onOnly },
                { value: 'false', text: words.offOnly },
              ]}
              onChange={(value) => set({ on: value })}
            />
            <SearchInput
              fullWidth
              labelText={text.common.search}
              visualPlaceholder={words.searchHint}
              clearButtonLabel={text.common.close}
              searchButtonLabel={text.common.search}
              defaultValue={q}
              debounce={300}
              onChange={(value) => set({ q: String(value ?? '') })}
            />
          </Filters>
          {device === '' ? null : (
            <div>
              <Button variant="secondary" iconRight={<IconClose />} onClick={() => set({ device: null })}>
                {rest.list.ofDevice(device)}
              </Button>
            </div>
          )}
          {premises === '' ? (
            <Empty title={words.noPremises} />
          ) : (
            <WhenLoaded query={rules}>
              {(items) =>
                items.length === 0 ? (
                  on === '' && q === '' && device === '' ? (
                    <Empty title={words.none} step={words.noneStep} />
                  ) : (
                    <Empty title={words.noneFound} />
                  )
                ) : (
                  <RuleTable rules={items} />
                )
              }
            </WhenLoaded>
          )}
          {mayMake ? null : <Soft as="p">{words.mayNot}</Soft>}
        </Stack>
      </Panel>
    </Page>
  )
}

const GRAVITY = ['info', 'warning', 'major', 'critical'] as const
const RuleTable = ({ rules }: { rules: readonly AlarmRuleShown[] }) => {
  const { rules: words } = useWords(alarmWords)
  const { text, language } = useText()
  const columns: Column<AlarmRuleShown>[] = [
    {
      key: 'name',
      head: words.name,
      heading: true,
      sort: ({ name, id }) => pickName(name, language, id).text,
      render: ({ name, id }) => (
        <AppLink to={`/alarm-rules/${id}`}>
          <Name names={name} id={id} />
        </AppLink>
      ),
    },
    {
      key: 'what',
      head: words.what,
      prose: true,
      render: (rule) => (
        <Small>
          <RuleSentences rule={{ ...rule, on: true }} targetName={rule.targetName} />
        </Small>
      ),
    },
    {
      key: 'severity',
      head: words.severity,
      sort: ({ severity }) => GRAVITY.indexOf(severity),
      render: ({ severity }) => <AlarmSeverityMark severity={severity} />,
    },
    {
      key: 'devices',
      head: words.devices,
      figures: true,
      sort: ({ devices }) => devices,
      render: ({ devices, target }) => (target.kind === 'premises' && devices === 0 ? '–' : devices),
    },
    {
      key: 'standing',
      head: words.standing,
      figures: true,
      sort: ({ standing }) => standing,
      render: ({ standing, id }) =>
        standing === 0 ? 0 : <AppLink to={`/alarms?rule=${encodeURIComponent(id)}`}>{standing}</AppLink>,
    },
    {
      key: 'on',
      head: words.use,
      sort: ({ on }) => (on ? 1 : 0),
      render: (rule) => <OnOff rule={rule} />,
    },
  ]
  return (
    <DataTable
      caption={words.title}
      quietCaption
      rows={rules}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={columns}
    />
  )
}

/** Whether it is on, and the switch for those who may. */
const OnOff = ({ rule }: { rule: AlarmRuleShown }) => {
  const { rules: words, form } = useWords(alarmWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const turn = useMutation({
    mutationFn: (on: boolean) =>
      sendJson('PUT', apiPath(`/alarm-rules/${segment(rule.id)}`), { ...wantedOf(rule), on }, rule.version),
    onSuccess: async (_answer, on) => {
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['alarm-rules', 'alarms'].includes(String(queryKey[0])),
      })
      announce(on ? form.turnedOn : form.turnedOff)
    },
  })
  const { on } = rule
  return (
    <Stack $gap={0.5}>
      <span>{on ? words.on : words.off}</span>
      {rule.mayChange ? (
        <Button
          variant="secondaryNoBorder"
          style={{ whiteSpace: 'nowrap', padding: 0, textAlign: 'left' }}
          disabled={turn.isPending}
          aria-label={`${on ? form.turnOff : form.turnOn}: ${pickName(rule.name, language, rule.id).text}`}
          onClick={() => turn.mutate(!on)}
        >
          {on ? form.turnOff : form.turnOn}
        </Button>
      ) : null}
      {turn.error === null ? null : <Refusal error={turn.error} />}
    </Stack>
  )
}

/** What PUT takes of what is shown. */
const wantedOf = ({
  premises,
  name,
  on,
  severity,
  target,
  condition,
  latching,
  flapping,
  season,
  maintenance,
  advice,
}: AlarmRuleShown): AlarmRuleWanted => ({
  premises,
  name,
  on,
  severity,
  target,
  condition,
  ...(latching === undefined ? {} : { latching }),
  ...(flapping === undefined ? {} : { flapping }),
  ...(season === undefined ? {} : { season }),
  ...(maintenance === undefined ? {} : { maintenance }),
  ...(advice === undefined ? {} : { advice }),
})
