// What the weather of the premises goes by: place and source, sensor, entered degree days, normal year, hot water.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import type { WeatherShown, WeatherWanted } from '#contract/cost-figures.ts'
import { weatherPath, weatherQuery } from '#dashboard/client/cost-figure-queries.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

export const WeatherForm = ({ premises }: { premises: string }) => {
  const words = useWords(costWords)
  const weather = useQuery(weatherQuery(premises))
  return (
    <div className="no-print">
      <Fold summary={words.weatherAsked}>
        <WhenLoaded query={weather}>
          {(data) => <Form key={data.version} premises={premises} shown={data} />}
        </WhenLoaded>
      </Fold>
    </div>
  )
}

const FOLLOWING = ['heat', 'electricity', 'cooling']

const Form = ({ premises, shown: { weather, version } }: { premises: string; shown: WeatherShown }) => {
  const { text } = useText()
  const words = useWords(costWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [draft, setDraft] = useState({
    place: weather?.place ?? '',
    source: weather?.source ?? '',
    sensor: weather?.sensor == null ? '' : `${weather.sensor.device}/${weather.sensor.point}`,
    months: (weather?.months ?? []).map(({ month, degreeDays }) => `${month} ${degreeDays}`).join('\n'),
    normal: (weather?.normal ?? []).join(' '),
    category: weather?.categories[0] ?? 'heat',
    hotWater: weather?.hotWater ?? '0',
  })
  const put = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const save = useMutation({
    mutationFn: () => {
      const [device = '', point = ''] = draft.sensor.trim().split('/')
      const wanted: WeatherWanted = {
        place: draft.place,
        source: draft.source,
        sensor: device === '' ? null : { device, point },
        months: draft.months
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => {
            const [month = '', degreeDays = ''] = line.trim().split(/\s+/)
            return { month, degreeDays: typedDecimal(degreeDays) }
          }),
        normal: draft.normal
          .split(/\s+/)
          .filter((one) => one !== '')
          .map(typedDecimal),
        categories: [draft.category],
        hotWater: typedDecimal(draft.hotWater),
        hotWaterUnit: 'MWh',
      }
      return sendJson('PUT', weatherPath(premises), wanted, version === 0 ? undefined : version)
    },
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['weather', premises] })
      await client.invalidateQueries({ queryKey: ['cost-figures', premises] })
    },
  })
  const field = (key: 'place' | 'source' | 'sensor' | 'normal' | 'hotWater', label: string, hint?: string) => (
    <TextInput
      labelText={label}
      fullWidth
      value={draft[key]}
      onChange={(value) => put({ [key]: String(value ?? '') })}
      {...(hint === undefined ? {} : { hintText: hint })}
    />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack>
        {field('place', words.place)}
        {field('source', words.weatherSource)}
        {field('sensor', words.sensorField, words.sensorHint)}
        <Textarea
          labelText={words.monthsField}
          hintText={words.monthsHint}
          fullWidth
          value={draft.months}
          onChange={(event) => put({ months: event.target.value })}
        />
        {field('normal', words.normalField, words.normalHint)}
        <Select
          label={words.followsField}
          value={draft.category}
          options={FOLLOWING.map((value) => ({ value, text: wordOf(text.categories, value) }))}
          onChange={(category) => put({ category })}
        />
        {field('hotWater', words.hotWaterField)}
        {save.error === null ? null : <Refusal error={save.error} />}
        <Row>
          <Button type="submit" disabled={save.isPending}>
            {words.saveWeather}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
