// Electricity today by this time, meter by meter, against the same weekday of the last four weeks.
import { useQuery } from '@tanstack/react-query'
import type { MeteredCostRecorded } from '#contract/costs.ts'
import { electricityMetersQuery, todayQuery } from '#dashboard/client/overview-queries.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Figures, Panel, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const METERS_SHOWN = 4
/** Below this share the two days are the same to a person. */
const SAME = 0.03

export const EnergyToday = () => {
  const { first: words } = useWords(helpWords)
  const meters = useQuery(electricityMetersQuery)
  if (meters.data?.length === 0) return null
  return (
    <Panel aria-labelledby="energy">
      <Stack>
        <h2 id="energy">{words.energy}</h2>
        <WhenLoaded query={meters}>
          {(costs) => (
            <>
              {costs.slice(0, METERS_SHOWN).map((cost) => (
                <Meter key={cost.id} cost={cost} />
              ))}
            </>
          )}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const Meter = ({ cost: { premises, meter } }: { cost: MeteredCostRecorded }) => {
  const { first: words } = useWords(helpWords)
  const { overview } = useWords(alarmWords)
  const { format } = useText()
  const { nameOf } = usePremisesNames()
  const device = useQuery(deviceQuery(meter.device)).data
  const asked = useQuery(todayQuery(`${meter.device}/${meter.point}`))
  const today = asked.data?.series[0]
  const soFar = today?.soFar ?? null
  const expected = today?.expected ?? null
  const change =
    soFar === null || expected === null || Number(expected) === 0 ? null : Number(soFar) / Number(expected) - 1
  const amount = (quantity: string | null) =>
    quantity === null ? '–' : <Figures>{format.quantity(Number(quantity), today?.unit)}</Figures>
  return (
    <Stack $gap={1}>
      <h3>
        <AppLink to={`/devices/${meter.device}?point=${meter.point}&range=day`}>
          <Name names={device?.name} id={meter.device} />
        </AppLink>
        <Soft>{` · ${nameOf(premises)}`}</Soft>
      </h3>
      {asked.data === undefined ? (
        <WhenLoaded query={asked}>{() => null}</WhenLoaded>
      ) : soFar === null ? (
        <p>{words.noEnergy}</p>
      ) : (
        <Facts
          facts={[
            [words.energySoFar, amount(soFar)],
            [
              overview.energyUsual,
              <span key="usual">
                {amount(expected)}
                {today === undefined || today.weeks === 0 ? null : (
                  <>
                    <br />
                    <Small>{overview.energyWeeks(today.weeks)}</Small>
                  </>
                )}
              </span>,
            ],
          ]}
        />
      )}
      {change === null ? null : (
        <p>
          {Math.abs(change) < SAME
            ? overview.energySame
            : (change > 0 ? overview.energyMore : overview.energyLess)(format.percent(Math.abs(change), 0))}
        </p>
      )}
    </Stack>
  )
}
