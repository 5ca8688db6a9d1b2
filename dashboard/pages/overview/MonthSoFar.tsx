// The running month so far, beside the same month of last year: both as the API gives them.
import { useQueries } from '@tanstack/react-query'
import type { PremisesSummary } from '#contract/premises.ts'
import type { SettlementSummary } from '#contract/settlements.ts'
import { settlementsQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Loading } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { addMonths } from '#dashboard/format/zone.ts'
import { ThisMonth } from '#dashboard/pages/year/ThisMonth.tsx'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Figures, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { localDate } from '#domain/writing/date.ts'

/** Premises whose running month is computed for the first page; others have theirs under costs. */
const SHOWN = 4

export const MonthSoFar = ({ premises }: { premises: readonly PremisesSummary[] }) => {
  const { first: words } = useWords(helpWords)
  // Only where the session sees costs.
  const shown = premises.filter(({ month }) => month !== null).slice(0, SHOWN)
  if (shown.length === 0) return null
  return (
    <Panel aria-labelledby="so-far">
      <Stack>
        <h2 id="so-far">{words.soFar}</h2>
        <Soft as="p">{words.soFarText}</Soft>
        {shown.map((one) => (
          <Running key={one.id} premises={one} />
        ))}
      </Stack>
    </Panel>
  )
}

const Running = ({ premises: { id, name, timeZone } }: { premises: PremisesSummary }) => {
  const { first: words } = useWords(helpWords)
  const { text, format } = useText()
  const { organisation } = useSession()
  const month = localDate(useNow(), timeZone).slice(0, 7)
  const lastYear = addMonths(month, -12)
  const [now, before] = useQueries({
    queries: [month, lastYear].map((one) => settlementsQuery(id, one, one)),
  })
  if (now?.data === undefined) return <Loading />
  const running = now.data.items[0]
  const compared = before?.data?.items[0]
  const own = ({ statements }: SettlementSummary) => statements.find(({ party }) => party === organisation)?.net
  const amount = (one: SettlementSummary | undefined) =>
    one === undefined ? (
      '–'
    ) : (
      <Stack $gap={0.5}>
        <Figures>{format.money(one.net)}</Figures>
        {own(one) === undefined ? null : (
          <Soft>
            {text.costs.ownFirst} <Figures>{format.money(own(one) ?? null)}</Figures>
          </Soft>
        )}
      </Stack>
    )
  return (
    <Stack $gap={1}>
      <h3>
        <AppLink to={`/costs/${id}/${month}`}>
          <Name names={name} id={id} />
        </AppLink>
      </h3>
      <Facts
        facts={[
          [words.thisMonth(format.month(month)), amount(running)],
          ...(compared?.net == null
            ? []
            : [[words.lastYear(format.month(lastYear)), amount(compared)] satisfies [string, React.ReactNode]]),
        ]}
      />
      <ThisMonth premises={id} />
      {running === undefined || running.blocked === 0 ? null : (
        <div>
          <StateMark state="blocked" count={running.blocked} />
        </div>
      )}
    </Stack>
  )
}
