// What was used in each period, per m² and as in a normal year; and what the weather goes by, for whom it is to say.
import type { CostFigures } from '#contract/cost-figures.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { figureColumn, FigureTable } from '#dashboard/components/FigureTable.tsx'
import { UseBars } from '#dashboard/charts/UseBars.tsx'
import { Figures, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { unitSign } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { figuresFile, periodsShown, usePeriodColumn, type CostPeriod } from './period-column.ts'
import { usePeriodName } from './period-name.ts'
import { WeatherForm } from './WeatherForm.tsx'

/** Decimals that a month of a house needs, the same in all rows. */
const placesOf = (unit: string): number => (unit === 'kWh' ? 0 : 1)

export const UseFigures = ({ figures }: { figures: CostFigures }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const periodName = usePeriodName()
  const period = usePeriodColumn()
  const { weather, periods } = figures
  const categories = [...new Set(periods.flatMap(({ usage }) => usage.map(({ category }) => category)))].sort()
  const follows = categories.find((one) => weather?.categories.includes(one) === true)
  const category = categories.find((one) => one === get('use')) ?? follows ?? categories[0]
  if (category === undefined) return null
  const rows = periodsShown(figures)
  const unit = periods.flatMap(({ usage }) => usage).find((one) => one.category === category)?.unit ?? ''
  const perUnit = periods.flatMap(({ usage }) => usage).find((one) => one.category === category)?.perUnit ?? ''
  const usageOf = (row: CostPeriod) => row.usage.find((one) => one.category === category)
  const decimal = (value: string | null) => (value === null ? '–' : format.decimal(value))
  const rounded = (places: number) => (value: string | null) =>
    value === null ? '–' : format.number(Number(value), places)
  const quantity = rounded(placesOf(unit))
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
        <UseBars
          unit={unitSign(unit)}
          used={words.usedQuantity}
          normal={isWeather ? words.normalised : null}
          bars={rows.toReversed().map((row) => ({
            period: row.period,
            name: periodName(row.period),
            used: usageOf(row)?.quantity ?? null,
            normal: usageOf(row)?.normalised ?? null,
          }))}
          show={quantity}
        />
        <FigureTable
          caption={`${words.use}: ${wordOf(text.categories, category)}`}
          quietCaption
          rows={rows}
          rowKey={(row) => row.period}
          fileName={figuresFile(figures, category)}
          columns={[
            period,
            figureColumn<CostPeriod>(
              'quantity',
              `${words.usedQuantity} (${unitSign(unit)})`,
              (row) => usageOf(row)?.quantity ?? null,
              quantity,
            ),
            figureColumn<CostPeriod>(
              'perM2',
              `${words.quantityPerM2} (${unitSign(perUnit)})`,
              (row) => usageOf(row)?.perM2 ?? null,
              rounded(2),
            ),
            ...(isWeather
              ? [
                  {
                    ...figureColumn<CostPeriod>(
                      'days',
                      words.degreeDays,
                      ({ degreeDays }) => degreeDays.actual,
                      decimal,
                    ),
                    render: ({ degreeDays }: CostPeriod) =>
                      degreeDays.actual === null && degreeDays.missingDays > 0 ? (
                        <Small>{words.missingDays(degreeDays.missingDays)}</Small>
                      ) : (
                        <>
                          <Figures>{decimal(degreeDays.actual)}</Figures>
                          {degreeDays.from === 'entered' ? <Small> ({words.entered})</Small> : null}
                        </>
                      ),
                  },
                  figureColumn<CostPeriod>(
                    'normalDays',
                    words.normalDegreeDays,
                    ({ degreeDays }) => degreeDays.normal,
                    decimal,
                  ),
                  figureColumn<CostPeriod>(
                    'normalised',
                    `${words.normalised} (${unitSign(unit)})`,
                    (row) => usageOf(row)?.normalised ?? null,
                    quantity,
                  ),
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
            {words.hotWaterIs(format.withUnit(format.decimal(weather.hotWater), weather.hotWaterUnit))}. {words.formula}
          </Small>
        )}
        {figures.mayChange ? <WeatherForm premises={figures.premises} /> : null}
      </Stack>
    </Panel>
  )
}
