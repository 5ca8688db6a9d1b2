// A service plan, new or changed: a template or none, for a device or a whole type, when, from when, and first what it would bring.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, Checkbox, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { PlanAnswer, PlanShown, Trigger } from '#contract/service.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deviceListQuery, deviceQuery, organisationsQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { planTemplatesQuery } from '#dashboard/client/service-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { Ahead } from './Ahead.tsx'
import { ItemsField, type Item } from './ItemsField.tsx'
import { TriggerField, triggerOf, type TriggerDraft } from './TriggerField.tsx'

const SHOWN = 200
const YEARLY: TriggerDraft = { by: 'months', every: '12', point: '', months: [], day: '1' }
type Given = Trigger | { [K in Trigger['by']]: Omit<Extract<Trigger, { by: K }>, 'from'> }[Trigger['by']]
const draftOf = (trigger: Given): TriggerDraft => ({
  by: trigger.by,
  every: 'every' in trigger ? String(trigger.every) : '',
  point: 'point' in trigger ? trigger.point : '',
  months: 'months' in trigger ? [...trigger.months] : [],
  day: 'day' in trigger ? String(trigger.day) : '1',
})
const ofText = (of: PlanShown['of']): string => ('device' in of ? `device ${of.device}` : `type ${of.deviceType}`)

