// The rooms of a premises' costs: its months, key figures, two periods compared, and the year in budget, accruals and advance payments.
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

const TABS = ['months', 'figures', 'compare', 'budget', 'accruals', 'advances'] as const
/** Rooms that have no year of their own in the address. */
const WITHOUT_YEAR: readonly string[] = ['figures', 'compare']
export type YearTab = (typeof TABS)[number]

export const YearTabs = ({ premises, open, year }: { premises: string; open: YearTab; year?: number }) => {
  const words = useWords(yearWords)
  return (
    <Tabs
      label={words.tabs}
      link={AppLink}
      tabs={TABS.map((tab) => ({
        to: `/costs/${premises}${tab === 'months' ? '' : `/${tab}`}${year === undefined || WITHOUT_YEAR.includes(tab) ? '' : `?year=${year}`}`,
        text: words[tab],
        open: tab === open,
      }))}
    />
  )
}
