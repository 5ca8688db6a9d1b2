// Comfort of the spaces of premises: now, and how much of the opening time was within the limits, the weakest first; and the opening hours.
import { useQuery } from '@tanstack/react-query'
import { IconCheckCircle, IconWarning } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { Comfort, ComfortMeasured, ComfortSpace } from '#contract/comfort.ts'
import { localDate } from '#domain/writing/date.ts'
import { comfortQuery } from '#dashboard/client/plan-queries.ts'
import { Age, useNow } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { addDays } from '#dashboard/format/zone.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { comfortWords } from '#dashboard/text/comfort/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { OpeningHoursPanel } from './OpeningHours.tsx'

const SETS = ['new-building', 'action'] as const
const SPANS = ['7', '30', '90'] as const
const UNITS = { temperature: '°C', co2: 'ppm' } as const
type Quantity = keyof typeof UNITS

export const PremisesComfort = () => {
  const words = useWords(comfortWords)
  const { premises } = usePremises()
  const { get, set } = useAddress()
  const limits = SETS.find((one) => one === get('limits')) ?? 'new-building'
  const days = SPANS.find((one) => one === get('days')) ?? '7'
  const to = addDays(localDate(useNow(), premises.timeZone), 1)
  const from = addDays(to, -Number(days))
  const comfort = useQuery(comfortQuery(premises.id, { from, to, limits }))
  return (
    <Stack $gap={3}>
      <Panel>
        <Stack>
          <Row $spread $end>
            <h2>{words.title}</h2>
            <Row $gap={2} $end>
              <Select
                label={words.limits}
                value={limits}
                options={SETS.map((value) => ({ value, text: words.sets[value] }))}
                onChange={(value) => set({ limits: value })}
              />
              <Select
                label={words.span}
                value={days}
                options={SPANS.map((value) => ({ value, text: words.spans[value] }))}
                onChange={(value) => set({ days: value })}
              />
            </Row>
          </Row>
          <WhenLoaded query={comfort}>{(data) => <Spaces comfort={data} />}</WhenLoaded>
        </Stack>
      </Panel>
      <OpeningHoursPanel />
    </Stack>
  )
}

const Spaces = ({ comfort }: { comfort: Comfort }) => {
  const words = useWords(comfortWords)
  const { text, format } = useText()
  const { premises } = usePremises()
  const degrees = ([least, most]: readonly number[]) => `${least}–${most}\u00A0°C`
  const ppm = (value: number) => format.withUnit(format.number(value), 'ppm')
  if (comfort.spaces.length === 0) return <Empty title={words.none} step={words.noneStep} />
  const weak = comfort.spaces
    .map((space) => ({ space, share: shareOf(space) }))
    .filter(({ share }) => share !== null && share < 1)
    .toSorted((a, b) => (a.share ?? 1) - (b.share ?? 1))
    .slice(0, 3)
  const measured = (quantity: Quantity) => ({
    key: quantity,
    head: words.quantities[quantity],
    sort: (space: ComfortSpace) => space[quantity]?.now?.value ?? null,
    render: (space: ComfortSpace) => (
      <Cell quantity={quantity} measured={space[quantity]} timeZone={premises.timeZone} />
    ),
  })
  return (
    <Stack>
      <p>
        {words.range(
          degrees(comfort.heating),
          degrees(comfort.otherwise),
          ppm(comfort.outdoorCo2 + comfort.co2AboveOutdoor),
          ppm(comfort.co2AboveOutdoor),
          ppm(comfort.outdoorCo2),
        )}
      </p>
      <Small as="p">{words.sources[comfort.limits]}</Small>
      {comfort.schedule === null ? <p>{words.allHours}</p> : null}
      <Stack $gap={1}>
        <h3>{words.worst}</h3>
        {weak.length === 0 ? (
          <p>{comfort.spaces.some((space) => shareOf(space) !== null) ? words.allWithin : words.nothingYet}</p>
        ) : (
          <ul>
            {weak.map(({ space, share }) => (
              <li key={space.space}>
                <Name names={space.name} id={space.space} />: <Figures>{format.percent(share ?? 0, 0)}</Figures>
              </li>
            ))}
          </ul>
        )}
      </Stack>
      <DataTable
        caption={words.title}
        quietCaption
        rows={comfort.spaces}
        rowKey={({ space }) => space}
        sortWord={text.common.sorted}
        columns={[
          {
            key: 'space',
            head: words.space,
            heading: true,
            sort: ({ space }) => space,
            render: ({ space, name, storey }) => (
              <>
                <AppLink to={`/devices?premises=${premises.id}&space=${space}`}>
                  <Name names={name} id={space} />
                </AppLink>
                <br />
                <Soft>{storey === null ? space : text.premises.storey(storey)}</Soft>
              </>
            ),
          },
          measured('temperature'),
          measured('co2'),
          {
            key: 'within',
            head: comfort.schedule === null ? words.withinAll : words.within,
            sort: (space) => shareOf(space),
            render: (space) => <Within space={space} />,
          },
        ]}
      />
      {comfort.more ? <p>{words.more}</p> : null}
    </Stack>
  )
}

