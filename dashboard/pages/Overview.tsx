// What needs me today: each role's own question first, then how each building is.
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import type { Need } from '#contract/overview.ts'
import type { PremisesSummary } from '#contract/premises.ts'
import { priceGapsQuery } from '#dashboard/client/imports.ts'
import { overviewQuery } from '#dashboard/client/queries.ts'
import { waitingQuery } from '#dashboard/client/month-queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { DeviceStates } from '#dashboard/components/DeviceStates.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PartyList } from '#dashboard/components/PartyNames.tsx'
import { Power } from '#dashboard/components/Power.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { PriceGaps } from '#dashboard/components/PriceGaps.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { InTurn } from '#dashboard/ui/InTurn.tsx'
import { Facts, Figures, Grid, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { FirstSteps, StepsLeft } from '#dashboard/components/FirstSteps.tsx'
import { BrokenDevices } from './overview/BrokenDevices.tsx'
import { EnergyToday } from './overview/EnergyToday.tsx'
import { Lines } from '#dashboard/components/Lines.tsx'
import { MonthSoFar } from './overview/MonthSoFar.tsx'
import { OpenDisputes } from './overview/OpenDisputes.tsx'
import { OwnCosts } from './overview/OwnCosts.tsx'
import { PlatformState } from './overview/PlatformState.tsx'
import { sectionsFor, type Section } from './overview/sections.ts'
import { Welcome } from './overview/Welcome.tsx'
import { WaitingForUs } from './WaitingForUs.tsx'

export const Overview = () => {
  const { text } = useText()
  const session = useSession()
  const overview = useQuery(overviewQuery)
  const sections = sectionsFor(session)
  return (
    <Page title={text.overview.title}>
      <Welcome />
      <WhenLoaded query={overview}>
        {({ needs, premises }) => {
          if (premises.length === 0)
            return hasRole(session, 'manager') ? (
              <FirstSteps />
            ) : (
              <>
                <WaitingForUs premises={premises} />
                <Panel>
                  <Empty title={text.overview.noPremises} step={text.overview.noPremisesStep}>
                    <AppLink to="/service">{text.nav.service}</AppLink>
                  </Empty>
                </Panel>
              </>
            )
          const parts: Record<Section, ReactNode> = {
            platform: <PlatformState />,
            waiting: <WaitingForUs premises={premises} />,
            soFar: <MonthSoFar premises={premises} />,
            disputes: <OpenDisputes />,
            broken: <BrokenDevices />,
            energy: <EnergyToday />,
            ownCosts: <OwnCosts premises={premises} />,
            needs: <Needs needs={needs} premises={premises} told={sections} />,
          }
          return (
            <InTurn $gap={3}>
              {session.operator ? <StepsLeft /> : null}
              {sections.map((section) => (
                <Fragment key={section}>{parts[section]}</Fragment>
              ))}
              <Stack as="section" aria-labelledby="premises">
                <h2 id="premises">{text.overview.premises}</h2>
                <Grid $min={440}>
                  {premises.map((one) => (
                    <PremisesCard key={one.id} premises={one} />
                  ))}
                </Grid>
              </Stack>
            </InTurn>
          )
        }}
      </WhenLoaded>
    </Page>
  )
}

type NeedsProps = { needs: readonly Need[]; premises: readonly PremisesSummary[]; told: readonly Section[] }
const Needs = ({ needs: all, premises, told }: NeedsProps) => {
  const { text } = useText()
  const gaps = useQuery(priceGapsQuery)
  const waiting = useQuery(waitingQuery()).data?.items.length ?? 0
  // Months and silent devices are told by their own parts, with more of them.
  const needs = all.filter(
    ({ kind }) =>
      kind !== 'month-to-issue' && kind !== 'month-to-accept' && !(kind === 'stale-devices' && told.includes('broken')),
  )
  return (
    <>
      <PriceGaps gaps={gaps.data?.items ?? []} />
      {needs.length === 0 && (waiting > 0 || told.includes('broken')) ? null : (
        <Panel aria-labelledby="needs">
          <Stack>
            <h2 id="needs">{text.overview.needs}</h2>
            {needs.length === 0 ? (
              <p>{text.overview.noNeeds}</p>
            ) : (
              <Lines>
                {needs.map((need) => (
                  <NeedLine
                    key={`${need.kind} ${need.premises} ${need.period ?? ''}`}
                    need={need}
                    premises={premises.find(({ id }) => id === need.premises)}
                  />
                ))}
              </Lines>
            )}
          </Stack>
        </Panel>
      )}
    </>
  )
}

const NEED_STATES = {
  'stale-devices': 'stale',
  'blocked-items': 'blocked',
  'month-to-issue': 'draft',
  'month-to-accept': 'waiting',
  quarantine: 'suspect',
  'proposed-points': 'waiting',
  'unknown-devices': 'waiting',
} as const
const needPath = ({ kind, premises, period }: Need): string => {
  if (kind === 'stale-devices') return `/devices?premises=${premises}&state=stale`
  if (kind === 'quarantine') return '/connect/quarantine'
  if (kind === 'unknown-devices') return `/connect?premises=${premises}`
  if (kind === 'proposed-points') return `/devices?premises=${premises}`
  return period === undefined ? `/costs/${premises}` : `/costs/${premises}/${period}`
}
const NeedLine = ({ need, premises }: { need: Need; premises: PremisesSummary | undefined }) => {
  const { text, format } = useText()
  return (
    <li>
      <Row $gap={2}>
        <StateMark state={NEED_STATES[need.kind]} />
        <span>
          {text.overview.needText[need.kind](need.count)}
          <Soft>
            {' · '}
            <Name names={premises?.name} id={need.premises} />
            {need.period === undefined ? null : `, ${format.month(need.period)}`}
          </Soft>
        </span>
      </Row>
      <AppLink to={needPath(need)}>{text.overview.needAction[need.kind]}</AppLink>
    </li>
  )
}

const PremisesCard = ({ premises }: { premises: PremisesSummary }) => {
  const { text, format } = useText()
  const { id, name, address, month } = premises
  return (
    <Panel as="article" aria-labelledby={`premises-${id}`}>
      <Stack $gap={2}>
        <div>
          <h3 id={`premises-${id}`}>
            <AppLink to={`/premises/${id}`}>
              <Name names={name} id={id} />
            </AppLink>
          </h3>
          {address === null ? null : <Soft>{address}</Soft>}
        </div>
        <Row $gap={1}>
          <DeviceStates premises={id} devices={premises.devices} />
          {premises.demonstration ? <StateMark state="simulated" /> : null}
        </Row>
        <Facts
          min={180}
          facts={[
            [text.overview.powerNow, premises.powerW === null ? text.common.none : <Power watts={premises.powerW} />],
            [
              text.overview.lastReading,
              premises.lastReadingAt === null ? (
                text.overview.nothingHeard
              ) : (
                <Age at={premises.lastReadingAt} timeZone={premises.timeZone} />
              ),
            ],
            ...(month === null
              ? []
              : [
                  [
                    text.overview.month(format.month(month.period)),
                    <Stack key="month" $gap={0.5}>
                      <AppLink to={`/costs/${id}/${month.period}`}>
                        <Figures>{format.money(month.net)}</Figures>
                      </AppLink>
                      <Row $gap={1}>
                        <StateMark state={month.status} />
                        {month.blocked > 0 ? <StateMark state="blocked" count={month.blocked} /> : null}
                      </Row>
                    </Stack>,
                  ] satisfies [string, React.ReactNode],
                ]),
          ]}
        />
        {premises.parties.length === 0 ? null : <PartyList parties={premises.parties} />}
      </Stack>
    </Panel>
  )
}
