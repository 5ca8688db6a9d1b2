// The flow of a month: what it was → how it was split → who bears it, as a picture and as the same figures in a table.
import { useQuery } from '@tanstack/react-query'
import type { CostFlow } from '#contract/cost-figures.ts'
import { ChartFigure } from '#dashboard/charts/ChartFigure.tsx'
import { CostFlowPicture } from '#dashboard/charts/CostFlowPicture.tsx'
import { flowQuery } from '#dashboard/client/cost-figure-queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { usePrinting } from '#dashboard/ui/usePrinting.ts'
import { wordOf } from '#domain/writing/word-of.ts'

type Props = { premises: string; month: string; parties: readonly string[] }
export const MonthFlow = ({ premises, month, parties }: Props) => {
  const words = useWords(costWords)
  const flow = useQuery(flowQuery(premises, month))
  if (flow.data?.bands.length === 0) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.flow}</h2>
        <Soft as="p">{words.flowNote}</Soft>
        <WhenLoaded query={flow}>{(data) => <Shown flow={data} parties={parties} />}</WhenLoaded>
      </Stack>
    </Panel>
  )
}

const Shown = ({ flow, parties }: { flow: CostFlow; parties: readonly string[] }) => {
  const { text, format } = useText()
  const words = useWords(costWords)
  const isPrinting = usePrinting()
  const partyName = useOrganisationNames()
  const names = {
    category: (key: string) => wordOf(text.categories, key),
    method: (key: string) => wordOf(words.methods, key),
    party: partyName,
  }
  return (
    <ChartFigure
      label={words.flow}
      fileName={`${flow.premises}-${flow.period}-flow`}
      heads={[
        { text: text.costs.category },
        { text: words.method },
        { text: text.costs.party },
        { text: text.costs.net, figures: true },
      ]}
      rows={() =>
        flow.bands.map(({ category, method, party, net }) => {
          const cells = [names.category(category), names.method(method), names.party(party)]
          return {
            key: `${category} ${method} ${party}`,
            cells: [...cells, net],
            shown: [...cells, format.money(net)],
          }
        })
      }
      notes={[
        ...(isPrinting ? [] : [words.flowHelp]),
        ...(flow.bands.some(({ net }) => net.startsWith('-')) ? [words.flowNegative] : []),
        ...(flow.blocked > 0 ? [words.flowBlocked(flow.blocked)] : []),
      ]}
    >
      <CostFlowPicture flow={flow} names={names} parties={parties} />
    </ChartFigure>
  )
}
