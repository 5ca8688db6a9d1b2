// Energy and water of a premises today by use, beside what is usual at this time; nothing where it has no meters.
import { useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { EnergyByUse as Answer } from '#contract/energy-by-use.ts'
import { energyByUseQuery } from '#dashboard/client/energy-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { energyWords } from '#dashboard/text/energy/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

type Medium = Answer['media'][number]
type Line = {
  key: string
  text: string
  soFar: string | null
  expected: string | null
  meters: { device: string; point: string }[]
}

export const EnergyByUse = () => {
  const words = useWords(energyWords)
  const { format } = useText()
  const { premises } = usePremises()
  const energy = useQuery(energyByUseQuery(premises.id))
  if (energy.data?.media.length === 0) return null
  return (
    <Panel aria-labelledby="energy-by-use">
      <Stack>
        <h2 id="energy-by-use">{words.title}</h2>
        <WhenLoaded query={energy}>
          {({ media, to, timeZone }) => (
            <Stack $gap={3}>
              <Small as="p">{words.lead(format.time(Date.parse(to), timeZone))}</Small>
              {media.map((medium) => (
                <Uses key={medium.medium} medium={medium} />
              ))}
              {media.some(({ rest }) => rest !== null) ? <Small as="p">{words.restHow}</Small> : null}
            </Stack>
          )}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const Bar = styled.span`
  display: block;
  width: 160px;
  max-width: 100%;
  height: 10px;
  border: 1px solid var(--ink-soft);
  border-radius: 5px;
  overflow: hidden;
  > span {
    display: block;
    height: 100%;
    background: var(--link);
  }
`
const Uses = ({ medium: { medium, unit, total, uses, rest } }: { medium: Medium }) => {
  const words = useWords(energyWords)
  const { text, format } = useText()
  const lines: Line[] = [
    ...uses.map(({ use, ...amount }) => ({ key: use, text: words.uses[use], ...amount })),
    ...(rest === null ? [] : [{ key: 'rest', text: words.rest, meters: [], ...rest }]),
    // One use that is all of it is its own total.
    ...(total === null || (rest === null && uses.length === 1)
      ? []
      : [{ key: 'total', text: words.total, meters: [], ...total }]),
  ]
  // Bars are parts of the whole, or of the largest where nobody measures the whole.
  const whole = Math.max(0, ...lines.map(({ soFar }) => Number(soFar ?? 0)))
  const amount = (quantity: string | null) =>
    quantity === null ? '–' : <Figures>{format.quantity(Number(quantity), unit)}</Figures>
  return (
    <DataTable
      caption={words.media[medium]}
      rows={lines}
      rowKey={({ key }) => key}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'use',
          head: words.use,
          heading: true,
          render: ({ text: name, meters }) => {
            const [first] = meters
            return first === undefined ? (
              name
            ) : (
              <AppLink to={`/devices/${first.device}?point=${first.point}&range=day`}>{name}</AppLink>
            )
          },
        },
        {
          key: 'so-far',
          head: words.soFar,
          render: ({ soFar }) => (
            <Row $gap={1}>
              {amount(soFar)}
              {soFar === null || whole === 0 ? null : (
                <Bar aria-hidden="true">
                  <span style={{ width: `${(Number(soFar) / whole) * 100}%` }} />
                </Bar>
              )}
            </Row>
          ),
        },
        { key: 'expected', head: words.expected, render: ({ expected }) => amount(expected) },
        {
          key: 'change',
          head: words.change,
          render: ({ soFar, expected }) => <Change soFar={soFar} expected={expected} />,
        },
      ]}
    />
  )
}

const Change = ({ soFar, expected }: Pick<Line, 'soFar' | 'expected'>) => {
  const { format } = useText()
  if (soFar === null || expected === null || Number(expected) === 0) return '–'
  const change = Number(soFar) / Number(expected) - 1
  return <Figures>{`${change > 0 ? '+' : ''}${format.percent(change, 0)}`}</Figures>
}
