// What was used in each period, per m² and as in a normal year; and what the weather goes by, for whom it is to say.
import type { CostFigures } from '#contract/cost-figures.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { unitSign, withUnit } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { usePeriodName } from './period-name.ts'
import { WeatherForm } from './WeatherForm.tsx'

/** Decimals that a month of a house needs, the same in all rows. */
const placesOf = (unit: string): number => (unit === 'kWh' ? 0 : 1)

export const UseFigures = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const periodName = usePeriodName()
  const { weather, periods } = figures
  const categories = [...new Set(periods.flatMap(({ usage }) => usage.map(({ category }) => category)))].sort()
  const follows = categories.find((one) => weather?.categories.includes(one) === true)
  const category = categories.find((one) => one === get('use')) ?? follows ?? categories[0]
  if (category === undefined) return null
  const rows = periods.filter(({ months }) => months > 0).toReversed()
  const unit = periods.flatMap(({ usage }) => usage).find((one) => one.category === category)?.unit ?? ''
  const perUnit = periods.flatMap(({ usage }) => usage).find((one) => one.category === category)?.perUnit ?? ''
  const usageOf = (row: (typeof rows)[number]) => row.usage.find((one) => one.category === category)
  const decimal = (value: string | null | undefined) => (value == null ? '–' : format.decimal(value))
  const quantity = (value: string | null | undefined, places = placesOf(unit)) =>
    value == null ? '–' : format.number(Number(value), places)
  const isWeather = weather?.categories.includes(category) === true
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{words.use}</h2>
          <Select
            label={text.costs.category}
            value={category}
            options={categories.map((value) => ({ value, text: wordOf(text.categories, value) }))}
            onChange={(value) => set({ use: value })}
          />
        </Row>
        <DataTable
          caption={`${words.use}: ${wordOf(text.categories, category)}`}
          quietCaption
          rows={rows}
          rowKey={({ period }) => period}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'period',
              head: words.period,
              heading: true,
              sort: ({ period }) => period,
              render: ({ period }) => periodName(period),
            },
            {
              key: 'quantity',
              head: `${words.usedQuantity} (${unitSign(unit)})`,
              figures: true,
              render: (row) => <Figures>{quantity(usageOf(row)?.quantity)}</Figures>,
            },
            {
              key: 'perM2',
              head: `${words.quantityPerM2} (${unitSign(perUnit)})`,
              figures: true,
              render: (row) => <Figures>{quantity(usageOf(row)?.perM2, 2)}</Figures>,
            },
            ...(isWeather
              ? [
                  {
                    key: 'days',
                    head: words.degreeDays,
                    figures: true,
                    render: ({ degreeDays }: (typeof rows)[number]) =>
                      degreeDays.actual === null && degreeDays.missingDays > 0 ? (
                        <Small>{words.missingDays(degreeDays.missingDays)}</Small>
                      ) : (
                        <>
                          <Figures>{decimal(degreeDays.actual)}</Figures>
                          {degreeDays.from === 'entered' ? <Small> ({words.entered})</Small> : null}
                        </>
                      ),
                  },
                  {
                    key: 'normalDays',
                    head: words.normalDegreeDays,
                    figures: true,
                    render: ({ degreeDays }: (typeof rows)[number]) => <Figures>{decimal(degreeDays.normal)}</Figures>,
                  },
                  {
                    key: 'normalised',
                    head: `${words.normalised} (${unitSign(unit)})`,
                    figures: true,
                    render: (row: (typeof rows)[number]) => (
                      <strong>
                        <Figures>{quantity(usageOf(row)?.normalised)}</Figures>
                      </strong>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {figures.party === null ? null : <Soft as="p">{words.useNote}</Soft>}
        {weather === null ? (
          <p>{words.noWeather}</p>
        ) : (
          <Small as="p">
            {words.weatherFrom(weather.place)}. {words.sourceIs(weather.source)}.{' '}
            {words.hotWaterIs(withUnit(format.decimal(weather.hotWater), weather.hotWaterUnit))}. {words.formula}
          </Small>
        )}
        {figures.mayChange ? <WeatherForm premises={figures.premises} /> : null}
      </Stack>
    </Panel>
  )
}
