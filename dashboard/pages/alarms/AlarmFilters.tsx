// The filters of the list of alarms: words, premises, severity, state; a device or rule that another page chose can be let go.
import { Button, IconClose, SearchInput } from 'suomifi-ui-components'
import { useQuery } from '@tanstack/react-query'
import { alarmRuleQuery } from '#dashboard/client/alarm-queries.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Filters, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { SEVERITY_WISHES, SHOWN, shownOf } from './alarm-filter.ts'

export const AlarmFilters = () => {
  const { list: words, severities } = useWords(alarmWords)
  const { text } = useText()
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const shownWords = { standing: words.standing, ours: words.ours, all: words.everything }
  const severityWord = (severity: (typeof SEVERITY_WISHES)[number]) =>
    severity === '' ? words.anySeverity : severity === 'major,critical' ? words.fromMajor : severities[severity]
  return (
    <Stack $gap={1}>
      <Filters aria-label={words.filters}>
        <SearchInput
          fullWidth
          labelText={text.common.search}
          visualPlaceholder={words.searchHint}
          clearButtonLabel={text.common.close}
          searchButtonLabel={text.common.search}
          defaultValue={get('q') ?? ''}
          debounce={300}
          onChange={(value) => set({ q: String(value ?? '') })}
        />
        <Select
          label={words.state}
          value={shownOf(get)}
          options={SHOWN.map((value) => ({ value, text: shownWords[value] }))}
          onChange={(state) => set({ state: state === 'standing' ? null : state })}
        />
        <Select
          label={words.severity}
          value={SEVERITY_WISHES.find((one) => one === get('severity')) ?? ''}
          options={SEVERITY_WISHES.map((value) => ({ value, text: severityWord(value) }))}
          onChange={(severity) => set({ severity })}
        />
        <Select
          label={words.premises}
          value={get('premises') ?? ''}
          options={[{ value: '', text: words.anyPremises }, ...all.map(({ id }) => ({ value: id, text: nameOf(id) }))]}
          onChange={(premises) => set({ premises })}
        />
      </Filters>
      <Row $gap={1}>
        {get('device') === null ? null : <DeviceWish id={get('device') ?? ''} />}
        {get('rule') === null ? null : <RuleWish id={get('rule') ?? ''} />}
      </Row>
    </Stack>
  )
}

const DeviceWish = ({ id }: { id: string }) => {
  const { list: words } = useWords(alarmWords)
  const { language } = useText()
  const device = useQuery(deviceQuery(id)).data
  return <Wish filter="device">{words.ofDevice(pickName(device?.name, language, id).text)}</Wish>
}
const RuleWish = ({ id }: { id: string }) => {
  const { list: words } = useWords(alarmWords)
  const { language } = useText()
  const rule = useQuery(alarmRuleQuery(id)).data
  return <Wish filter="rule">{words.ofRule(pickName(rule?.name, language, id).text)}</Wish>
}
const Wish = ({ filter, children }: { filter: 'device' | 'rule'; children: string }) => {
  const { list: words } = useWords(alarmWords)
  const { set } = useAddress()
  return (
    <Button
      variant="secondary"
      iconRight={<IconClose />}
      aria-label={`${children}. ${words.everyOne}`}
      onClick={() => set({ [filter]: null })}
    >
      {children}
    </Button>
  )
}
