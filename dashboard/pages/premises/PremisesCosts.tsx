// The costs of one premises, month by month.
import { MonthlyCosts } from '#dashboard/components/MonthlyCosts.tsx'
import { usePremises } from './PremisesPage.tsx'

export const PremisesCosts = () => {
  const { premises } = usePremises()
  return <MonthlyCosts premises={premises.id} timeZone={premises.timeZone} parties={premises.summary.parties} />
}
