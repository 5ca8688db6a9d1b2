// A new inspection: from the library with its law and interval, all of which can be changed.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { InspectionShown } from '#contract/inspections.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { inspectionTemplatesQuery } from '#dashboard/client/service-queries.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

const SHOWN = 200
export const InspectionForm = ({ premises }: { premises: string }) => {
  const words = useWords(serviceWords)
  const { inspection } = words
  const { language } = useText()
  const dueId = useId()
  const go = useGo()
  const announce = useAnnounce()
  const client = useQueryClient()
  const templates = useQuery(inspectionTemplatesQuery).data?.items ?? []
  const devices = useInfiniteQuery(deviceListQuery({ premises }, SHOWN)).data?.pages[0]?.items ?? []
  const [template, setTemplate] = useState('')
  const [device, setDevice] = useState('')
  const [title, setTitle] = useState('')
  const [law, setLaw] = useState('')
  const [months, setMonths] = useState('')
  const [firstDue, setFirstDue] = useState('')
  const chosen = templates.find(({ id }) => id === template)
  const named = (names: Parameters<typeof pickName>[0]): string => pickName(names, language, '').text
  const fitting = devices.filter(
    ({ type }) => chosen === undefined || chosen.deviceTypes.length === 0 || chosen.deviceTypes.includes(type ?? ''),
  )
  const send = useMutation({
    mutationFn: () =>
      sendJson<InspectionShown>('POST', apiPath('/inspections'), {
        premises,
        template: chosen?.id ?? null,
        device: device === '' ? null : device,
        ...(title.trim() === '' ? {} : { title: { [language]: title.trim() } }),
        ...(law.trim() === '' ? {} : { law: { [language]: law.trim() } }),
        ...(months.trim() === '' ? {} : { intervalMonths: Number(months) }),
        firstDue,
      }),
    onSuccess: async (made) => {
      announce(inspection.added)
      await client.invalidateQueries({ queryKey: ['service'] })
      if (made !== null) void go(`/service/inspections/${made.id}`)
    },
  })
  const isReady =
    firstDue !== '' &&
    (months.trim() === '' || /^[1-9]\d{0,2}$/.test(months.trim())) &&
    (chosen !== undefined || (title.trim() !== '' && law.trim() !== '' && months.trim() !== ''))
  return (
    <Stack>
      <Small as="p">{inspection.configurable}</Small>
      <Row $end>
        <Select
          label={inspection.template}
          value={template}
          options={[
            { value: '', text: inspection.own },
            ...templates.map(({ id, title: name }) => ({ value: id, text: named(name) })),
          ]}
          onChange={(id) => {
            setTemplate(id)
            setDevice('')
          }}
        />
        <Select
          label={words.device}
          value={device}
          options={[
            { value: '', text: words.wholePremises },
            ...fitting.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
          ]}
          onChange={setDevice}
        />
      </Row>
      {chosen === undefined ? null : (
        <Soft as="p">
          {named(chosen.law)}: {inspection.intervalText(chosen.intervalMonths)}. {named(chosen.note)}
        </Soft>
      )}
      <Row $end>
        <TextInput labelText={inspection.name} value={title} onChange={(value) => setTitle(String(value ?? ''))} />
        <TextInput labelText={inspection.law} value={law} onChange={(value) => setLaw(String(value ?? ''))} />
        <TextInput
          labelText={inspection.interval}
          inputMode="numeric"
          value={months}
          visualPlaceholder={chosen === undefined ? '' : String(chosen.intervalMonths)}
          onChange={(value) => setMonths(String(value ?? ''))}
        />
        <DateField id={dueId} label={inspection.firstDue} value={firstDue} onChange={setFirstDue} />
      </Row>
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button disabled={!isReady || send.isPending} onClick={() => send.mutate()}>
          {inspection.add}
        </Button>
      </div>
    </Stack>
  )
}
