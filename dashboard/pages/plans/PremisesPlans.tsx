// The storeys of premises with their plans, live: which storey is in the address.
import { useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { PlanShown } from '#contract/plans.ts'
import { planQuery, plansQuery } from '#dashboard/client/plan-queries.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { planWords } from '#dashboard/text/plans/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { PlanView } from './PlanView.tsx'
import { SendPlan, WithdrawPlan } from './SendPlan.tsx'

const Storeys = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  a {
    display: inline-block;
    min-height: 44px;
    padding: 8px 16px;
    color: var(--ink);
    text-decoration: none;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    background: var(--surface);
  }
  a[aria-current] {
    font-weight: 600;
    color: var(--link-strong);
    border: 2px solid var(--link);
    background: var(--selected);
  }
`
export const PremisesPlans = () => {
  const words = useWords(planWords)
  const { text } = useText()
  const { premises } = usePremises()
  const session = useSession()
  const { get } = useAddress()
  const plans = useQuery(plansQuery(premises.id))
  const mayEdit =
    (session.organisation === null || session.organisation === premises.landlord) &&
    hasRole(session, 'manager', 'technician')
  return (
    <WhenLoaded query={plans}>
      {({ items }) => {
        const shown = items.find(({ storey }) => storey === get('storey')) ?? items[0]
        if (shown === undefined)
          return (
            <Panel>
              <Stack>
                <Empty title={words.none} step={mayEdit ? words.noneStep : ''}>
                  {mayEdit ? <AppLink to="/imports">{words.toImports}</AppLink> : null}
                </Empty>
                {mayEdit ? <SendPlan storey={premises.spaces?.[0]?.storey ?? ''} open={false} /> : null}
              </Stack>
            </Panel>
          )
        return (
          <Stack $gap={3}>
            <nav aria-label={words.storeys} className="no-print">
              <Storeys>
                {items.map(({ id, storey }) => (
                  <li key={id}>
                    <AppLink
                      to={`/premises/${premises.id}/plans?storey=${encodeURIComponent(storey)}`}
                      {...(id === shown.id ? { 'aria-current': 'page' as const } : {})}
                    >
                      {storeyText(storey, text.premises.storey)}
                    </AppLink>
                  </li>
                ))}
              </Storeys>
            </nav>
            <Shown key={shown.id} plan={shown} />
            {mayEdit ? (
              <Stack className="no-print">
                <SendPlan key={shown.storey} storey={shown.storey} open={false} />
                <div>
                  <WithdrawPlan plan={shown} />
                </div>
              </Stack>
            ) : null}
          </Stack>
        )
      }}
    </WhenLoaded>
  )
}

/** A storey that is only a number needs the word; `1. krs` says it itself. */
const storeyText = (storey: string, word: (storey: string) => string): string =>
  /^[-\d]+$|^[A-Z]\d?$/.test(storey) ? word(storey) : storey

const Shown = ({ plan }: { plan: PlanShown }) => {
  const { text } = useText()
  const opened = useQuery(planQuery(plan.id))
  return (
    <Panel>
      <Stack>
        <h2>{storeyText(plan.storey, text.premises.storey)}</h2>
        <WhenLoaded query={opened}>{(data) => <PlanView opened={data} />}</WhenLoaded>
      </Stack>
    </Panel>
  )
}
