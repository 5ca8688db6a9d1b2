// What one's own organisation bears this month so far, against its budget and last year: a line of the overview for controllers.
import { useQuery } from '@tanstack/react-query'
import { thisMonthQuery } from '#dashboard/client/year-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { Figures, Small, Stack } from '#dashboard/ui/Layout.tsx'

export const ThisMonth = ({ premises }: { premises: string }) => {
  const { organisation, roles } = useSession()
  return organisation !== null && roles.includes('controller') ? <OfController premises={premises} /> : null
}

/** A premises whose costs are not ours has none: then nothing stands here. */
const OfController = ({ premises }: { premises: string }) => {
  const { text, format } = useText()
  const words = useWords(yearWords)
  const found = useQuery({ ...thisMonthQuery(premises), retry: false }).data
  if (found === undefined) return null
  const shown = (amount: string | null) => (amount === null ? text.common.none : format.money(amount))
  return (
    <Stack $gap={0.5}>
      <span>
        <AppLink to={`/costs/${premises}/budget`}>{words.thisMonth}</AppLink>:{' '}
        <Figures>{format.money(found.soFar)}</Figures>
      </span>
      <Small>{words.thisMonthText(shown(found.budget), shown(found.lastYear))}</Small>
    </Stack>
  )
}
