// The costs of one premises, month by month; and what of them everybody may see.
import { MonthlyCosts } from '#dashboard/components/MonthlyCosts.tsx'
import { PublicPagePanel } from '#dashboard/pages/costs/PublicPagePanel.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { usePremises } from './PremisesPage.tsx'

export const PremisesCosts = () => {
  const { premises } = usePremises()
  return (
    <Stack $gap={3}>
      <MonthlyCosts premises={premises.id} timeZone={premises.timeZone} parties={premises.summary.parties} />
      <PublicPagePanel premises={premises.id} />
    </Stack>
  )
}
