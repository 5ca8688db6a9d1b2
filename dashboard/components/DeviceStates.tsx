// How many devices of a premises are in each state, by word, icon and colour; each leads to its list.
import type { PremisesSummary } from '#contract/premises.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { StateMark } from './StateMark.tsx'

const ORDER = ['offline', 'stale', 'works', 'never'] as const

export const DeviceStates = ({ premises, devices }: { premises: string; devices: PremisesSummary['devices'] }) => (
  <Row as="ul" $gap={1}>
    {ORDER.filter((state) => devices[state] > 0).map((state) => (
      <li key={state}>
        <AppLink to={`/devices?premises=${premises}&state=${state}`}>
          <StateMark state={state} count={devices[state]} />
        </AppLink>
      </li>
    ))}
  </Row>
)