/** `known`: the plan that is changed; what it is for stays. */
type Props = { premises: string; known?: PlanShown; made: () => void }
export const PlanForm = ({ premises, known, made }: Props) => {
  const words = useWords(serviceWords)
  const { plan } = words
  const { language } = useText()
  const [fromId] = [useId()]
  const announce = useAnnounce()
  const client = useQueryClient()
  const { nameOf } = useDeviceTypes()
  const templates = useQuery(planTemplatesQuery).data?.items ?? []
  const organisations = useQuery(organisationsQuery).data ?? []
  const devices = useInfiniteQuery(deviceListQuery({ premises }, SHOWN)).data?.pages[0]?.items ?? []
  const timeZone = useQuery(premisesQuery(premises)).data?.timeZone ?? 'Europe/Helsinki'
  const [of, setOf] = useState(known === undefined ? '' : ofText(known.of))
  const [template, setTemplate] = useState('')
  const [title, setTitle] = useState(known === undefined ? '' : pickName(known.title, language, '').text)
  const today = localDate(useNow(), timeZone)
  const [from, setFrom] = useState(known?.startsOn ?? today)
  const [draft, setDraft] = useState(known === undefined ? YEARLY : draftOf(known.trigger))
  const [workingDays, setWorkingDays] = useState(known?.workingDays ?? true)
  const [rhythm, setRhythm] = useState(known?.rhythm ?? 'done')
  const [leadDays, setLeadDays] = useState(String(known?.leadDays ?? 14))
  const [contractor, setContractor] = useState(known?.contractor ?? '')
  const [items, setItems] = useState<Item[]>([...(known?.checklist ?? [])])
  const types = [...new Set(devices.flatMap(({ type }) => (type === null ? [] : [type])))]
  const device = devices.find(({ id }) => `device ${id}` === of)
  const type = of.startsWith('type ') ? of.slice(5) : (device?.type ?? '')
  const points = useQuery({ ...deviceQuery(device?.id ?? ''), enabled: device !== undefined }).data?.points ?? []
  const fitting = templates.filter(({ deviceTypes }) => deviceTypes.includes(type))
  const chosen = fitting.find(({ id }) => id === template)
  // Without another day the days of the rhythm stay as they were.
  const since = known !== undefined && from === known.startsOn && 'from' in known.trigger ? known.trigger.from : from
  const trigger: Trigger | null = triggerOf(draft, since)
  const wanted = {
    premises,
    of: of.startsWith('type ') ? { deviceType: type } : { device: of.slice(7) },
    template: chosen?.id ?? known?.template ?? null,
    ...(title.trim() === '' ? {} : { title: { ...known?.title, [language]: title.trim() } }),
    ...(known === undefined ? {} : { state: known.state, assignee: known.assignee?.id ?? null }),
    ...(trigger === null ? {} : { trigger }),
    startsOn: from,
    workingDays,
    rhythm,
    leadDays: Number(leadDays),
    contractor: contractor === '' ? null : contractor,
    ...(items.length === 0 && known === undefined
      ? {}
      : { checklist: items.map((item, i) => ({ ...item, id: `item-${i + 1}` })) }),
  }
  const send = useMutation({
    mutationFn: (apply: boolean) =>
      known === undefined
        ? sendJson<PlanAnswer>('POST', apiPath('/service/plans'), { ...wanted, apply })
        : sendJson<PlanAnswer>(
            'PUT',
            apiPath(`/service/plans/${segment(known.id ?? '')}`),
            { ...wanted, apply },
            known.version,
          ),
    onSuccess: async (_answer, apply) => {
      if (!apply) return
      announce(known === undefined ? plan.saved : plan.changed)
      await client.invalidateQueries({ queryKey: ['service'] })
      made()
    },
  })
  /** The preview is of what was asked: another wish hides it. */
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value)
      send.reset()
    }
  const take = (id: string) => {
    const one = fitting.find((each) => each.id === id)
    setTemplate(id)
    send.reset()
    if (one === undefined) return
    setRhythm(one.rhythm)
    setWorkingDays(one.workingDays)
    setLeadDays(String(one.leadDays))
    setDraft(draftOf(one.trigger))
  }
  const isReady =
    of !== '' &&
    trigger !== null &&
    from !== '' &&
    /^\d{1,3}$/.test(leadDays) &&
    (chosen !== undefined || title.trim() !== '')
  const preview = send.data?.preview ?? null
  return (
    <Stack>
      {known !== undefined ? null : (
        <Row $end>
          <Select
            label={plan.of}
            value={of}
            options={[
              { value: '', text: '–' },
              ...types.map((id) => ({ value: `type ${id}`, text: plan.ofType(nameOf(id)) })),
              ...devices.map(({ id, name }) => ({ value: `device ${id}`, text: pickName(name, language, id).text })),
            ]}
            onChange={(value) => {
              setOf(value)
              setTemplate('')
              send.reset()
            }}
          />
          <Select
            label={plan.template}
            value={chosen === undefined ? '' : template}
            options={[
              { value: '', text: plan.ownPlan },
              ...fitting.map(({ id, title: name }) => ({ value: id, text: pickName(name, language, id).text })),
            ]}
            onChange={take}
          />
        </Row>
      )}
      <TextInput
        labelText={plan.name}
        value={title}
        visualPlaceholder={chosen === undefined ? '' : pickName(chosen.title, language, '').text}
        onChange={(value) => change(setTitle)(String(value ?? ''))}
      />
      <TriggerField draft={draft} change={change(setDraft)} points={points} />
      <Row $end>
        <DateField
          id={fromId}
          label={known === undefined ? plan.from : plan.anew}
          value={from}
          onChange={change(setFrom)}
        />
        <TextInput
          labelText={plan.leadDays}
          inputMode="numeric"
          value={leadDays}
          onChange={(value) => change(setLeadDays)(String(value ?? ''))}
        />
      </Row>
      <Row $end>
        <Select
          label={plan.rhythm}
          value={rhythm}
          options={(['done', 'fixed'] as const).map((value) => ({ value, text: plan.rhythms[value] }))}
          onChange={change(setRhythm)}
        />
        <Select
          label={words.contractor}
          value={contractor}
          options={[
            { value: '', text: words.noContractor },
            ...organisations.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
          ]}
          onChange={change(setContractor)}
        />
      </Row>
      <Checkbox checked={workingDays} onClick={({ checkboxState }) => change(setWorkingDays)(checkboxState)}>
        {plan.workingDays}
      </Checkbox>
      {chosen === undefined ? null : <Soft as="p">{plan.itemsFrom(chosen.checklist.length)}</Soft>}
      {chosen === undefined ? <ItemsField items={items} change={change(setItems)} /> : null}
      {send.error === null ? null : <Refusal error={send.error} />}
      {preview === null ? null : (
        <InlineAlert status="neutral" labelText={preview.length === 0 ? plan.nothing : plan.brings(preview.length)}>
          {preview.length === 0 ? null : <Ahead items={preview} plain />}
        </InlineAlert>
      )}
      <Row>
        <Button
          variant={preview === null ? 'default' : 'secondary'}
          disabled={!isReady || send.isPending}
          onClick={() => send.mutate(false)}
        >
          {plan.preview}
        </Button>
        {preview === null ? null : (
          <Button disabled={send.isPending} onClick={() => send.mutate(true)}>
            {known === undefined ? plan.save : plan.saveChange}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