/** The weaker of both quantities; null where nothing was measured while it was open. */
const shareOf = ({ temperature, co2 }: ComfortSpace): number | null => {
  const shares = [temperature, co2].flatMap((one) =>
    one === null || one.hours === 0 ? [] : [one.hoursWithin / one.hours],
  )
  return shares.length === 0 ? null : Math.min(...shares)
}

type CellProps = { quantity: Quantity; measured: ComfortMeasured | null; timeZone: string }
const Cell = ({ quantity, measured, timeZone }: CellProps) => {
  const words = useWords(comfortWords)
  const { format } = useText()
  if (measured === null || measured.now === null) return '–'
  const { verdict, now, least, most } = measured
  const written = (value: number) =>
    format.number(Math.round(value * (quantity === 'co2' ? 1 : 10)) / (quantity === 'co2' ? 1 : 10))
  return (
    <Stack $gap={0}>
      <Row $gap={1}>
        <AppLink to={`/devices/${measured.device}`}>
          <Figures>{format.withUnit(written(now.value), UNITS[quantity])}</Figures>
        </AppLink>
        {verdict === null ? null : (
          <ToneMark
            tone={verdict === 'within' ? 'good' : 'warn'}
            icon={verdict === 'within' ? IconCheckCircle : IconWarning}
          >
            {words.verdicts[verdict]}
          </ToneMark>
        )}
      </Row>
      <Small>
        <Age at={now.at} timeZone={timeZone} />
        {least === null || most === null ? '' : ` · ${words.range2} ${written(least)}–${written(most)}`}
      </Small>
    </Stack>
  )
}

const Bar = styled.span`
  display: block;
  width: 120px;
  max-width: 100%;
  height: 8px;
  border: 1px solid var(--ink-soft);
  border-radius: 4px;
  overflow: hidden;
  > span {
    display: block;
    height: 100%;
    background: var(--link);
  }
`
const Within = ({ space }: { space: ComfortSpace }) => {
  const words = useWords(comfortWords)
  const { format } = useText()
  const share = shareOf(space)
  if (share === null) return '–'
  const { temperature, co2 } = space
  const told = [
    ...(temperature !== null && temperature.hoursBelow > 0
      ? [words.tooCold(format.number(temperature.hoursBelow))]
      : []),
    ...(temperature !== null && temperature.hoursAbove > 0
      ? [words.tooWarm(format.number(temperature.hoursAbove))]
      : []),
    ...(co2 !== null && co2.hoursAbove > 0
      ? [`${words.quantities.co2}: ${words.tooMuch(format.number(co2.hoursAbove))}`]
      : []),
  ]
  return (
    <Stack $gap={0}>
      <Row $gap={1}>
        <Bar aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </Bar>
        <Figures>{format.percent(share, 0)}</Figures>
      </Row>
      <Small>
        {told.length === 0
          ? words.hours(format.number(Math.max(temperature?.hours ?? 0, co2?.hours ?? 0)))
          : told.join(', ')}
      </Small>
    </Stack>
  )
}
