// A virtual meter: the device whose point it becomes, and the meters that it is the sum of, each times a constant.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { MeterShown } from '#contract/meters.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const keyOf = ({ device, point }: { device: string; point: string }): string => `${device}/${point}`
/** Units that are settled, so that parts can be added. */
const UNITS = ['kWh', 'MWh', 'Wh', 'GJ', 'm3', 'l']
type Term = { id: number; meter: string; times: string }

type Props = { meters: readonly MeterShown[]; nameOf: (meter: MeterShown) => string }
export const VirtualMeterForm = ({ meters, nameOf }: Props) => {
  const { tree: words } = useWords(meterWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const real = meters.filter(({ kind }) => kind !== 'virtual')
  const [on, setOn] = useState(real[0]?.device ?? '')
  const [key, setKey] = useState('')
  const [name, setName] = useState('')
  const [unit, setUnit] = useState(real[0]?.unit ?? 'kWh')
  const [terms, setTerms] = useState<Term[]>([
    { id: 1, meter: '', times: '1' },
    { id: 2, meter: '', times: '-1' },
  ])
  const device = useQuery(deviceQuery(on)).data
  const formula = terms.flatMap(({ meter, times }) => {
    const ref = real.find((one) => keyOf(one) === meter)
    return ref === undefined ? [] : [{ of: { device: ref.device, point: ref.point }, times: typedDecimal(times) }]
  })
  const send = useMutation({
    mutationFn: () =>
      sendJson(
        'PUT',
        apiPath(`/devices/${segment(on)}/points/${segment(key.trim())}/formula`),
        { ...(name.trim() === '' ? {} : { name: { [language]: name.trim() } }), unit, formula },
        device?.version,
      ),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['premises'] })
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  const change = (id: number, given: Partial<Term>) =>
    setTerms(terms.map((one) => (one.id === id ? { ...one, ...given } : one)))
  return (
    <Stack>
      <Soft as="p">{words.virtualNote}</Soft>
      <Row $gap={2} $end>
        <Select
          label={words.on}
          value={on}
          options={[...new Map(real.map((one) => [one.device, one])).values()].map((one) => ({
            value: one.device,
            text: nameOf(one),
          }))}
          onChange={setOn}
        />
        <TextInput labelText={words.key} value={key} onChange={(value) => setKey(String(value ?? ''))} />
        <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
        <Select
          label={words.unit}
          value={unit}
          options={UNITS.map((value) => ({ value, text: value }))}
          onChange={setUnit}
        />
      </Row>
      {terms.map(({ id, meter, times }, i) => (
        <Row key={id} $gap={2} $end>
          <Select
            label={words.term(i + 1)}
            value={meter}
            options={[
              { value: '', text: words.choose },
              ...real.map((one) => ({ value: keyOf(one), text: nameOf(one) })),
            ]}
            onChange={(value) => change(id, { meter: value })}
          />
          <TextInput
            labelText={words.times(i + 1)}
            inputMode="text"
            value={times}
            onChange={(value) => change(id, { times: String(value ?? '') })}
          />
          {terms.length > 1 ? (
            <Button variant="secondaryNoBorder" onClick={() => setTerms(terms.filter((one) => one.id !== id))}>
              {words.removeTerm(i + 1)}
            </Button>
          ) : null}
        </Row>
      ))}
      {send.error === null ? null : <Refusal error={send.error} />}
      <Row>
        <Button
          variant="secondary"
          onClick={() =>
            setTerms([...terms, { id: Math.max(0, ...terms.map(({ id }) => id)) + 1, meter: '', times: '1' }])
          }
        >
          {words.addTerm}
        </Button>
        <Button
          onClick={() => send.mutate()}
          disabled={send.isPending || key.trim() === '' || formula.length === 0 || device === undefined}
        >
          {words.save}
        </Button>
      </Row>
    </Stack>
  )
}
