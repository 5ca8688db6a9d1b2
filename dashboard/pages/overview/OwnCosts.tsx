// For the head of an agency: what the shared premises cost us in the last full month, and why.
import { useQuery } from '@tanstack/react-query'
import type { PremisesSummary } from '#contract/premises.ts'
import { largestFirst } from '#dashboard/charts/stack-geometry.ts'
import { settlementsQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Figures, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

const PREMISES_SHOWN = 6
const CATEGORIES_SHOWN = 3

export const OwnCosts = ({ premises }: { premises: readonly PremisesSummary[] }) => {
  const { first: words } = useWords(helpWords)
  const { organisation } = useSession()
  const shown = premises.flatMap((one) => (one.month === null ? [] : [{ one, period: one.month.period }]))
  if (organisation === null || shown.length === 0) return null
  return (
    <Panel aria-labelledby="own-costs">
      <Stack>
        <h2 id="own-costs">{words.ownCosts}</h2>
        {shown.slice(0, PREMISES_SHOWN).map(({ one, period }) => (
          <OwnMonth key={one.id} premises={one} period={period} party={organisation} />
        ))}
      </Stack>
    </Panel>
  )
}

type Props = { premises: PremisesSummary; period: string; party: string }
const OwnMonth = ({ premises: { id, name }, period, party }: Props) => {
  const { first: words } = useWords(helpWords)
  const { text, format } = useText()
  const months = useQuery(settlementsQuery(id, period, period))
  return (
    <Stack $gap={1}>
      <h3>
        <AppLink to={`/costs/${id}`}>
          <Name names={name} id={id} />
        </AppLink>
        {`, ${format.month(period)}`}
      </h3>
      <WhenLoaded query={months}>
        {({ items: [month] }) => {
          const own = month?.statements.find((one) => one.party === party)
          if (month === undefined || own === undefined) return <p>{words.noCosts}</p>
          const largest = month.byCategory
            .toSorted(largestFirst)
            .slice(0, CATEGORIES_SHOWN)
            .map(({ category, net }) => `${wordOf(text.categories, category)} ${format.money(net)}`)
          return (
            <>
              <Facts
                facts={[
                  [
                    words.ourShare,
                    <strong key="own">
                      <Figures>{format.money(own.net)}</Figures>
                    </strong>,
                  ],
                  [words.ofAll, <Figures key="all">{format.money(month.net)}</Figures>],
                  [words.largest, largest.join(', ')],
                ]}
              />
              <Row>
                <StateMark state={month.status} />
                <AppLink to={`/costs/${id}/${period}/statements/${party}`}>{words.why}</AppLink>
              </Row>
            </>
          )
        }}
      </WhenLoaded>
    </Stack>
  )
}
