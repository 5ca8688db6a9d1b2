// What labels are wanted: for listed devices of one premises, or blank ones that may go on any device there.
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, RadioButton, RadioButtonGroup, TextInput } from 'suomifi-ui-components'
import type { ClaimsMade } from '#contract/claims.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

/** Labels of one request, as the API takes them. */
const MOST = 1000
const SHOWN = 200

export const LabelForm = ({ done }: { done: (made: ClaimsMade) => Promise<void> }) => {
  const { labels: words } = useWords(connectWords)
  const { language } = useText()
  const { all, nameOf } = usePremisesNames()
  const [premises, setPremises] = useState('')
  const [kind, setKind] = useState<'devices' | 'blank'>('devices')
  const [count, setCount] = useState('24')
  const [days, setDays] = useState('365')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const place = premises === '' && all.length === 1 ? (all[0]?.id ?? '') : premises
  const listed = useInfiniteQuery({
    ...deviceListQuery({ premises: place }, SHOWN),
    enabled: place !== '' && kind === 'devices',
  })
  const devices = listed.data?.pages.flatMap(({ items }) => items) ?? []
  const wanted = devices.filter(({ id }) => chosen.has(id))
  const wrong =
    place === ''
      ? words.needed.premises
      : kind === 'devices' && wanted.length === 0
        ? words.needed.devices
        : kind === 'blank' && !isWhole(count, MOST)
          ? words.needed.count
          : !isWhole(days, 1825)
            ? words.needed.days
            : null
  const make = useMutation({
    mutationFn: () =>
      sendJson<ClaimsMade>('POST', apiPath('/claims'), {
        validDays: Number(days),
        ...(kind === 'devices'
          ? { devices: wanted.map(({ id }) => id).slice(0, MOST) }
          : { blank: Number(count), premises: place }),
      }),
    onSuccess: async (made) => {
      if (made !== null) await done(made)
      setTried(false)
      setChosen(new Set())
    },
  })
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  return (
    <Panel>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (wrong === null) make.mutate()
        }}
      >
        <Stack $gap={3}>
          <h2>{words.title}</h2>
          <Soft as="p">{words.lead}</Soft>
          {make.error === null ? null : <RefusalWithProblems error={make.error} />}
          <div>
            <Select
              label={words.premises}
              value={place}
              options={[
                { value: '', text: words.choosePremises },
                ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
              ]}
              onChange={(id) => {
                setPremises(id)
                setChosen(new Set())
              }}
            />
          </div>
          <RadioButtonGroup
            name="labels-for"
            labelText={words.what}
            value={kind}
            onChange={(value) => setKind(value === 'blank' ? 'blank' : 'devices')}
          >
            <RadioButton value="devices">{words.forDevices}</RadioButton>
            <RadioButton value="blank">{words.blank}</RadioButton>
          </RadioButtonGroup>
          {kind === 'blank' ? (
            <TextInput
              labelText={words.count}
              hintText={words.countHint}
              value={count}
              inputMode="numeric"
              onChange={(value) => setCount(String(value ?? ''))}
            />
          ) : place === '' ? null : (
            <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
              <legend>
                <strong>{words.devices}</strong>
              </legend>
              <Row>
                <Button variant="secondaryNoBorder" onClick={() => setChosen(new Set(devices.map(({ id }) => id)))}>
                  {words.all(devices.length)}
                </Button>
                <Button variant="secondaryNoBorder" onClick={() => setChosen(new Set())}>
                  {words.noneChosen}
                </Button>
              </Row>
              <div style={{ maxHeight: 320, overflowY: 'auto', border: '1px solid var(--line)', padding: 8 }}>
                {devices.map(({ id, name }) => (
                  <Checkbox
                    key={id}
                    checked={chosen.has(id)}
                    onClick={({ checkboxState }) => toggle(id, checkboxState)}
                  >
                    {pickName(name, language, id).text} ({id})
                  </Checkbox>
                ))}
                {devices.length === 0 && listed.isSuccess ? <p>{words.noDevices}</p> : null}
              </div>
              {listed.hasNextPage ? (
                <Button variant="secondaryNoBorder" onClick={() => void listed.fetchNextPage()}>
                  {words.moreDevices}
                </Button>
              ) : null}
            </fieldset>
          )}
          <TextInput
            labelText={words.days}
            value={days}
            inputMode="numeric"
            onChange={(value) => setDays(String(value ?? ''))}
          />
          {tried && wrong !== null ? <p role="alert">{wrong}</p> : null}
          <div>
            <Button type="submit" aria-disabled={make.isPending}>
              {words.make(kind === 'blank' ? (isWhole(count, MOST) ? Number(count) : 0) : wanted.length)}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  )
}

const isWhole = (text: string, most: number): boolean => /^[1-9]\d{0,3}$/.test(text.trim()) && Number(text) <= most
