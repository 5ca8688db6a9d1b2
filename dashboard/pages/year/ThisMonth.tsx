// Against what one's own organisation budgeted for the running month: a line of the first page for controllers.
import { useQuery } from '@tanstack/react-query'
import { thisMonthQuery } from '#dashboard/client/year-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { Figures, Stack } from '#dashboard/ui/Layout.tsx'
import { Incomplete } from './Incomplete.tsx'

export const ThisMonth = ({ premises }: { premises: string }) => {
  const { organisation, roles } = useSession()
  return organisation !== null && roles.includes('controller') ? <OfController premises={premises} /> : null
}

/** A premises whose costs are not ours has none: then nothing stands here. */
const OfController = ({ premises }: { premises: string }) => {
  const { format } = useText()
  const words = useWords(yearWords)
  const found = useQuery({ ...thisMonthQuery(premises), retry: false }).data
  if (found === undefined) return null
  return (
    <Stack $gap={1}>
      <span>
        <AppLink to={`/costs/${premises}/budget`}>{words.budgetOf(format.month(found.month))}</AppLink>:{' '}
        {found.budget === null ? words.notMade : <Figures>{format.money(found.budget)}</Figures>}
      </span>
      {found.missing.length === 0 ? null : <Incomplete month={found.month} missing={found.missing} />}
    </Stack>
  )
}
