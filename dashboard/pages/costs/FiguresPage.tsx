// Key figures of a premises: trends by party, cost type or source; per m² and person; consumption and weather; emissions.
import { useQueries } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { CostFigures } from '#contract/cost-figures.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { biggestKinds, inOrderOf, partyKinds } from '#dashboard/charts/biggest-kinds.ts'
import { StackedMonths } from '#dashboard/charts/StackedMonths.tsx'
import { figuresQuery } from '#dashboard/client/cost-figure-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { monthsShown } from '#dashboard/components/cost-query.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, Loading, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { addMonths } from '#dashboard/format/zone.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { EmissionFigures } from './EmissionFigures.tsx'
import { FigureFrame, PartyChoice } from './FigureFrame.tsx'
import { PublicPagePanel } from './PublicPagePanel.tsx'
import { RelativeFigures } from './RelativeFigures.tsx'
import { usePeriodName } from './period-name.ts'
import { UseFigures } from './UseFigures.tsx'

/** Years side by side. */
const YEARS = 3
/** The months of all those years, one by one. */
const MONTHS_OF_YEARS = 'months'
const BYS = ['party', 'category', 'source'] as const

export const FiguresPage = () => <FigureFrame tab="figures">{(premises) => <Opened premises={premises} />}</FigureFrame>

const Opened = ({ premises }: { premises: PremisesRecorded }) => {
  const { text } = useText()
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const now = useNow()
  const thisYear = new Date(now).getUTCFullYear()
  const year = get('year')
  const isYears = year === 'all'
  const shown = monthsShown(year, now, premises.timeZone)
  const lastYears = { from: addMonths(`${thisYear}-12`, 1 - 12 * YEARS), to: `${thisYear}-12` }
  const span = isYears || year === MONTHS_OF_YEARS ? lastYears : shown
  // What is to come has cost nothing yet, and need not be computed.
  const thisMonth = localDate(now, premises.timeZone).slice(0, 7)
  const untilNow = (month: string): string => (span.from <= thisMonth && month > thisMonth ? thisMonth : month)
  const party = get('party') ?? ''
  // One question per period: what has arrived is shown while the rest is computed.
  const periods = isYears
    ? Array.from({ length: YEARS }, (_, i) => `${thisYear - YEARS + 1 + i}`).map((one) => [
        `${one}-01`,
        untilNow(`${one}-12`),
      ])
    : monthsFromTo(span.from, untilNow(span.to)).map((one) => [one, one])
  const figures = useQueries({
    queries: periods.map(([from = '', to = '']) =>
      figuresQuery(premises.id, { from, to, by: isYears ? 'year' : 'month', party }),
    ),
    combine: togetherOf,
  })
  const isComputing = figures.known < periods.length && figures.error === null
  return (
    <>
      <Row className="no-print" $end>
        <Select
          label={words.span}
          value={year ?? ''}
          options={[
            { value: '', text: words.last13 },
            ...[0, 1, 2].map((back) => ({ value: String(thisYear - back), text: String(thisYear - back) })),
            { value: MONTHS_OF_YEARS, text: words.monthsOfYears(YEARS) },
            { value: 'all', text: words.years },
          ]}
          onChange={(value) => set({ year: value })}
        />
        <PartyChoice parties={premises.summary.parties} />
      </Row>
      {isComputing ? <output>{words.progress(figures.known, periods.length)}</output> : null}
      {figures.data !== undefined && figures.error !== null ? (
        <Refusal error={figures.error} retry={() => void figures.refetch()} />
      ) : null}
      <WhenLoaded query={figures}>
        {(data) =>
          !data.periods.every(({ months }) => months === 0) ? (
            <>
              <Trend figures={data} parties={premises.summary.parties} />
              <RelativeFigures figures={data} />
              <UseFigures figures={data} />
              <EmissionFigures figures={data} />
            </>
          ) : isComputing ? (
            // Periods without costs may be the first that arrive.
            <Loading />
          ) : (
            <Panel>
              <Empty title={text.costs.noMonths} step={text.costs.noMonthsStep} />
            </Panel>
          )
        }
      </WhenLoaded>
      <PublicPagePanel premises={premises.id} />
    </>
  )
}

/** Months from `from` to `to`, both in. */
function monthsFromTo(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

/** The periods that have arrived, as one answer. */
function togetherOf(results: readonly UseQueryResult<CostFigures>[]) {
  const known = results.flatMap(({ data }) => data ?? [])
  const [first] = known
  const factors = new Map(known.flatMap((one) => one.factors.map((factor) => [factor.id, factor] as const)))
  const failed = results.find(({ error }) => error !== null)
  return {
    known: known.length,
    data:
      first === undefined
        ? undefined
        : { ...first, periods: known.flatMap(({ periods }) => periods), factors: [...factors.values()] },
    error: failed?.error ?? null,
    isPending: first === undefined && failed === undefined,
    refetch: () => Promise.all(results.filter(({ error }) => error !== null).map((one) => one.refetch())),
  }
}

const Trend = ({ figures, parties }: { figures: CostFigures; parties: readonly string[] }) => {
  const { text } = useText()
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const nameOf = useOrganisationNames()
  const periodName = usePeriodName()
  const by = BYS.find((one) => one === get('by')) ?? 'category'
  const rows = figures.periods.map(({ period, net, byParty, byCategory, bySource }) => ({
    month: period,
    total: net,
    pieces:
      by === 'party'
        ? byParty.map((one) => ({ key: one.party, amount: one.net }))
        : by === 'category'
          ? byCategory.map((one) => ({ key: one.category, amount: one.net }))
          : bySource.map((one) => ({ key: one.source as string, amount: one.net })),
  }))
  const named = (key: string) => (by === 'category' ? wordOf(text.categories, key) : wordOf(text.costs.sources, key))
  // Of party the order of the agreement; of the others the biggest first.
  const kinds = by === 'party' ? partyKinds(parties, rows, nameOf) : biggestKinds(rows, named)
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{words.trend}</h2>
          <Select
            label={words.showBy}
            value={by}
            options={BYS.map((value) => ({ value, text: words.by[value] }))}
            onChange={(value) => set({ by: value === 'category' ? null : value })}
          />
        </Row>
        <Soft as="p">{words.trendNote}</Soft>
        <StackedMonths
          label={words.trend}
          fileName={`${figures.premises}-${figures.periods[0]?.period ?? ''}-${figures.periods.at(-1)?.period ?? ''}`}
          kinds={kinds}
          bars={inOrderOf(kinds, rows)}
          named={periodName}
          linkOf={(period, key) =>
            period.length === 4
              ? `/costs/${figures.premises}/figures?year=${period}`
              : `/costs/${figures.premises}/${period}${by === 'category' && key !== null ? `?category=${encodeURIComponent(key)}` : ''}`
          }
        />
      </Stack>
    </Panel>
  )
}
