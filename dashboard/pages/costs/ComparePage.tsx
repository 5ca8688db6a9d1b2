// Two months or years side by side: what rose and fell, and why; which ones stands in the address.
import { useQuery } from '@tanstack/react-query'
import type { CostComparison } from '#contract/cost-figures.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { periodComparisonQuery } from '#dashboard/client/cost-figure-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Difference } from '#dashboard/components/Difference.tsx'
import { figureColumn, FigureTable, type FigureColumn } from '#dashboard/components/FigureTable.tsx'
import { itemPath } from '#dashboard/components/item-path.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { addMonths } from '#dashboard/format/zone.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Figures, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { itemName } from '#domain/writing/item-name.ts'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { FigureFrame, PartyChoice } from './FigureFrame.tsx'
import { usePeriodName } from './period-name.ts'

const MONTHS_BACK = 36
const YEARS_BACK = 5

export const ComparePage = () => <FigureFrame tab="compare">{(premises) => <Opened premises={premises} />}</FigureFrame>

const isPeriod = (text: string | null): text is string => text !== null && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text)

const Opened = ({ premises }: { premises: PremisesRecorded }) => {
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const periodName = usePeriodName()
  const now = useNow()
  const thisMonth = localDate(now, premises.timeZone).slice(0, 7)
  const thisYear = Number(thisMonth.slice(0, 4))
  const asked = get('after')
  const isYears = isPeriod(asked) && asked.length === 4
  const after = isPeriod(asked) ? asked : addMonths(thisMonth, -1)
  const wanted = get('before')
  const before =
    isPeriod(wanted) && wanted.length === after.length
      ? wanted
      : isYears
        ? String(Number(after) - 1)
        : addMonths(after, -12)
  const party = get('party') ?? ''
  const comparison = useQuery(periodComparisonQuery(premises.id, { before, after, party }))
  const periods = isYears
    ? Array.from({ length: YEARS_BACK }, (_, i) => String(thisYear - i))
    : Array.from({ length: MONTHS_BACK }, (_, i) => addMonths(thisMonth, -i))
  const options = [...new Set([...periods, before, after])]
    .sort((a, b) => b.localeCompare(a))
    .map((value) => ({ value, text: periodName(value) }))
  return (
    <>
      <Row className="no-print" $end>
        <Select
          label={words.compareWhat}
          value={isYears ? 'years' : 'months'}
          options={[
            { value: 'months', text: words.months },
            { value: 'years', text: words.wholeYears },
          ]}
          onChange={(value) => set({ after: value === 'years' ? String(thisYear) : null, before: null })}
        />
        <Select
          label={words.first}
          value={before}
          options={options}
          onChange={(value) => set({ before: value, after })}
        />
        <Select
          label={words.second}
          value={after}
          options={options}
          onChange={(value) => set({ after: value, before })}
        />
        <PartyChoice parties={premises.summary.parties} />
      </Row>
      <WhenLoaded query={comparison}>
        {(data) =>
          data.lines.length === 0 ? (
            <Panel>
              <Empty title={words.nothing} step={words.nothingStep} />
            </Panel>
          ) : (
            <>
              <Outcome comparison={data} />
              <Lines comparison={data} />
            </>
          )
        }
      </WhenLoaded>
    </>
  )
}

