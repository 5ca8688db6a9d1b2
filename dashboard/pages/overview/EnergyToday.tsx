// Electricity today by this time, meter by meter, against the same weekday a week ago.
import { useQuery } from '@tanstack/react-query'
import type { MeteredCostRecorded } from '#contract/costs.ts'
import { electricityMetersQuery } from '#dashboard/client/overview-queries.ts'
import { consumptionQuery, deviceQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { addDays, startOfDate } from '#dashboard/format/zone.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Figures, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { localDate } from '#domain/writing/date.ts'

const QUARTER_MS = 900_000
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
  const { format } = useText()
  const { nameOf, timeZoneOf } = usePremisesNames()
  const device = useQuery(deviceQuery(meter.device)).data
  const zone = timeZoneOf(premises)
  // Whole quarters, so that a question stays the same for some minutes.
  const now = Math.floor(useNow() / QUARTER_MS) * QUARTER_MS
  const today = localDate(now, zone)
  const start = startOfDate(today, zone)
  const weekAgo = startOfDate(addDays(today, -7), zone)
  const soFar = useDay(meter, start, now)
  const before = useDay(meter, weekAgo, weekAgo + (now - start))
  const change = soFar === null || before === null || before.value === 0 ? null : soFar.value / before.value - 1
  const amount = (one: typeof soFar) => (one === null ? '–' : <Figures>{format.quantity(one.value, one.unit)}</Figures>)
  return (
    <Stack $gap={1}>
      <h3>
        <AppLink to={`/devices/${meter.device}?point=${meter.point}&range=day`}>
          <Name names={device?.name} id={meter.device} />
        </AppLink>
        <Soft>{` · ${nameOf(premises)}`}</Soft>
      </h3>
      {soFar === null ? (
        <p>{words.noEnergy}</p>
      ) : (
        <Facts
          facts={[
            [words.energySoFar, amount(soFar)],
            [words.energyExpected, amount(before)],
          ]}
        />
      )}
      {change === null ? null : (
        <p>
          {Math.abs(change) < SAME
            ? words.energySame
            : (change > 0 ? words.energyMore : words.energyLess)(format.percent(Math.abs(change), 0))}
        </p>
      )}
    </Stack>
  )
}

/** The consumption between two instants; null while it is unknown. */
const useDay = (
  { device, point }: MeteredCostRecorded['meter'],
  from: number,
  to: number,
): { value: number; unit: string | null } | null => {
  const asked = consumptionQuery(`${device}/${point}`, new Date(from).toISOString(), new Date(to).toISOString(), 'P1D')
  const series = useQuery({ ...asked, enabled: to > from }).data?.series[0]
  const quantity = series?.steps[0]?.quantity ?? null
  return quantity === null ? null : { value: Number(quantity), unit: series?.unit ?? null }
}