const Outcome = ({ comparison: { premises, before, after, change, reasons } }: { comparison: CostComparison }) => {
  const { format } = useText()
  const words = useWords(costWords)
  const periodName = usePeriodName()
  const isZero = !/[1-9]/.test(change)
  const amount = format.money(change.replace('-', ''))
  const isLess = change.startsWith('-')
  return (
    <Panel>
      <Stack>
        <h2>{isZero ? words.same : isLess ? words.fell(amount) : words.rose(amount)}</h2>
        <Facts
          facts={[
            [
              `${periodName(before.period)} (${words.monthsIn(before.months)})`,
              <Figures key="before">{format.money(before.net)}</Figures>,
            ],
            [
              `${periodName(after.period)} (${words.monthsIn(after.months)})`,
              <Figures key="after">{format.money(after.net)}</Figures>,
            ],
            [words.change, <Difference key="change" amount={change} />],
          ]}
        />
        {before.months === after.months ? null : <p>{words.unequal}</p>}
        <FigureTable
          caption={words.why}
          quietCaption
          rows={reasons}
          rowKey={({ reason }) => reason}
          fileName={[premises, before.period, after.period, 'reasons'].join('-')}
          columns={[
            {
              key: 'reason',
              head: words.why,
              heading: true,
              cell: ({ reason }) => words.reasons[reason],
              render: ({ reason }) => words.reasons[reason],
            },
            {
              key: 'net',
              head: words.change,
              figures: true,
              cell: ({ net }) => net,
              render: ({ net }) => <Difference amount={net} />,
            },
          ]}
          foot={[words.total, <Difference key="sum" amount={change} />]}
        />
        <Soft as="p">{words.whyNote}</Soft>
      </Stack>
    </Panel>
  )
}

const Lines = ({ comparison }: { comparison: CostComparison }) => {
  const { text, format, language } = useText()
  const words = useWords(costWords)
  const { lines, premises } = comparison
  const periodName = usePeriodName()
  const named = ({ item, source, name, category, key }: Line): string => {
    if (item === null) return pickName(name ?? undefined, language, key).text
    const own = itemName({ id: item.id, source }, name ?? undefined, text.costs.sources, language)
    const sort = wordOf(text.categories, category)
    return own.startsWith(sort) ? own : `${sort}: ${own}`
  }
  const whyOf = ({ reasons }: Line): string =>
    reasons
      .map(({ reason, net }) =>
        words.whyOf(words.reasons[reason], `${net.startsWith('-') ? '' : '+'}${format.money(net)}`),
      )
      .join(' · ')
  const columns: FigureColumn<Line>[] = [
    {
      key: 'line',
      head: words.line,
      heading: true,
      cell: named,
      render: (line) =>
        line.item === null ? (
          named(line)
        ) : (
          <AppLink to={itemPath(premises, line.item.month, line.item.id)}>{named(line)}</AppLink>
        ),
    },
    figureColumn('before', periodName(comparison.before.period), ({ before }) => before, format.money),
    figureColumn('after', periodName(comparison.after.period), ({ after }) => after, format.money),
    {
      key: 'change',
      head: words.change,
      figures: true,
      cell: ({ change }) => change,
      render: ({ change }) => <Difference amount={change} />,
    },
    {
      key: 'why',
      head: words.why,
      cell: whyOf,
      render: (line) => (
        <Stack $gap={0}>
          <span>{whyOf(line) || '–'}</span>
          {line.quantity === null ? null : (
            <Small>
              {format.decimal(line.quantity.before)} →{' '}
              {format.withUnit(format.decimal(line.quantity.after), line.quantity.unit)}
            </Small>
          )}
        </Stack>
      ),
    },
  ]
  // What is as it was stands behind a fold: the question is what changed.
  const [changed, same] = [lines.filter(isChanged), lines.filter((line) => !isChanged(line))]
  const table = (rows: readonly Line[], caption: string, what: string) => (
    <FigureTable
      caption={caption}
      quietCaption
      rows={rows}
      rowKey={({ key }) => key}
      fileName={[premises, comparison.before.period, comparison.after.period, what].join('-')}
      columns={columns}
    />
  )
  return (
    <Panel>
      <Stack>
        <h2>{words.lines}</h2>
        {changed.length === 0 ? <p>{words.same}</p> : table(changed, words.lines, 'changed')}
        {same.length === 0 ? null : (
          <Fold summary={words.unchanged(same.length)}>{table(same, words.unchanged(same.length), 'unchanged')}</Fold>
        )}
      </Stack>
    </Panel>
  )
}

type Line = CostComparison['lines'][number]
const isChanged = ({ change, reasons }: Line): boolean => /[1-9]/.test(change) || reasons.length > 0
